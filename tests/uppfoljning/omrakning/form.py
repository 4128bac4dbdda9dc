"""A report, and what has been counted anew, in the same shape: figures, rows of tables in any order, and sums."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from uppfoljning.rapport.innehall import Rapport


def som_jamfors(rapport: Rapport) -> dict[str, object]:
    """All that it says in numbers."""
    svar: dict[str, object] = {f"tal {ett.nyckel}": norm(ett.varde) for ett in rapport.nyckeltal}
    for tabell in rapport.tabeller:
        svar[f"tabell {tabell.nyckel}"] = rader([rad.celler for rad in tabell.rader])
        if tabell.summa:
            svar[f"summa {tabell.nyckel}"] = tuple(map(norm, tabell.summa.celler))
    return svar


def rader(alla: list[Any]) -> Counter[tuple[object, ...]]:
    """Rows, each as often as it is there."""
    return Counter(tuple(map(norm, rad)) for rad in alla)


def norm(varde: object) -> object:
    """1 and 1.00 are the same number."""
    return Fraction(varde) if isinstance(varde, int | Decimal | Fraction) else varde


def i_dag(varde: str, annars: date) -> date:
    """A day of a selection."""
    return date.fromisoformat(varde) if varde else annars


def skillnader(svar: dict[str, object], facit: dict[str, object]) -> dict[str, tuple[object, object]]:
    """What is not the same."""
    olika = {}
    for nyckel in svar.keys() | facit.keys():
        har, ska = svar.get(nyckel), facit.get(nyckel)
        if har != ska:
            if isinstance(har, Counter) and isinstance(ska, Counter):
                har, ska = har - ska, ska - har
            olika[nyckel] = (har, ska)
    return olika
