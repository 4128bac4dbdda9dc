"""Which survey, and of which year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from grund.text import stor_forsta
from uppfoljning.brukarundersokning.regler import Enkat
from uppfoljning.rapporter.brukarundersokning.queries import enkater, filerna

_AR_BAKAT = 10  # that one may ask for, whether or not there was a survey


class Enkatform(forms.Form):
    """Without a choice the latest year, and the first survey that somebody has answered."""

    enkat = forms.ChoiceField(label="Enkät", error_messages={"invalid_choice": "Välj en enkät i listan."})
    ar = forms.TypedChoiceField(label="År", coerce=int, error_messages={"invalid_choice": "Välj ett år i listan."})

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        finns, filer = enkater(), filerna()
        aren = sorted({*filer, *range(idag.year - _AR_BAKAT, idag.year + 1)}, reverse=True)
        forval = {"enkat": finns[0] if finns else Enkat.values[0], "ar": str(max(filer, default=idag.year))}
        super().__init__({namn: data.get(namn) or varde for namn, varde in forval.items()})
        val = [(ett.value, stor_forsta(ett.label)) for ett in Enkat if not finns or ett.value in finns]
        self.fields["enkat"].choices = val  # type: ignore[attr-defined]
        self.fields["ar"].choices = [(ar, str(ar)) for ar in aren]  # type: ignore[attr-defined]
