"""Time: half-open periods and months, as value objects. No clock in here: "today" is always an argument."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EN_DAG = timedelta(days=1)
_FORSTA_AR, _SISTA_AR = 1900, 2999
FORSTA_DAG, SISTA_DAG = date(_FORSTA_AR + 1, 1, 1), date(_SISTA_AR - 1, 12, 31)  # that somebody may ask for
_MANAD = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Manad:
    """A calendar month, ordered in time. `Manad(2026, 5)`."""

    ar: int
    nummer: int

    def __post_init__(self) -> None:
        if not (_FORSTA_AR <= self.ar <= _SISTA_AR and 1 <= self.nummer <= 12):
            msg = f"{self.ar:04}-{self.nummer:02} är ingen månad"
            raise ValueError(msg)

    @classmethod
    def las(cls, text: str) -> Self:
        """Read `AAAA-MM`; ValueError with a Swedish text for anything else."""
        traff = _MANAD.fullmatch(text.strip())
        if not traff:
            msg = f"”{text}” är ingen månad. Skriv år och månad som 2026-05."
            raise ValueError(msg)
        return cls(int(traff[1]), int(traff[2]))

    @classmethod
    def efterfragad(cls, text: str) -> Self:
        """`las` for a month that somebody asks to see: one that also has the year before it and the month after."""
        manad = cls.las(text)
        if not (_FORSTA_AR < manad.ar < _SISTA_AR):
            msg = f"{manad} är utanför kalendern. Skriv en månad från {_FORSTA_AR + 1}-01 till {_SISTA_AR - 1}-12."
            raise ValueError(msg)
        return manad

    @classmethod
    def dag_i_kalendern(cls, text: str) -> date:
        """The day `AAAA-MM-DD`, of a month that may be asked for (`efterfragad`); ValueError for anything else."""
        dag = date.fromisoformat(text)
        cls.efterfragad(dag.isoformat()[:7])
        return dag

    @classmethod
    def av(cls, dag: date) -> Self:
        """The month that `dag` lies in."""
        return cls(dag.year, dag.month)

    @property
    def fran(self) -> date:
        """First day."""
        return date(self.ar, self.nummer, 1)

    @property
    def till(self) -> date:
        """First day of the next month (half-open end)."""
        return self.plus(1).fran

    @property
    def sista(self) -> date:
        """Last day."""
        return date(self.ar, self.nummer, self.dagar)

    @property
    def dagar(self) -> int:
        """Number of days, 28–31."""
        return calendar.monthrange(self.ar, self.nummer)[1]

    def plus(self, antal: int) -> "Manad":
        """The month `antal` months later (earlier if negative)."""
        ar, noll = divmod(self.ar * 12 + self.nummer - 1 + antal, 12)
        return Manad(ar, noll + 1)

    def till_och_med(self, sista: "Manad") -> Iterator["Manad"]:
        """This month, the next, … up to and including `sista`."""
        manad = self
        while manad <= sista:
            yield manad
            manad = manad.plus(1)

    def __str__(self) -> str:
        return f"{self.ar:04}-{self.nummer:02}"


def lagg_till_manader(dag: date, antal: int) -> date:
    """`dag` + `antal` months; the 29th–31st become the last day of a shorter month (R50)."""
    manad = Manad.av(dag).plus(antal)
    return date(manad.ar, manad.nummer, min(dag.day, manad.dagar))


def lokal_dag(tidpunkt: datetime) -> date:
    """The Swedish calendar day of an aware moment (R0)."""
    return tidpunkt.astimezone(STOCKHOLM).date()


def dygnets_start(dag: date) -> datetime:
    """The moment when the Swedish day begins."""
    return datetime.combine(dag, time(), STOCKHOLM)
