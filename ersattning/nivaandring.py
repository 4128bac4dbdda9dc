"""Levels that have changed, and what each change costs: a year by the core, and what settled months have paid.

A *change* is a godkänd assessment that gave another level than the one before it (R3). Its cost is the difference
between that level and the one before, at the same prices and for the same days: so a change of price is never in it,
and the costs of changes that follow each other add up to what has happened since before the first.

The year, and the days of a period, are what a nivåbedömning shows before it is decided (ersattning.nivaeffekt): the
same core, with and without it. What has been *paid* is read from the rows of settled months (ersattning.nivautfall).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from ersattning.kalkyl import typer
from ersattning.nivaeffekt import Forslag, Period, Rakning, manader_for
from ersattning.underlag import fraga
from ersattning.underlag_manader import las_manader
from grund.tid import Manad, lagg_till_manader

_GODKANDA = """
SELECT person_id, insats, id, nyckel, niva, fran, godkand FROM beslut_nivabedomning
 WHERE status = 'godkand' AND (person_id, insats) IN (
       SELECT person_id, insats FROM beslut_nivabedomning WHERE status = 'godkand' AND {urval})
 ORDER BY person_id, insats
"""
# The last change of each person, and (0) of what is not a person's: avtal, prices, enheter.
_SENAST = """
SELECT objekt_id, max(id) FROM grund_andring WHERE slag = 'person' AND objekt_id = ANY(%(personer)s) GROUP BY 1
 UNION ALL SELECT 0, max(id) FROM grund_andring WHERE slag IN ('utforare', 'prislista', 'enhet')
"""
_MINNS = 8192  # costs: some MB in a process that answers pages
Nyckel = tuple[object, ...]
_I_PERIODEN = "fran >= %(fran)s AND fran < %(till)s AND (%(insats)s = '' OR insats = %(insats)s)"


@dataclass(frozen=True, slots=True)
class Andring:
    """A level that took over from another. `innan`: the assessments before it, the last of which held; none = first."""

    person_id: int
    insats: str
    ny: typer.Nivabedomning
    innan: tuple[typer.Nivabedomning, ...]

    @property
    def gammal(self) -> typer.Nivabedomning | None:
        """The assessment that held before."""
        return self.innan[-1] if self.innan else None

    @property
    def ar_forsta(self) -> bool:
        """There was no level before: nothing to compare with."""
        return not self.innan

    @property
    def forslag(self) -> Forslag:
        """The same, as something to calculate with and without."""
        return Forslag(self.person_id, self.insats, self.ny, self.innan)


@dataclass(frozen=True, slots=True)
class Kostnad:
    """What the change costs in a year from its day, and on its days of the period. None: nothing is carried out."""

    helar: Period | None
    i_perioden: Period | None


_minne: dict[Nyckel, Kostnad] = {}  # of this process: it never outlives the database that it was read from


def ordning(bedomning: typer.Nivabedomning) -> tuple[date, date, str]:
    """R3: which of two assessments holds."""
    return bedomning.fran, bedomning.godkand, bedomning.nyckel


def kedja(person_id: int, insats: str, bedomningar: Iterable[typer.Nivabedomning]) -> Iterator[Andring]:
    """The changes among a person's godkända assessments of an insats, in order.

    Of several from the same day only the last has held. One that says what held already is no change. Pure.
    """
    per_dag = groupby(sorted(bedomningar, key=ordning), key=lambda ett: ett.fran)
    innan: tuple[typer.Nivabedomning, ...] = ()
    for _, samma_dag in per_dag:
        *_, ny = samma_dag
        if not innan or innan[-1].niva != ny.niva:
            yield Andring(person_id, insats, ny, innan)
        innan = (*innan, ny)


def andringar(fran: date, till: date, insats: str = "") -> list[Andring]:
    """The changes whose level counts from a day in `[fran, till)`. One query."""
    rader = fraga(_GODKANDA.format(urval=_I_PERIODEN), {"fran": fran, "till": till, "insats": insats})
    return [ett for ett in _alla(rader) if fran <= ett.ny.fran < till]


def andringen(bedomning_id: int) -> Andring | None:
    """The change that an assessment is; None when it is none."""
    rader = fraga(_GODKANDA.format(urval="id = %(id)s"), {"id": bedomning_id})
    return next((ett for ett in _alla(rader) if ett.ny.id == bedomning_id), None)


def _alla(rader: Sequence[tuple[Any, ...]]) -> Iterator[Andring]:
    for (person_id, insats), egna in groupby(rader, key=lambda rad: (rad[0], rad[1])):
        yield from kedja(person_id, insats, [typer.Nivabedomning(*rad[2:]) for rad in egna])


def kostnader(alla: Sequence[Andring], fran: date, till: date, idag: date) -> dict[int, Kostnad]:
    """What each costs, by its assessment; `[fran, till)` is the period. The same number of queries however many.

    What has been calculated is remembered for as long as nothing has changed that it was calculated from.
    """
    nycklar = _nycklar(alla, fran, till, Manad.av(idag))
    nya = [ett for ett in alla if nycklar[ett.ny.id] not in _minne]
    svar = {ett.ny.id: _minne[nycklar[ett.ny.id]] for ett in alla if nycklar[ett.ny.id] in _minne}
    for ett, kostnad in _rakna(nya, fran, till, idag):
        svar[ett.ny.id] = _minne[nycklar[ett.ny.id]] = kostnad
    while len(_minne) > _MINNS:
        del _minne[next(iter(_minne))]
    return svar


def _rakna(alla: Sequence[Andring], fran: date, till: date, idag: date) -> Iterator[tuple[Andring, Kostnad]]:
    if not alla:
        return
    forslag = [ett.forslag for ett in alla]
    manader = manader_for(forslag, idag, till)
    underlag = las_manader(manader, sorted({ett.person_id for ett in alla}))
    for ett in alla:
        egna = underlag.get(ett.person_id)
        rakning = Rakning.av(ett.forslag, egna, idag) if egna else None
        yield ett, _kostnad(rakning, ett.ny.fran, max(fran, ett.ny.fran), till)


def _nycklar(alla: Sequence[Andring], fran: date, till: date, nu: Manad) -> dict[int, Nyckel]:
    """What each is remembered by: the last change of its person, of the terms, the days, and the month it is."""
    personer = sorted({ett.person_id for ett in alla})
    senast = dict(fraga(_SENAST, {"personer": personer})) if alla else {}
    return {ett.ny.id: _nyckel(ett, senast, max(fran, ett.ny.fran), till, nu) for ett in alla}


def _nyckel(ett: Andring, senast: Mapping[int, int], fran: date, till: date, nu: Manad) -> Nyckel:
    innan = tuple(bedomning.id for bedomning in ett.innan)
    return ett.ny.id, innan, senast.get(ett.person_id, 0), senast.get(0, 0), fran, till, nu


def _kostnad(rakning: Rakning | None, dag: date, fran: date, till: date) -> Kostnad:
    if rakning is None:
        return Kostnad(None, None)
    return Kostnad(rakning.period(dag, lagg_till_manader(dag, 12)), rakning.period(fran, till) if fran < till else None)
