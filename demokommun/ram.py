"""The frame of one generated municipality: its period, its size and its source of chance."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from random import Random

from demokommun.kalender import Kalender, bygg_kalender, manadens_sista, plus_manader


@dataclass(frozen=True, slots=True)
class Ram:
    """Days are inclusive. `skala` 1 is a municipality of some 1 250 persons; `kopior` sets of utförare serve it."""

    forsta: date
    sista: date
    skala: Fraction
    fro: int
    kopior: int
    kalender: Kalender

    def slump(self, nyckel: str) -> Random:
        """A source of chance of its own for each thing, so that one person's data do not depend on the others."""
        return Random(f"{self.fro}:{nyckel}")

    def manad(self, bakat: int) -> date:
        """First day of the month that lies so many months before the last one."""
        return plus_manader(self.sista.replace(day=1), -bakat)

    def ar(self, bakat: int, manad: int, dag: int) -> date:
        """A date in the year so many years before the last one's."""
        return date(self.sista.year - bakat, manad, dag)


def bygg_ram(till_manad: str, manader: int, skala: Fraction, fro: int) -> Ram:
    """`till_manad` as `2026-05`: the last month with närvaro and besök, `manader` how many there are in all."""
    if manader < 1 or skala <= 0:
        raise ValueError("manader och skala ska vara större än noll")
    sista = manadens_sista(date.fromisoformat(f"{till_manad}-01"))
    forsta = plus_manader(sista.replace(day=1), 1 - manader)
    # utförare grow more slowly than their brukare: a nation's providers are larger as well as more
    return Ram(forsta, sista, skala, fro, max(1, round(sqrt(skala))), bygg_kalender(forsta, sista))
