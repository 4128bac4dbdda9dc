"""The half-years that the nämnd is told of: whole, and never overlapping.

Two documents about periods that overlap could be subtracted from each other, and what is left may rest on one person
(ADR 0016). Half-years have no days in common, so there is nothing to subtract.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grund.tid import EN_DAG, Manad

VISADE = 4


@dataclass(frozen=True, slots=True, order=True)
class Halvar:
    """January to June (1), or July to December (2)."""

    ar: int
    halva: int

    @classmethod
    def av(cls, dag: date) -> "Halvar":
        return cls(dag.year, 1 if dag.month <= 6 else 2)

    @property
    def fran(self) -> date:
        return date(self.ar, 1 if self.halva == 1 else 7, 1)

    @property
    def sista(self) -> date:
        return self.sista_manad.till - EN_DAG

    @property
    def sista_manad(self) -> Manad:
        return Manad(self.ar, 6 * self.halva)

    @property
    def fore(self) -> "Halvar":
        return Halvar(self.ar, 1) if self.halva == 2 else Halvar(self.ar - 1, 2)

    @property
    def i_ord(self) -> str:
        """`andra halvåret 2025`."""
        return f"{'första' if self.halva == 1 else 'andra'} halvåret {self.ar}"

    def __str__(self) -> str:
        return f"{self.ar}-{self.halva}"


def avslutade(idag: date) -> Iterator[Halvar]:
    """The latest that are over, newest first."""
    ett = Halvar.av(idag).fore
    for _ in range(VISADE):
        yield ett
        ett = ett.fore
