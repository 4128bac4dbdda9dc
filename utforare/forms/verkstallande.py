"""What is noted while a beslut waits to be carried out, and when it has been."""

from collections.abc import Sequence
from typing import Any

from django import forms

from grund.text import datum_i_ord, stor_forsta
from grund.tid import lokal_dag
from utforare.bestallningsregler import Drojsmalskod, Erbjudandesvar
from utforare.forms.bestallning import datumfalt, textfalt
from utforare.models import Bestallning
from utforare.regler import Slutorsak


def _val(koder: type[Drojsmalskod] | type[Slutorsak] | type[Erbjudandesvar]) -> list[tuple[str, str]]:
    return [(str(kod.value), stor_forsta(str(kod.label))) for kod in koder]


class Erbjudandeform(forms.Form):
    """What the person has been offered."""

    datum = datumfalt("Dag för erbjudandet", "Den dag personen fick erbjudandet.")
    vad = forms.CharField(
        label="Vad personen erbjöds",
        max_length=300,
        help_text="Till exempel: plats på Eken från 1 juli.",
        error_messages={"required": "Skriv vad personen erbjöds."},
    )
    bestallning = forms.TypedChoiceField(
        label="Hör till beställning", coerce=int, empty_value=None, required=False, help_text="Om det finns en."
    )

    def __init__(self, *args: Any, bestallningar: Sequence[Bestallning], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["bestallning"]
        assert isinstance(falt, forms.TypedChoiceField)  # noqa: S101  declared above
        falt.choices = [
            ("", "Ingen"),
            *((b.pk, f"{b.enhet.namn}, {datum_i_ord(lokal_dag(b.skickad))} ({b.nyckel})") for b in bestallningar),
        ]


class Svarsform(forms.Form):
    """What the person answered."""

    svar = forms.TypedChoiceField(
        label="Personens svar",
        coerce=Erbjudandesvar,
        choices=_val(Erbjudandesvar),
        widget=forms.RadioSelect,
        help_text="Ett nej stoppar inte fristen på tre månader.",
        error_messages={"required": "Välj vad personen svarade."},
    )
    svarsdatum = datumfalt("Dag för svaret", "Den dag personen svarade.")
    skal = textfalt("Skäl", "Behövs när personen har tackat nej.", kravs=False)


class Drojsmalsform(forms.Form):
    """Why it takes time: what an individrapport to IVO asks for."""

    kod = forms.TypedChoiceField(
        label="Orsak",
        coerce=Drojsmalskod,
        choices=[("", "Välj orsak"), *_val(Drojsmalskod)],
        error_messages={"required": "Välj en orsak."},
    )
    text = textfalt("Skälen i korthet", "Vad som har gjorts och varför det inte räckte.", fel="Skriv skälen i korthet.")
    andra_insatser = textfalt("Andra insatser under tiden", "Vad personen får så länge.", kravs=False, rader=2)
    konsekvens = textfalt("Vad dröjsmålet betyder för personen", kravs=False, rader=2)


class Slutform(forms.Form):
    """That a verkställighet ends."""

    sista_dag = datumfalt("Sista dag", "Den sista dag som insatsen utförs.", "Ange sista dagen.")
    orsak = forms.TypedChoiceField(
        label="Slutorsak",
        coerce=Slutorsak,
        choices=[("", "Välj slutorsak"), *_val(Slutorsak)],
        error_messages={"required": "Välj varför insatsen slutar."},
    )


class Slutanmalansform(Slutform):
    """The same, told by the utförare."""

    text = textfalt("Meddelande till handläggaren", kravs=False)


class Avvisaform(forms.Form):
    """Why a reported end is turned down."""

    svar = textfalt("Varför avvisar du anmälan?", fel="Skriv varför, så att utföraren förstår.")
