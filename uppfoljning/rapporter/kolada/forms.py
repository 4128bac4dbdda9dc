"""Which key figure, and of which municipalities."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from grund.text import stor_forsta
from uppfoljning.brukarundersokning.regler import Kon
from uppfoljning.rapporter.kolada.queries import kommunerna, nyckeltalen

_FORVALDA = 6


class Koladaform(forms.Form):
    """Without a choice the first key figure, and the first municipalities, one's own among them."""

    kpi = forms.ChoiceField(
        label="Nyckeltal", required=False, error_messages={"invalid_choice": "Välj ett nyckeltal i listan."}
    )
    kon = forms.ChoiceField(
        label="Kön",
        choices=[(ett.value, stor_forsta(str(ett.label))) for ett in Kon],
        error_messages={"invalid_choice": "Välj i listan."},
    )
    kommuner = forms.MultipleChoiceField(
        label="Kommuner",
        required=False,
        help_text="Välj flera genom att hålla ner Ctrl eller ⌘.",
        error_messages={"invalid_choice": "Välj kommuner i listan.", "invalid_list": "Välj kommuner i listan."},
    )

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        del idag
        talen, alla = nyckeltalen(), kommunerna()
        valda = data.getlist("kommuner") if isinstance(data, QueryDict) else data.get("kommuner")
        super().__init__(
            {
                "kpi": data.get("kpi") or (talen[0].kpi if talen else ""),
                "kon": data.get("kon") or Kon.ALLA.value,
                "kommuner": valda or [kod for kod, _ in alla[:_FORVALDA]],
            }
        )
        self.fields["kpi"].choices = [(ett.kpi, f"{ett.kpi} {ett.titel}") for ett in talen]  # type: ignore[attr-defined]
        self.fields["kommuner"].choices = alla  # type: ignore[attr-defined]
