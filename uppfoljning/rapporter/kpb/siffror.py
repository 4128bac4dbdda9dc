"""Sums of what was spread: by person, insats, unit and utförare. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from uppfoljning.rapporter.kpb.fordelning import Plats, Utfall, Volymer
from uppfoljning.rapporter.kpb.regler import Gransmatt, Grund
from uppfoljning.rapporter.kpb.underlag import Bokslut, Grans

NOLL = Decimal(0)
N = TypeVar("N", bound=Hashable)
_TIMME = 60
Platser = Mapping[Plats, Decimal]


@dataclass(frozen=True, slots=True)
class Enhetskostnad:
    """What a unit cost, of an insats (and, when it is told, at an utförare), by what its cost was spread by."""

    personer: frozenset[int]
    mangd: Fraction
    kronor: Decimal

    @property
    def per_enhet(self) -> Fraction:
        """Kronor for one."""
        return Fraction(self.kronor) / self.mangd


def per_person(platser: Platser) -> dict[int, Decimal]:
    """What each person cost."""
    svar: dict[int, Decimal] = defaultdict(Decimal)
    for plats, kronor in platser.items():
        svar[plats.person] += kronor
    return dict(svar)


def per_insats(platser: Platser) -> dict[str, dict[int, Decimal]]:
    """What each person's insats cost."""
    svar: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for plats, kronor in platser.items():
        svar[plats.insats][plats.person] += kronor
    return svar


def blandningar(platser: Platser) -> dict[frozenset[str], dict[int, Decimal]]:
    """Persons and what they cost, by which insatser they had."""
    har: dict[int, set[str]] = defaultdict(set)
    for plats in platser:
        har[plats.person].add(plats.insats)
    svar: dict[frozenset[str], dict[int, Decimal]] = defaultdict(dict)
    for person, kronor in per_person(platser).items():
        svar[frozenset(har[person])][person] = kronor
    return svar


def enhetskostnader(
    utfall: Iterable[Utfall], volymer: Volymer, bokslut: Bokslut
) -> dict[tuple[str, Grund], Enhetskostnad]:
    """By insats and what it was spread by."""
    return {
        nyckel: _samla(delar, volymer, bokslut)
        for nyckel, delar in _delar(utfall, lambda plats, grund: (plats.insats, grund)).items()
    }


def hos_utforarna(
    utfall: Iterable[Utfall], volymer: Volymer, bokslut: Bokslut
) -> dict[tuple[int, str, Grund], Enhetskostnad]:
    """The same at each utförare."""
    return {
        nyckel: _samla(delar, volymer, bokslut)
        for nyckel, delar in _delar(utfall, lambda plats, grund: (plats.utforare, plats.insats, grund)).items()
    }


def _delar(
    utfall: Iterable[Utfall], nyckel: Callable[[Plats, Grund], N]
) -> dict[N, dict[tuple[Plats, Grund], Decimal]]:
    svar: dict[N, dict[tuple[Plats, Grund], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for ett in utfall:
        for plats, kronor in ett.delar.items():
            svar[nyckel(plats, ett.post.grund)][plats, ett.post.grund] += kronor
    return svar


def _samla(delar: Mapping[tuple[Plats, Grund], Decimal], volymer: Volymer, bokslut: Bokslut) -> Enhetskostnad:
    (grund,) = {grund for _, grund in delar}
    antal = sum(volymer[grund][plats] for plats, _ in delar)
    return Enhetskostnad(
        frozenset(plats.person for plats, _ in delar), i_enheter(antal, grund, bokslut), sum(delar.values(), NOLL)
    )


def i_enheter(antal: int, grund: Grund, bokslut: Bokslut) -> Fraction:
    """Hours of minutes; months of a place of days in the period; days are what they are."""
    if grund is Grund.TIMMAR:
        return Fraction(antal, _TIMME)
    if grund is Grund.PLATSER:
        return Fraction(antal * bokslut.manader, (bokslut.till - bokslut.fran).days)
    return Fraction(antal)


def ytterfall(
    granser: Iterable[Grans], platser: Platser, volymer: Volymer, bokslut: Bokslut
) -> dict[Grans, frozenset[int]]:
    """Who lies outside each limit."""
    return {
        grans: frozenset(
            person
            for person, varde in _varden(grans, platser, volymer, bokslut).items()
            if grans.utanfor(varde, bokslut.manader)
        )
        for grans in granser
    }


def _varden(grans: Grans, platser: Platser, volymer: Volymer, bokslut: Bokslut) -> Mapping[int, Decimal | Fraction]:
    if grans.matt is Gransmatt.KRONOR:
        return per_insats(platser).get(grans.insats, {}) if grans.insats else per_person(platser)
    grund = Grund(grans.matt.value)
    svar: dict[int, Fraction] = defaultdict(Fraction)
    for plats, antal in volymer.get(grund, {}).items():
        if grans.insats in {"", plats.insats}:
            svar[plats.person] += i_enheter(antal, grund, bokslut)
    return svar
