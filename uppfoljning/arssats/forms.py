"""Which year."""

from datetime import date
from typing import Any

from django import forms

_AR = 3  # that the reports still take


class Arsform(forms.Form):
    """A year that has ended."""

    ar = forms.TypedChoiceField(
        label="År",
        coerce=int,
        error_messages={"required": "Välj ett år.", "invalid_choice": "Välj ett år i listan."},
    )

    def __init__(self, *args: Any, idag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [(ar, str(ar)) for ar in range(idag.year - 1, idag.year - 1 - _AR, -1)]  # type: ignore[attr-defined]
