"""Who has an insats on a day, and what has happened to them between two days. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import add
from typing import NamedTuple

Personer = frozenset[int]
# Where each person has an insats: by insats and person, the utförare.
Lage = Mapping[str, Mapping[int, frozenset[int]]]


class Tid(NamedTuple):
    """A verkställighet, as long as its person lives. `till` exclusive."""

    person: int
    insats: str
    utforare: int
    fran: date
    till: date | None


@dataclass(frozen=True, slots=True)
class Forandring:
    """What makes the persons of one day (`da`) those of another (`nu`).

    da + nya − slutade = nu. `bytt`: have the insats on both days, but not at the same utförare.
    """

    da: Personer
    nu: Personer
    bytt: Personer

    @property
    def nya(self) -> Personer:
        """Have it now, and had it not then."""
        return self.nu - self.da

    @property
    def slutade(self) -> Personer:
        """Had it then, and have it not now."""
        return self.da - self.nu


@dataclass(frozen=True, slots=True)
class Utforarforandring:
    """The same at one utförare: da + nya + hit − slutade − harifran = nu.

    `nya` and `slutade` had, or have, the insats nowhere; `hit` and `harifran` had it, or have it, at another.
    """

    da: Personer
    nu: Personer
    nya: Personer
    hit: Personer
    slutade: Personer
    harifran: Personer


def pa_dagen(tider: Iterable[Tid], dag: date) -> Lage:
    """Who had what, and where, on `dag`."""
    svar: dict[str, dict[int, frozenset[int]]] = defaultdict(dict)
    lika: dict[frozenset[int], frozenset[int]] = {}  # most have one utförare: all of hers share one set
    for tid in tider:
        if tid.fran <= dag and (tid.till is None or dag < tid.till):
            vilka = svar[tid.insats].get(tid.person, frozenset()) | {tid.utforare}
            svar[tid.insats][tid.person] = lika.setdefault(vilka, vilka)
    return dict(svar)


def forandringar(da: Lage, nu: Lage) -> dict[str, Forandring]:
    """By insats."""
    return {insats: _forandring(da.get(insats, {}), nu.get(insats, {})) for insats in da.keys() | nu.keys()}


def _forandring(da: Mapping[int, frozenset[int]], nu: Mapping[int, frozenset[int]]) -> Forandring:
    bytt = frozenset(person for person in da.keys() & nu.keys() if da[person] != nu[person])
    return Forandring(frozenset(da), frozenset(nu), bytt)


def hos_utforarna(da: Lage, nu: Lage) -> dict[tuple[int, str], Utforarforandring]:
    """By utförare and insats."""
    svar = {}
    for insats in da.keys() | nu.keys():
        forr, sedan = da.get(insats, {}), nu.get(insats, {})
        per_forr, per_sedan = _per_utforare(forr), _per_utforare(sedan)
        for utforare in per_forr.keys() | per_sedan.keys():
            var, ar = per_forr.get(utforare, frozenset()), per_sedan.get(utforare, frozenset())
            svar[utforare, insats] = Utforarforandring(
                da=var,
                nu=ar,
                nya=ar - forr.keys(),
                hit=(ar - var) & forr.keys(),
                slutade=var - sedan.keys(),
                harifran=(var - ar) & sedan.keys(),
            )
    return svar


def _per_utforare(personer: Mapping[int, frozenset[int]]) -> dict[int, Personer]:
    svar: dict[int, set[int]] = defaultdict(set)
    for person, vilka in personer.items():
        for utforare in vilka:
            svar[utforare].add(person)
    return {utforare: frozenset(vilka) for utforare, vilka in svar.items()}


class Manadspunkt(NamedTuple):
    """A month, from its first day to the next month's. A person counts once for each insats in all but `personer`."""

    fran: date
    personer: int
    insatser: int
    nya: int
    slutade: int
    bytt: int


def trend(tider: Iterable[Tid], dagar: Sequence[date]) -> list[Manadspunkt]:
    """How many there are on each of `dagar` but the last, in order, and what had happened by the one after it.

    `tider`: those of a person one after the other. One person at a time is remembered, however many there are.
    """
    summor = [[0] * 5 for _ in dagar[:-1]]
    for _, egna in groupby(tider, key=_person):
        for summa, (fore, efter) in zip(summor, pairwise(_personens(egna, dagar)), strict=True):
            if fore or efter:
                summa[:] = map(add, summa, _steg(fore, efter))
    return [Manadspunkt(dag, *summa) for dag, summa in zip(dagar[:-1], summor, strict=True)]


def _person(tid: Tid) -> int:
    return tid.person


def _personens(egna: Iterable[Tid], dagar: Sequence[date]) -> list[dict[str, set[int]]]:
    """What one person has on each of the days: the utförare by insats."""
    lagen: list[dict[str, set[int]]] = [{} for _ in dagar]
    for tid in egna:
        sist = len(dagar) if tid.till is None else bisect_left(dagar, tid.till)
        for plats in range(bisect_left(dagar, tid.fran), sist):
            lagen[plats].setdefault(tid.insats, set()).add(tid.utforare)
    return lagen


def _steg(fore: Mapping[str, set[int]], efter: Mapping[str, set[int]]) -> tuple[int, int, int, int, int]:
    """What one person adds to a month: to `personer`, `insatser`, `nya`, `slutade` and `bytt`."""
    bada = fore.keys() & efter.keys()
    bytt = sum(fore[ett] != efter[ett] for ett in bada)
    return bool(fore), len(fore), len(efter) - len(bada), len(fore) - len(bada), bytt
