"""What is filled in at a control of the log."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from beslut.loggkontroll import STORST, Bedomt, Urval, sagt
from beslut.models import Kontrollrad
from beslut.regler import Lasningsutfall
from grund.dagfalt import I_KALENDERN
from grund.models import Anvandare
from grund.sortering import pa_svenska
from grund.text import stor_forsta
from grund.tid import EN_DAG

_FEL_DATUM = "Skriv datumet som 2026-06-03."


def dagfalt(etikett: str, saknas: str, hjalp: str = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=etikett,
        help_text=hjalp,
        validators=I_KALENDERN,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": saknas, "invalid": _FEL_DATUM},
    )


class Anvandarval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    """A user, by name and user name."""

    def label_from_instance(self, obj: Any) -> str:
        return anvandare_i_ord(obj)


def anvandare_i_ord(vem: Anvandare) -> str:
    """`Maria Lindqvist (maria)`; a user without a name is the user name."""
    return f"{vem.get_full_name()} ({vem.get_username()})" if vem.get_full_name() else vem.get_username()


class Urvalsform(forms.Form):
    """What to draw from, and how many."""

    fran = dagfalt("Från och med", "Skriv periodens första dag.")
    sista = dagfalt("Till och med", "Skriv periodens sista dag.", "Tidigast periodens första dag, senast i dag.")
    storlek = forms.IntegerField(
        label="Antal läsningar",
        help_text=f"Så många dras, på måfå. Högst {STORST}. Finns det färre tas alla med.",
        min_value=1,
        max_value=STORST,
        initial=20,
        error_messages={
            "required": "Skriv hur många läsningar som ska dras.",
            "invalid": "Skriv antalet med siffror.",
            "min_value": "Dra minst 1 läsning.",
            "max_value": f"Dra högst {STORST} läsningar.",
        },
    )
    vems = Anvandarval(
        label="Vems läsningar",
        queryset=Anvandare.objects.order_by(*pa_svenska("first_name", "username")),
        required=False,
        empty_label="Allas",
        help_text="Välj en användare om kontrollen gäller bara den.",
        error_messages={"invalid_choice": "Välj en användare i listan."},
    )
    bara_utanfor = forms.BooleanField(
        label="Bara läsningar utanför uppdraget",
        required=False,
        help_text="De som öppnat uppgifter om någon som inte var deras, och skrivit varför.",
    )
    bara_skyddade = forms.BooleanField(label="Bara personer med skyddade uppgifter", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("fran") and data.get("sista") and data["sista"] < data["fran"]:
            self.add_error("sista", "Slutdagen ligger före startdagen.")
        return data

    def urval(self) -> Urval:
        """What has been filled in, when it is valid."""
        data = self.cleaned_data
        till: date = data["sista"] + EN_DAG
        return Urval(data["fran"], till, data["vems"], data["bara_utanfor"], data["bara_skyddade"])


class Bedomningsform(forms.Form):
    """What is said of one reading. It keeps what was said before, so that nobody else's word is written over."""

    utfall = forms.ChoiceField(
        label="Bedömning",
        required=False,
        show_hidden_initial=True,
        choices=[("", "Inte bedömd"), *((kod, stor_forsta(ord_)) for kod, ord_ in Lasningsutfall.choices)],
    )
    anteckning = forms.CharField(label="Anteckning", required=False, max_length=500, show_hidden_initial=True)

    def __init__(self, data: Any, *, rad: Kontrollrad) -> None:
        fran_borjan = dict(zip(("utfall", "anteckning"), sagt(rad), strict=True))
        super().__init__(data, prefix=f"l{rad.nummer}", initial=fran_borjan)
        self.rad = rad

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.has_changed() and not data.get("utfall"):
            self.add_error("utfall", "Välj en bedömning. Den kan ändras, men inte tas bort.")
        return data

    def bedomt(self) -> Bedomt:
        """What has been filled in, when it is valid."""
        sett = [self.data.get(self.add_initial_prefix(falt), "") for falt in ("utfall", "anteckning")]
        return Bedomt(self.cleaned_data["utfall"], self.cleaned_data["anteckning"], (sett[0], sett[1]))


def bedomda(former: Sequence[Bedomningsform]) -> dict[int, Bedomt]:
    """What has been said anew, by number. All must be valid."""
    return {form.rad.nummer: form.bedomt() for form in former if form.has_changed()}


class Avslutsform(forms.Form):
    """The end of a control."""

    slutsats = forms.CharField(
        label="Slutsats",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        help_text="Vad kontrollen visar och vad som görs. Står i protokollet. Skriv inga namn på personer.",
    )
