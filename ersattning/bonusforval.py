"""What is known of six municipalities' terms for arbetsbonus: a typing aid for a new rule, never a rule in itself.

A field is filled in only where a source says what stands there. What no source says is left to the one who decides.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

TABY = "Täby kommun, tjänsteutlåtande 8 december 2021"
GOTEBORG = "goteborg.se, sidan om bonus i daglig verksamhet"
FALT = {
    "belopp": "Belopp",
    "tidigast_manader": "Tidigast, månader",
    "senast_manader": "Senast, månader",
    "kvalificering_manader": "Kvalificeringstid, månader",
    "andel_vid_start": "Andel vid start",
    "anstallningsformer": "Anställningsformer",
    "minst_sysselsattningsgrad": "Minsta sysselsättningsgrad",
    "arstak": "Årstak",
}


@dataclass(frozen=True, slots=True)
class Kant:
    """What is known of a field: in words, the source, and what the form is filled in with."""

    text: str
    kalla: str
    varde: Any


@dataclass(frozen=True, slots=True)
class Forval:
    """A municipality. `kanda` by the field's name; a field that is not there is unknown."""

    kod: str
    kommun: str
    kanda: dict[str, Kant]

    @property
    def initial(self) -> dict[str, Any]:
        """What the form begins with."""
        return {falt: ett.varde for falt, ett in self.kanda.items()}

    @property
    def rader(self) -> list[tuple[str, Kant | None]]:
        """Every field of a rule, with what is known of it."""
        return [(namn, self.kanda.get(falt)) for falt, namn in FALT.items()]


def _belopp(kronor: int, text: str) -> dict[str, Kant]:
    return {"belopp": Kant(text, TABY, Decimal(kronor))}


_LANGRE_AN_SEX = Kant("anställningen ska ha varat mer än sex månader", GOTEBORG, 6)
_ALLT_EFTERAT = Kant("betalas när den har gjort det, alltså inget vid start", GOTEBORG, Decimal(0))
FORVAL = {
    ett.kod: ett
    for ett in (
        Forval("uppsala", "Uppsala", _belopp(30000, "30 000 kr")),
        Forval("vallentuna", "Vallentuna", _belopp(30000, "30 000 kr")),
        Forval("orebro", "Örebro", _belopp(30000, "30 000 kr")),
        Forval("lund", "Lund", _belopp(30000, "30 000 kr")),
        Forval("osthammar", "Östhammar", _belopp(30000, "30 000 kr")),
        Forval(
            "goteborg",
            "Göteborg",
            {
                **_belopp(50000, "50 000 kr"),
                "kvalificering_manader": _LANGRE_AN_SEX,
                "andel_vid_start": _ALLT_EFTERAT,
            },
        ),
    )
}
