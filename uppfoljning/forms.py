"""What is filled in for a report."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings

from ersattning.filer.text import kommun
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import Manad
from uppfoljning.tjansteutlatande.innehall import Huvud, Person

_TILL_SAMMANTRADET = timedelta(days=14)
_MOTTAGARE = ("Ekonomiavdelningen", "Verksamhetschefen för funktionsstöd")
_FEL_DATUM = "Skriv datumet som 2026-06-03."


def _text(etikett: str, saknas: str, *, hjalp: str = "", langst: int = 80) -> forms.CharField:
    for_langt = f"Skriv högst {langst} tecken."
    return forms.CharField(
        label=etikett,
        help_text=hjalp,
        max_length=langst,
        error_messages={"required": saknas, "max_length": for_langt},
    )


def _dag(etikett: str, saknas: str) -> forms.DateField:
    return forms.DateField(
        label=etikett,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": saknas, "invalid": _FEL_DATUM},
    )


class Utlatandeform(forms.Form):
    """The header and the end of a tjänsteutlåtande about a month."""

    diarienummer = _text("Diarienummer", "Skriv ärendets diarienummer.", hjalp="Till exempel SN 2026/0148.", langst=40)
    datum = _dag("Utlåtandets datum", "Skriv vilken dag utlåtandet undertecknas.")
    sammantrade = _dag("Nämndens sammanträde", "Skriv vilken dag nämnden sammanträder.")
    handlaggare = _text("Handläggare", "Skriv handläggarens namn.")
    handlaggare_titel = _text("Handläggarens titel", "Skriv handläggarens titel.")
    epost = forms.EmailField(
        label="Handläggarens e-post",
        required=False,
        help_text="Får lämnas tomt.",
        max_length=80,
        error_messages={"invalid": "Skriv en e-postadress som namn@kommun.se, eller lämna fältet tomt."},
    )
    undertecknare = _text("Undertecknare", "Skriv namnet på den som undertecknar.")
    undertecknare_titel = _text("Undertecknarens titel", "Skriv undertecknarens titel.")
    skickas_till = forms.CharField(
        label="Beslutet skickas till",
        required=False,
        help_text="En mottagare på varje rad.",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, manad: Manad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._manad = manad

    def clean_datum(self) -> date:
        datum: date = self.cleaned_data["datum"]
        if datum < self._manad.fran:
            msg = f"Utlåtandet kan inte vara äldre än månaden {self._manad}."
            raise forms.ValidationError(msg)
        return datum

    def clean_sammantrade(self) -> date:
        dag: date = self.cleaned_data["sammantrade"]
        if (datum := self.cleaned_data.get("datum")) and dag < datum:
            msg = "Sammanträdet kan inte vara före utlåtandets datum."
            raise forms.ValidationError(msg)
        return dag

    def huvud(self) -> Huvud:
        """What has been filled in, when it is valid."""
        falt = self.cleaned_data
        return Huvud(
            kommun=kommun(),
            forvaltning=settings.FORVALTNING,
            namnd=settings.NAMND,
            diarienummer=falt["diarienummer"],
            datum=falt["datum"],
            sammantrade=falt["sammantrade"],
            handlaggare=Person(falt["handlaggare"], falt["handlaggare_titel"], falt["epost"]),
            undertecknare=Person(falt["undertecknare"], falt["undertecknare_titel"]),
            skickas_till=tuple(filter(None, map(str.strip, falt["skickas_till"].splitlines()))),
        )


def fran_borjan(anvandare: Anvandare, idag: date) -> dict[str, object]:
    """What the form says before anybody has filled it in."""
    return {
        "datum": idag,
        "sammantrade": idag + _TILL_SAMMANTRADET,
        "handlaggare": anvandare.get_full_name(),
        "handlaggare_titel": Roll(anvandare.roller[0]).label if anvandare.roller else "",
        "epost": anvandare.email,
        "undertecknare_titel": "socialdirektör",
        "skickas_till": "\n".join(_MOTTAGARE),
    }
