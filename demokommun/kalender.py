"""Days of the demo period: working days, red days, storhelger. Everything here is Swedish local calendar."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import holidays

SOMMARVECKOR = range(28, 32)  # daglig verksamhet is closed in July; nothing is registered then
KLOCKA = tuple(f"{m // 60:02d}:{m % 60:02d}" for m in range(24 * 60))
EN_DAG = timedelta(days=1)


class Arbetsdag(NamedTuple):
    ordinal: int
    iso: str
    veckodag: int  # Monday = 1
    stangt: bool  # the summer weeks


@dataclass(frozen=True, slots=True)
class Kalender:
    """The working days of the period, found by date in two bisections."""

    arbetsdagar: tuple[Arbetsdag, ...]
    ordinaler: tuple[int, ...]

    def mellan(self, fran: date, till: date) -> tuple[Arbetsdag, ...]:
        """Working days from and including `fran` to and including `till`."""
        return self.arbetsdagar[
            bisect_left(self.ordinaler, fran.toordinal()) : bisect_right(self.ordinaler, till.toordinal())
        ]


def bygg_kalender(forsta: date, sista: date) -> Kalender:
    # midsommarafton, julafton and nyårsafton are not public holidays but nobody plans work on them
    roda = holidays.country_holidays("SE", years=range(forsta.year, sista.year + 1), categories=("public", "de_facto"))
    dagar = tuple(
        Arbetsdag(d.toordinal(), d.isoformat(), d.isoweekday(), d.isocalendar().week in SOMMARVECKOR)
        for d in dagar_mellan(forsta, sista)
        if d.isoweekday() <= 5 and d not in roda
    )
    return Kalender(dagar, tuple(d.ordinal for d in dagar))


def dagar_mellan(fran: date, till: date) -> Iterator[date]:
    return map(date.fromordinal, range(fran.toordinal(), till.toordinal() + 1))


def plus_manader(dag: date, manader: int) -> date:
    """The same day of another month, or its last day where that month is shorter."""
    ar, manad = divmod(dag.year * 12 + dag.month - 1 + manader, 12)
    return date(ar, manad + 1, min(dag.day, monthrange(ar, manad + 1)[1]))


def manadens_sista(dag: date) -> date:
    return dag.replace(day=monthrange(dag.year, dag.month)[1])


def stampel(dag: date, minut: int) -> str:
    """Local timestamp of a minute counted from that day's midnight; it may fall on the day before or after."""
    steg, minut = divmod(minut, 24 * 60)
    return f"{date.fromordinal(dag.toordinal() + steg)}T{KLOCKA[minut]}"


def storhelger(ar: int) -> list[tuple[str, str]]:
    """Half-open intervals of påsk, midsommar, jul and nyår that begin in the year.

    Each runs from 19:00 the evening before until 07:00 the first ordinary day. Municipalities draw the line
    differently; the hours here are Ekstad's own.
    """
    pask = next(
        d for d, namn in holidays.country_holidays("SE", years=ar, language="sv").items() if namn == "Påskdagen"
    )
    midsommarafton = next(d for d in dagar_mellan(date(ar, 6, 19), date(ar, 6, 25)) if d.isoweekday() == 5)
    return [
        (stampel(pask - timedelta(days=3), 19 * 60), stampel(pask + timedelta(days=2), 7 * 60)),
        (stampel(midsommarafton - EN_DAG, 19 * 60), stampel(midsommarafton + timedelta(days=3), 7 * 60)),
        (stampel(date(ar, 12, 23), 19 * 60), stampel(date(ar, 12, 27), 7 * 60)),
        (stampel(date(ar, 12, 30), 19 * 60), stampel(date(ar + 1, 1, 2), 7 * 60)),
    ]
