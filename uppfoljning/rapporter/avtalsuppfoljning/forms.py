"""Which year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

_ANTAL = 5  # years to choose from


class Arsform(forms.Form):
    """The year to report. Without a choice the one that goes on."""

    ar = forms.TypedChoiceField(label="År", coerce=int)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        super().__init__({"ar": data.get("ar") or str(idag.year)})
        val = [(str(idag.year - steg),) * 2 for steg in range(_ANTAL)]
        self.fields["ar"].choices = val  # type: ignore[attr-defined]
        self.fields["ar"].error_messages["invalid_choice"] = "Välj ett av åren i listan."

    @property
    def valt(self) -> int:
        """What is chosen, when it is valid."""
        return self.cleaned_data["ar"]  # type: ignore[no-any-return]
