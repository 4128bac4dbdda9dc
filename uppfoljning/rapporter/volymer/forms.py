"""Which days, insats and months the report is of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.models import Korning
from ersattning.regler import Status
from grund.dagfalt import I_KALENDERN
from grund.text import manad_i_ord, stor_forsta, svensk_ordning
from grund.tid import EN_DAG, Manad

_ALLA = "Alla insatser"


def senaste_matdag(dag: date) -> date:
    """The latest 1 October: the day that national statistics count (LSS 15 a §)."""
    return date(dag.year if (dag.month, dag.day) >= (10, 1) else dag.year - 1, 10, 1)


def _dag(etikett: str, hjalp: str) -> forms.DateField:
    return forms.DateField(
        label=etikett,
        help_text=hjalp,
        input_formats=["%Y-%m-%d"],
        validators=list(I_KALENDERN),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv datumet som 2026-06-03.", "required": "Skriv vilken dag."},
    )


class Volymform(forms.Form):
    """Without a choice: today against the latest 1 October, and the last month that is run against one before it."""

    mot = _dag("Jämför med den", "Till exempel 1 oktober, som den nationella statistiken räknar.")
    dag = _dag("Läget den", "I dag eller en tidigare dag.")
    insats = forms.ChoiceField(label="Insats", required=False, help_text="Väljer du en insats visas varje beslut.")
    manad = forms.TypedChoiceField(label="Kostnad i", required=False, coerce=Manad.las, empty_value=None)
    motmanad = forms.TypedChoiceField(label="mot kostnaden i", required=False, coerce=Manad.las, empty_value=None)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        self._idag = idag
        korda = _korda()
        forval = {
            "dag": idag.isoformat(),
            "mot": senaste_matdag(idag - EN_DAG).isoformat(),
            "insats": "",
            "manad": str(korda[0]) if korda else "",
            "motmanad": str(_att_jamfora_med(korda)) if len(korda) > 1 else "",
        }
        super().__init__({namn: data.get(namn) or varde for namn, varde in forval.items()})
        insatser = sorted(Insats, key=lambda kod: svensk_ordning(insats_i_ord(kod)))
        self._valbara("insats", [("", _ALLA), *((kod.value, insats_i_ord(kod)) for kod in insatser)])
        manader = [(str(ett), stor_forsta(manad_i_ord(ett))) for ett in korda]
        self._valbara("manad", manader or [("", "Ingen månad är körd")])
        self._valbara("motmanad", manader if len(manader) > 1 else [("", "Ingen att jämföra med")])

    def _valbara(self, namn: str, val: list[tuple[str, str]]) -> None:
        falt = self.fields[namn]
        falt.choices = val  # type: ignore[attr-defined]
        falt.error_messages["invalid_choice"] = "Välj ett av alternativen i listan."

    def clean(self) -> dict[str, Any]:
        rensat = super().clean() or self.cleaned_data
        dag, mot = rensat.get("dag"), rensat.get("mot")
        if dag and dag > self._idag:
            self.add_error("dag", "Dagen har inte varit än. Välj i dag eller en tidigare dag.")
        elif dag and mot and mot >= dag:
            self.add_error("mot", "Välj en dag före dagen som läget gäller.")
        manad, motmanad = rensat.get("manad"), rensat.get("motmanad")
        if manad and motmanad and motmanad >= manad:
            self.add_error("motmanad", "Välj en tidigare månad.")
        return rensat


def _korda() -> list[Manad]:
    """Months that are calculated, the latest first."""
    korda = Korning.objects.exclude(status=Status.BERAKNAS).order_by("-manad")
    return [Manad.av(dag) for dag in korda.values_list("manad", flat=True)]


def _att_jamfora_med(korda: list[Manad]) -> Manad:
    """The same month a year before, where it is run; else the one before."""
    aret_fore = korda[0].plus(-12)
    return aret_fore if aret_fore in korda else korda[1]
