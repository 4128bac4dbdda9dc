"""Which changes the report is of, and what is filled in for the nämnd's document about half a year."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.sortering import pa_svenska
from grund.text import svensk_ordning
from grund.tid import EN_DAG, lagg_till_manader
from uppfoljning.nivaandringar.queries import Urval
from utforare.models import Utforare

LANGST_MANADER = 36
_UTANFOR = "Skriv en dag mellan 1900 och 2199."


class _Utforarval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


def _dag(etikett: str) -> forms.DateField:
    return forms.DateField(
        validators=[MinValueValidator(date(1900, 1, 1), _UTANFOR), MaxValueValidator(date(2199, 12, 31), _UTANFOR)],
        label=etikett,
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Skriv datumet som 2026-06-03."},
    )


def _insatser() -> list[tuple[str, str]]:
    par = sorted(((str(kod), insats_i_ord(kod)) for kod in Insats.values), key=lambda ett: svensk_ordning(ett[1]))
    return [("", "Alla"), *par]


class Urvalsform(forms.Form):
    """The days that levels count from (the last twelve months, when nothing is said), and whose."""

    fran = _dag("Nivån gäller från och med")
    sista = _dag("Till och med")
    utforare = _Utforarval(label="Utförare", queryset=Utforare.objects.none(), required=False, empty_label="Alla")
    insats = forms.ChoiceField(label="Insats", required=False, choices=_insatser)

    def __init__(self, data: Any, *, idag: date) -> None:
        forval = {"fran": (lagg_till_manader(idag, -12) + EN_DAG).isoformat(), "sista": idag.isoformat()}
        super().__init__(forval | {namn: data[namn] for namn in data if data[namn]})
        self.fields["utforare"].queryset = Utforare.objects.order_by(*pa_svenska("namn"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fran, sista = data.get("fran"), data.get("sista")
        if fran and sista and sista < fran:
            self.add_error("sista", "Slutdagen ligger före startdagen.")
        elif fran and sista and sista > lagg_till_manader(fran, LANGST_MANADER):
            self.add_error("sista", "Välj högst tre år åt gången.")
        return data

    def urval(self) -> Urval | None:
        """What is asked for; None when it cannot be read."""
        if not self.is_valid():
            return None
        valt = self.cleaned_data
        utforare = valt["utforare"]
        return Urval(valt["fran"], valt["sista"], utforare.pk if utforare else None, valt["insats"])
