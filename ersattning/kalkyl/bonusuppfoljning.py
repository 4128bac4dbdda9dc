"""After a bonus is paid (R50): what has happened that a person must decide about. Pure; it decides nothing itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ersattning.kalkyl.bonus import Bonusperson, Regel, anstalld_till, kvalificeringsdag
from grund.tid import lagg_till_manader

FOLJS_MANADER = 12  # so long after the start, or to the day of the rest if that is later, a return is shown


class Slag(StrEnum):
    """What may have happened."""

    BORTA = "borta"  # no employment that meets (c) covers the start any more
    SLUTADE = "slutade"  # it ended before the day of the rest
    VERKSAMHET = "verksamhet"  # a verkställighet of daglig verksamhet began after the start
    NARVARO = "narvaro"  # närvaro after the start, in one that had begun before


@dataclass(frozen=True, slots=True)
class Skal:
    """A thing that has happened, on which day (the last one at work, the first one back), and where."""

    slag: Slag
    dag: date
    var: str = ""

    @property
    def nyckel(self) -> str:
        """What it is known by once somebody has decided about it."""
        return f"{self.slag}:{self.dag}:{self.var}"[:60]


@dataclass(frozen=True, slots=True)
class Narvarodag:
    """A day of närvaro in daglig verksamhet, and the verkställighet's key."""

    dag: date
    verksamhet: str


def skal_att_prova(person: Bonusperson, regel: Regel, start: date, narvaro: Iterable[Narvarodag]) -> list[Skal]:
    """Why the bonus of the employment that started on `start` should be looked at again; empty = no reason."""
    return [*_arbetet(person, regel, start), *_tillbaka(person, regel, start, narvaro)]


def foljs_till(regel: Regel, start: date) -> date:
    """The last day on which a return is shown."""
    return max(lagg_till_manader(start, FOLJS_MANADER), kvalificeringsdag(regel, start))


def _arbetet(person: Bonusperson, regel: Regel, start: date) -> Iterable[Skal]:
    tackt = anstalld_till(person.anstallningar, regel, start)
    if tackt == start:
        yield Skal(Slag.BORTA, start)
    elif tackt <= kvalificeringsdag(regel, start) and regel.kvalificering_manader:
        yield Skal(Slag.SLUTADE, date.fromordinal(tackt.toordinal() - 1))


def _tillbaka(person: Bonusperson, regel: Regel, start: date, narvaro: Iterable[Narvarodag]) -> Iterable[Skal]:
    sista = foljs_till(regel, start)
    nya = sorted((v.fran, v.nyckel) for v in person.verksamheter if start < v.fran <= sista)
    yield from (Skal(Slag.VERKSAMHET, dag, nyckel) for dag, nyckel in nya)
    aldre = {v.nyckel for v in person.verksamheter if v.fran <= start}
    dagar = (ett for ett in narvaro if ett.verksamhet in aldre and start < ett.dag <= sista)
    forst = min(dagar, key=lambda ett: (ett.dag, ett.verksamhet), default=None)
    if forst:
        yield Skal(Slag.NARVARO, forst.dag, forst.verksamhet)
