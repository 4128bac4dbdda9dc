"""Särskild avgift: what a beslut that is not carried out in time may cost the municipality. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from grund.tid import lagg_till_manader

LAGST, HOGST = 10_000, 1_000_000  # kronor: LSS 28 b §, and the same in socialtjänstlagen
_PRESKRIBERAS = 24  # months: IVO's application must be served within two years (LSS 28 d §)


@dataclass(frozen=True, slots=True)
class Intervall:
    """Kronor, from and to; nothing at all when the case is trifling (LSS 28 b §)."""

    lagst: int
    hogst: int


def sista_ansokningsdag(klockan_fran: date) -> date:
    """The last day when IVO's application can be served, counted from the beslut, the judgment or the avbrott."""
    return lagg_till_manader(klockan_fran, _PRESKRIBERAS)


def intervall(klockor: Iterable[date], dag: date) -> Intervall:
    """What those can cost together whose clocks began on these days and have passed three months on `dag`."""
    antal = sum(dag <= sista_ansokningsdag(fran) for fran in klockor)
    return Intervall(antal * LAGST, antal * HOGST)
