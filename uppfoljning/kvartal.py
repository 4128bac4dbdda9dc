"""The quarters that the law counts reports in (LSS 28 f §). Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from grund.tid import EN_DAG, Manad

_KVARTAL = re.compile(r"(\d{4})-K([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Kvartal:
    """A quarter of a year, ordered in time. `Kvartal(2026, 1)`, written `2026-K1`."""

    ar: int
    nummer: int

    @classmethod
    def av(cls, dag: date) -> Self:
        """The quarter that `dag` lies in."""
        return cls(dag.year, (dag.month + 2) // 3)

    @classmethod
    def las(cls, text: str) -> Self:
        """Read `AAAA-Kn`; ValueError with a Swedish text for anything else."""
        traff = _KVARTAL.fullmatch(text.strip())
        if not traff:
            msg = f"”{text}” är inget kvartal. Skriv år och kvartal som 2026-K1."
            raise ValueError(msg)
        ett = cls(int(traff[1]), int(traff[2]))
        Manad.efterfragad(str(ett._forsta))
        return ett

    @property
    def _forsta(self) -> Manad:
        return Manad(self.ar, self.nummer * 3 - 2)

    @property
    def fran(self) -> date:
        """First day."""
        return self._forsta.fran

    @property
    def till(self) -> date:
        """First day of the next quarter (half-open end)."""
        return self._forsta.plus(3).fran

    @property
    def sista(self) -> date:
        """Last day."""
        return self.till - EN_DAG

    def plus(self, antal: int) -> "Kvartal":
        """The quarter `antal` quarters later (earlier if negative)."""
        return Kvartal.av(self._forsta.plus(3 * antal).fran)

    @property
    def i_ord(self) -> str:
        """`kvartal 1 2026`."""
        return f"kvartal {self.nummer} {self.ar}"

    def __str__(self) -> str:
        return f"{self.ar:04}-K{self.nummer}"
