"""Which day, and how close the points of the trend lie."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from grund.text import datum_i_ord, stor_forsta
from grund.tid import EN_DAG, Manad
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import Steg

_MANADER = 36  # ends of months to choose from: three ended years, at any time of the year


def _dag(text: str) -> date:
    return date.fromisoformat(text)


class Lagesform(forms.Form):
    """The day that the report tells of: today without a choice, which is what there is to work from."""

    dag = forms.TypedChoiceField(label="Läget den", coerce=_dag)
    steg = forms.TypedChoiceField(
        label="Utveckling per", coerce=Steg, choices=[(e.value, stor_forsta(e.label)) for e in Steg]
    )

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        super().__init__({"dag": data.get("dag") or str(idag), "steg": data.get("steg") or Steg.KVARTAL.value})
        slut = [Manad.av(idag).plus(-steg).fran - EN_DAG for steg in range(_MANADER)]
        dagar = dict.fromkeys([idag, *slut])
        val = [(str(ett), f"{datum_i_ord(ett)}{' (i dag)' if ett == idag else ''}") for ett in dagar]
        for namn, lista in (("dag", val), ("steg", None)):
            falt = self.fields[namn]
            falt.error_messages["invalid_choice"] = "Välj något i listan."
            if lista:
                falt.choices = lista  # type: ignore[attr-defined]

    @property
    def valt(self) -> tuple[date, Steg]:
        """What is chosen, when it is valid."""
        return self.cleaned_data["dag"], self.cleaned_data["steg"]
