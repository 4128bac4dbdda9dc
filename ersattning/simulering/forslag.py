"""Ready-made variants to begin with, as data. Each may be changed before anything is calculated."""

from decimal import Decimal
from typing import Any, NamedTuple

from utforare.regler import Modell


class Forslag(NamedTuple):
    """A proposal: what it is called, what it means, what it changes, and whether it is about one insats' time."""

    namn: str
    hjalp: str
    val: dict[str, Any]
    tid: bool = False


FORSLAG = {
    "utford": Forslag(
        "Utförd tid utan bomtid",
        "bara besökens minuter",
        {"modell": Modell.UTFORD_TID.value, "bomtid_andel": None},
        tid=True,
    ),
    "bestalld": Forslag(
        "Beställd tid", "allt som är beställt, vad som än utförs", {"modell": Modell.BESTALLD_TID.value}, tid=True
    ),
    "bomtid": Forslag(
        "Utförd tid och bomtid",
        "sena återbud enligt historiken, mindre än 24 timmar före, till hela priset",
        {
            "modell": Modell.UTFORD_TID.value,
            "bomtid_varsel_timmar": "24",
            "bomtid_andel": "1",
            "bomtid_tak_andel": None,
        },
        tid=True,
    ),
    "antagen_bomtid": Forslag(
        "Utförd tid och 30 % bomtid",
        "antar att 30 procent av beställd tid blir bomtid till hela priset",
        {
            "modell": Modell.UTFORD_TID.value,
            "bomtid_varsel_timmar": "24",
            "bomtid_andel": "1",
            "bomtid_tak_andel": None,
            "antagen_bomtid": "0.3",
        },
        tid=True,
    ),
    "kapitering": Forslag(
        "Kapitering", "ett fast belopp per person och månad", {"modell": Modell.MANAD.value}, tid=True
    ),
    "upprakning": Forslag("Priserna upp 3 %", "alla priser uppräknade med 3 procent", {"upprakning": "3"}),
    "nivaer": Forslag("Nivå 3 blir nivå 4", "alla på nivå 3 bedöms till nivå 4", {"nivaer": {"3": "4"}}),
}


def forslagets_val(kod: str, kapitering: Decimal | None) -> dict[str, Any]:
    """What the proposal changes. `kapitering`: kronor a person and month, for that proposal."""
    val = FORSLAG[kod].val
    if kod == "kapitering" and kapitering is not None:
        return val | {"priser": [{"enhet": "manad", "niva": "", "belopp": str(kapitering)}]}
    return val
