"""What a handläggare fills in to order, and a utförare to answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from beslut.regler import Omfattningsenhet
from grund.dagfalt import I_KALENDERN
from grund.giltighet import DECIMALER
from utforare.bestallningsregler import INGEN_MANGD, Mangd
from utforare.valbara import Valbar


def datumfalt(label: str, hjalp: str = "", fel: str = "Ange en dag.") -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        help_text=hjalp,
        validators=I_KALENDERN,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": fel, "invalid": "Skriv dagen som 2026-06-03."},
    )


def textfalt(label: str, hjalp: str = "", *, kravs: bool = True, fel: str = "", rader: int = 3) -> forms.CharField:
    """A few lines."""
    return forms.CharField(
        label=label,
        help_text=hjalp,
        required=kravs,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rader}),
        error_messages={"required": fel, "max_length": "Texten får ha högst 2 000 tecken."},
    )


class Enhetsval(forms.RadioSelect):
    """The enheter as a table to choose in: who, places left, and the price list's omfattning."""

    template_name = "utforare/_enhetsval.html"
    valbara: Sequence[Valbar] = ()

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        svar = super().create_option(name, value, label, *args, **kwargs)
        return svar | {"valbar": next(ett for ett in self.valbara if ett.enhet.pk == value)}


class Bestallningsform(forms.Form):
    """An order. Which enheter and omfattningar there are depends on the wished day."""

    onskad_start = datumfalt(
        "Önskad start",
        "Enheterna nedan är de som har avtal den dagen. Byt dag och tryck Visa enheter för dagen för att se andra.",
        "Ange vilken dag insatsen önskas börja.",
    )
    enhet = forms.TypedChoiceField(
        label="Enhet",
        coerce=int,
        widget=Enhetsval,
        error_messages={
            "required": "Välj en enhet.",
            "invalid_choice": "Enhetens utförare har inget avtal om insatsen den dagen. Välj en enhet i listan.",
        },
    )
    omfattning = forms.ChoiceField(
        label="Omfattning",
        required=False,
        help_text=(
            "Prislistans ord för hur mycket en dag eller månad är, till exempel heltid. Orden står vid enheten."
            " Lämna tomt där prislistan inte har några."
        ),
    )
    antal = forms.DecimalField(
        label="Antal",
        required=False,
        min_value=0,
        max_digits=12 + DECIMALER,
        decimal_places=2,
        help_text="Hur mycket du beställer. Lämna tomt om utföraren ska utföra allt som är beslutat.",
        error_messages={
            "invalid": "Skriv antalet med siffror, till exempel 4,5.",
            "min_value": "Antalet ska vara större än 0.",
            "max_decimal_places": "Skriv antalet med högst två decimaler.",
        },
        localize=True,
    )
    antal_enhet = forms.ChoiceField(
        label="Antalet gäller",
        required=False,
        choices=[("", "Enligt beslutet"), *Omfattningsenhet.choices],
    )
    meddelande = textfalt(
        "Meddelande till utföraren",
        "Skriv bara det utföraren behöver för att kunna svara. Skriv inte namn eller personnummer.",
        kravs=False,
    )

    def __init__(self, *args: Any, valbara: Sequence[Valbar], varningar: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enhet, omfattning = self.fields["enhet"], self.fields["omfattning"]
        assert isinstance(enhet, forms.TypedChoiceField)  # noqa: S101  declared above
        assert isinstance(omfattning, forms.ChoiceField)  # noqa: S101
        enhet.widget.valbara = valbara
        enhet.choices = [(ett.enhet.pk, ett.enhet.namn) for ett in valbara]
        koder = sorted({kod for ett in valbara for kod in ett.villkor.koder})
        omfattning.choices = [("", "Ingen"), *((kod, kod) for kod in koder)]
        if varningar:
            self.fields["last"] = forms.BooleanField(
                label="Jag har läst det som står under Tänk på och beställer ändå",
                error_messages={"required": "Läs det som står under Tänk på, och kryssa i att du har läst det."},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        antal, enhet = data.get("antal"), data.get("antal_enhet")
        if antal == 0:
            self.add_error("antal", "Antalet ska vara större än 0.")
        if antal is not None and not enhet:
            self.add_error("antal_enhet", "Välj vad antalet gäller, till exempel timmar per vecka.")
        if antal is None and enhet and "antal" not in self.errors:
            self.add_error("antal", "Skriv ett antal, eller välj Enligt beslutet.")
        return data

    @property
    def mangd(self) -> Mangd:
        """The amount that is ordered, once the form is valid."""
        antal = self.cleaned_data["antal"]
        return INGEN_MANGD if antal is None else Mangd(antal, self.cleaned_data["antal_enhet"])


class Orsaksform(forms.Form):
    """Why an order is declined or taken back."""

    orsak = textfalt("Varför?", fel="Skriv varför.")


class Acceptform(forms.Form):
    """When it begins, and where."""

    start = datumfalt("Startdag", "Den dag insatsen börjar.", "Ange vilken dag insatsen börjar.")
    plats = forms.CharField(
        label="Plats",
        required=False,
        max_length=100,
        help_text="Till exempel lägenhet, grupp eller vem som blir kontakt. Får lämnas tomt.",
    )


class Startform(forms.Form):
    """The day that it began."""

    start = datumfalt("Första dag", "Den dag insatsen började. Från den dagen är beslutet verkställt.")
