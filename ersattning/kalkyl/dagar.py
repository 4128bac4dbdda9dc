"""Days of one month as a bit mask: bit 0 is the first of the month.

A stretch of days, the days of a price and the days with närvaro meet with `&`, and are counted with `bit_count`: that
is what lets the rules be written for whole months at a time and still be right day by day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from grund.tid import Manad


@dataclass(frozen=True, slots=True)
class Kalender:
    """Translates between dates and the masks of one month."""

    manad: Manad
    forsta: int  # ordinal of the first day
    antal: int
    alla: int

    @classmethod
    def for_manad(cls, manad: Manad) -> Self:
        return cls(manad, manad.fran.toordinal(), manad.dagar, (1 << manad.dagar) - 1)

    def mask(self, fran: date, till: date | None) -> int:
        """The days of `[fran, till)` that lie in the month."""
        start = max(0, fran.toordinal() - self.forsta)
        slut = self.antal if till is None else min(self.antal, till.toordinal() - self.forsta)
        return ((1 << slut) - 1) >> start << start if slut > start else 0

    def bit(self, dag: date) -> int:
        """The mask of one day; 0 outside the month."""
        nummer = dag.toordinal() - self.forsta
        return 1 << nummer if 0 <= nummer < self.antal else 0

    def dag(self, nummer: int) -> date:
        """The date of bit `nummer`."""
        return date.fromordinal(self.forsta + nummer)

    def forsta_dag(self, mask: int) -> date:
        return date.fromordinal(self.forsta + (mask & -mask).bit_length() - 1)

    def sista_dag(self, mask: int) -> date:
        return date.fromordinal(self.forsta + mask.bit_length() - 1)


def nummer(mask: int) -> Iterator[int]:
    """The numbers of the days in `mask`, rising, 0 = the first of the month."""
    while mask:
        lagsta = mask & -mask
        yield lagsta.bit_length() - 1
        mask ^= lagsta


def sviter(mask: int) -> Iterator[int]:
    """The unbroken runs of days in `mask`, in order, each as a mask."""
    while mask:
        lagsta = mask & -mask
        svit = mask & ~(mask + lagsta)  # the carry runs through the lowest run and stops above it
        yield svit
        mask ^= svit
