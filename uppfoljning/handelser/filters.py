"""Filters of the event log. They stand in the address: a thing is named by key only."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from grund.models import Anvandare, Handelse
from grund.sortering import pa_svenska
from grund.text import svensk_ordning
from grund.tid import EN_DAG
from uppfoljning.handelser import ord as i_ord
from uppfoljning.handelser.queries import DAGAR, handelser

_UTANFOR = "Skriv en dag mellan 1900 och 2199."


class _Anvandarval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


def _dag(etikett: str) -> forms.DateField:
    return forms.DateField(
        validators=[MinValueValidator(date(1900, 1, 1), _UTANFOR), MaxValueValidator(date(2199, 12, 31), _UTANFOR)],
        label=etikett,
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Skriv datumet som 2026-06-03."},
    )


def _val(ord_: dict[str, str]) -> list[tuple[str, str]]:
    return [("", "Alla"), *sorted(ord_.items(), key=lambda par: svensk_ordning(par[1]))]


class Handelseurval(forms.Form):
    """Which events: some days (the last month, when nothing is said), by whom, of what kind of thing, and what."""

    fran = _dag("Från och med")
    sista = _dag("Till och med")
    av = _Anvandarval(label="Vem", queryset=Anvandare.objects.none(), required=False, empty_label="Alla")
    slag = forms.ChoiceField(label="Slag", required=False, choices=[])
    handling = forms.ChoiceField(label="Handling", required=False, choices=[])
    nyckel = forms.CharField(label="Nyckel", required=False, max_length=80)

    def __init__(self, data: Any, *, idag: date) -> None:
        manaden = {"fran": (idag - DAGAR * EN_DAG).isoformat(), "sista": idag.isoformat()}
        super().__init__(manaden | {namn: data[namn] for namn in data if data[namn]})
        self.fields["av"].queryset = Anvandare.objects.order_by(*pa_svenska("first_name", "username"))  # type: ignore[attr-defined]
        self.fields["slag"].choices = _val(i_ord.SLAG)  # type: ignore[attr-defined]
        self.fields["handling"].choices = _val(i_ord.HANDLING)  # type: ignore[attr-defined]
        self._idag = idag

    def urval(self) -> Any:
        """The events; none when something is filled in that cannot be read."""
        if not self.is_valid():
            return Handelse.objects.none()
        valt = self.cleaned_data
        alla = handelser(valt["fran"] or date.min.replace(year=1900), (valt["sista"] or self._idag) + EN_DAG)
        if valt["av"]:
            alla = alla.filter(av=valt["av"])
        if valt["handling"]:
            alla = alla.filter(handling=valt["handling"])
        return _om(alla, valt["slag"], valt["nyckel"].strip())


def _om(alla: Any, slag: str, nyckel: str) -> Any:
    """Those about things of the kind, or with the key."""
    if slag and nyckel:
        return alla.filter(objekt=f"{slag}:{nyckel}")
    if nyckel:
        return alla.filter(objekt__endswith=f":{nyckel}")
    return alla.filter(objekt__regex=f"^{slag}(:|$)") if slag else alla
