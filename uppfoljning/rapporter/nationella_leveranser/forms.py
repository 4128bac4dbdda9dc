"""Which year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

_AR = 10


class Arsform(forms.Form):
    """Without a choice this year, or the last until its first file can be made."""

    ar = forms.TypedChoiceField(label="År", coerce=int, error_messages={"invalid_choice": "Välj ett år i listan."})

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        self.forval = idag.year if idag.month > 1 else idag.year - 1
        super().__init__({"ar": data.get("ar") or str(self.forval)})
        self.fields["ar"].choices = [(idag.year - steg, str(idag.year - steg)) for steg in range(_AR)]  # type: ignore[attr-defined]
