"""Which quarter, and what is noted of a report to IVO."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from grund.text import stor_forsta
from uppfoljning.kvartal import Kvartal

_ANTAL = 12  # quarters to choose from


class Kvartalsform(forms.Form):
    """The quarter to report. Without a choice the one that is over last, which is what is reported now."""

    kvartal = forms.TypedChoiceField(label="Kvartal", coerce=Kvartal.las)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        nu = Kvartal.av(idag)
        self.forval = nu.plus(-1)
        super().__init__({"kvartal": data.get("kvartal") or str(self.forval)})
        val = [nu.plus(-steg) for steg in range(_ANTAL)]
        falt = self.fields["kvartal"]
        falt.choices = [(str(ett), stor_forsta(ett.i_ord)) for ett in val]  # type: ignore[attr-defined]
        falt.error_messages["invalid_choice"] = "Välj ett av kvartalen i listan."

    @property
    def valt(self) -> Kvartal:
        """What is chosen, when it is valid."""
        return self.cleaned_data["kvartal"]  # type: ignore[no-any-return]


class Lamnadform(forms.Form):
    """That the report has been handed in at IVO's e-service."""

    lamnad = forms.DateField(
        label="Lämnad till IVO",
        help_text="Dagen då rapporten skickades i IVO:s e-tjänst.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Skriv vilken dag rapporten lämnades.", "invalid": "Skriv datumet som 2026-06-03."},
    )
    referens = forms.CharField(
        label="IVO:s ärendenummer",
        required=False,
        max_length=40,
        help_text="Får lämnas tomt. Inga personuppgifter.",
        error_messages={"max_length": "Skriv högst 40 tecken."},
    )
