"""Which month, which insats, and perhaps the persons of one enhet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.skickat import pk_ur
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad

_ANTAL = 25  # months to choose from
INSATSER = (Insats.BOSTAD_VUXNA, Insats.BOSTAD_BARN, Insats.KORTTIDSVISTELSE, Insats.DAGLIG_VERKSAMHET)


class Urvalsform(forms.Form):
    """Without a choice the month that is over last, and bostad för vuxna. A link may name an enhet."""

    manad = forms.TypedChoiceField(label="Månad", coerce=Manad.las)
    insats = forms.TypedChoiceField(label="Insats", coerce=Insats)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        nu = Manad.av(idag)
        self.forval = nu.plus(-1)
        super().__init__(
            {
                "manad": data.get("manad") or str(self.forval),
                "insats": data.get("insats") or INSATSER[0].value,
            }
        )
        self._enhet = pk_ur(data.get("enhet", ""))
        val = [nu.plus(-steg) for steg in range(_ANTAL)]
        self.fields["manad"].choices = [(str(ett), stor_forsta(manad_i_ord(ett))) for ett in val]  # type: ignore[attr-defined]
        self.fields["manad"].error_messages["invalid_choice"] = "Välj en av månaderna i listan."
        self.fields["insats"].choices = [(ett.value, stor_forsta(insats_i_ord(ett))) for ett in INSATSER]  # type: ignore[attr-defined]
        self.fields["insats"].error_messages["invalid_choice"] = "Välj en av insatserna i listan."

    def clean(self) -> dict[str, Any]:
        """Whatever the report is made from is in what is chosen, the enhet too."""
        return (super().clean() or {}) | {"enhet": self._enhet}

    @property
    def valt(self) -> tuple[Manad, Insats, int | None]:
        """The month, the insats, and the enhet whose persons are asked for; when it is valid."""
        data = self.cleaned_data
        return data["manad"], data["insats"], data["enhet"]
