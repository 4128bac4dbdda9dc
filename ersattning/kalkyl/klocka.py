"""Moments as whole minutes since 1970 UTC, so that elapsed time is subtraction (R20); the local clock is an offset."""

from datetime import date, datetime
from functools import cache

from grund.tid import STOCKHOLM

DYGN = 1440
_EPOK = date(1970, 1, 1).toordinal()


@cache
def _forskjutning(timme: int) -> int:
    """Minutes to add to UTC in the hour `timme`. Sweden changes its clocks on a whole UTC hour."""
    skillnad = datetime.fromtimestamp(timme * 3600, STOCKHOLM).utcoffset()
    assert skillnad is not None  # noqa: S101  an aware datetime always has one
    return int(skillnad.total_seconds()) // 60


def lokal(minut: int) -> int:
    """The local clock's minute count at UTC minute `minut`."""
    return minut + _forskjutning(minut // 60)


def lokal_dag(minut: int) -> date:
    """The Swedish calendar day of UTC minute `minut`."""
    return date.fromordinal(lokal(minut) // DYGN + _EPOK)


def veckodag(lokal_minut: int) -> int:
    """1–7, Monday = 1, of a local minute count. 1970-01-01 was a Thursday."""
    return (lokal_minut // DYGN + 3) % 7 + 1


def samma_forskjutning_till(start: int, slut: int) -> int:
    """The first UTC minute after `start`, at most `slut`, where the offset is another than at `start`."""
    har = _forskjutning(start // 60)
    if _forskjutning((slut - 1) // 60) == har and slut - start < 90 * DYGN:
        return slut
    timme = start // 60 + 1
    while timme * 60 < slut and _forskjutning(timme) == har:
        timme += 1
    return min(slut, timme * 60)
