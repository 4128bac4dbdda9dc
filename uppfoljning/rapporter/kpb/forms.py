"""Which year's accounts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from grund.text import stor_forsta
from uppfoljning.rapporter.kpb.underlag import boksluten

_FORSTA_AR = 2000


def _utan(boksluten: Mapping[int, object], idag: date) -> set[str]:
    """Years that have been, and that nobody has put in the accounts of."""
    return {str(ar) for ar in range(_FORSTA_AR, idag.year) if ar not in boksluten}


class Bokslutsform(forms.Form):
    """Without a choice the latest whole year; before there is any, what there is."""

    ar = forms.TypedChoiceField(label="Bokslut", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        self.boksluten = boksluten()
        aren = [ett for _, ett in sorted(self.boksluten.items(), reverse=True) if ett.till <= idag]
        forval = next((ett for ett in aren if ett.helt), aren[0] if aren else None)
        super().__init__({"ar": data.get("ar") or (forval.ar if forval else "")})
        falt = self.fields["ar"]
        val = [(str(ett.ar), stor_forsta(ett.namn)) for ett in aren]
        if (begart := str(self.data["ar"])) in _utan(self.boksluten, idag):  # a year's reports are asked for all alike
            val.append((begart, f"{begart}, inget bokslut"))
        falt.choices = val or [("", "Inget bokslut är inlagt")]  # type: ignore[attr-defined]
        falt.error_messages["invalid_choice"] = "Välj ett av boksluten i listan."
