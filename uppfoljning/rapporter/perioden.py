"""A period of whole months that have ended, and the form that chooses it. Reports on what was done share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad

_ANTAL = 36  # months to choose from
LANGST = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From the first month's first day to the last month's last."""

    forsta: Manad
    sista: Manad

    @property
    def fran(self) -> date:
        return self.forsta.fran

    @property
    def till(self) -> date:
        """The day after the last (half-open end)."""
        return self.sista.till

    @property
    def sista_dagen(self) -> date:
        return self.sista.sista

    @property
    def manader(self) -> tuple[Manad, ...]:
        return tuple(self.forsta.till_och_med(self.sista))

    @property
    def ar_en_manad(self) -> bool:
        return self.forsta == self.sista

    @property
    def i_ord(self) -> str:
        """`maj 2026`, or `mars 2026–maj 2026`."""
        return manad_i_ord(self.forsta) if self.ar_en_manad else f"{manad_i_ord(self.forsta)}–{manad_i_ord(self.sista)}"


INTE_OFFENTLIG = (
    "I en offentlig sammanställning visas en kalendermånad i taget: perioder som överlappar kan jämföras, och då"
    " syns enskilda personer i skillnaden. Välj samma månad i båda fälten."
)


def oktober(ar: int) -> dict[str, str]:
    """What the year's reports show: the month that the national statistics are of, since in public it is one month."""
    return {"fran": f"{ar}-10", "till": f"{ar}-10"}


class Periodform(forms.Form):
    """The months. Without a choice the one that ended last. `FORVAL`: what other fields are when nobody has chosen."""

    FORVAL: ClassVar[Mapping[str, str]] = {}

    fran = forms.TypedChoiceField(label="Från och med", coerce=Manad.las)
    till = forms.TypedChoiceField(label="Till och med", coerce=Manad.las)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        senast = Manad.av(idag).plus(-1)
        till = data.get("till") or data.get("fran") or str(senast)
        valda = {namn: data.get(namn) or forval for namn, forval in self.FORVAL.items()}
        super().__init__({**valda, "fran": data.get("fran") or till, "till": till})
        manader = [senast.plus(-steg) for steg in range(_ANTAL)]
        for namn in ("fran", "till"):
            falt = self.fields[namn]
            falt.choices = [(str(ett), stor_forsta(manad_i_ord(ett))) for ett in manader]  # type: ignore[attr-defined]
            falt.error_messages["invalid_choice"] = "Välj en av månaderna i listan."

    def clean(self) -> dict[str, Any]:
        falt = super().clean() or {}
        fran, till = falt.get("fran"), falt.get("till")
        if fran and till and fran > till:
            self.add_error("till", "Perioden slutar före den börjar.")
        elif fran and till and fran.plus(LANGST) <= till:
            self.add_error("till", f"Perioden är högst {LANGST} månader.")
        return falt

    @property
    def period(self) -> Period:
        """What is chosen, when it is valid."""
        return Period(self.cleaned_data["fran"], self.cleaned_data["till"])
