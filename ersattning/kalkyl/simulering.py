"""Persons' months under several variants, summed: the same core as a körning, over what each variant gives it.

Sums only: what comes out says nothing of who the persons are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from ersattning.kalkyl.antagande import antag, ar_fortsatt, ar_fortsattning, slutet, starten
from ersattning.kalkyl.antagen_tid import bestallda_minuter, med_antagen_tid
from ersattning.kalkyl.dagar import Kalender
from ersattning.kalkyl.grunder import ar_betald
from ersattning.kalkyl.klocka import lokal_dag
from ersattning.kalkyl.person import betalda_strackor, rakna_person
from ersattning.kalkyl.planerat import Planer, som_planerat
from ersattning.kalkyl.samling import Manadsbok, Samling
from ersattning.kalkyl.typer import Besok, Person, Resultat, Verkstallighet
from ersattning.kalkyl.variant import Omfang, Variant
from ersattning.kalkyl.vistelser import ar_vistelse
from grund.tid import Manad

UTFASNING = "utfasning"  # artikel of the bonus for support that has ended: no rule of a körning, an assumption of ours
PENGAR_SAKNAS = frozenset({"niva_saknas", "pris_saknas", "omfattning_saknas", "avtal_saknas"})


class Summanyckel(NamedTuple):
    """What sums are kept apart by. `variant` is its number."""

    variant: int
    manad: Manad
    utforare_id: int
    insats: str
    niva: str
    artikel: str
    enhet: str


class Bristnyckel(NamedTuple):
    """What is not paid for want of something."""

    variant: int
    manad: Manad
    utforare_id: int
    insats: str
    kod: str


class Volymnyckel(NamedTuple):
    """Whose volumes: a month's, or (None) the whole period's; an utförare's with its insats, or (None and "") all."""

    manad: Manad | None
    utforare_id: int | None
    insats: str


@dataclass(slots=True)
class Summa:
    """What rows come to. `antal` in the rows' own unit."""

    antal: Fraction = Fraction(0)
    belopp: Decimal = Decimal(0)


@dataclass(slots=True)
class Volym:
    """What history holds, whatever the variant: persons who were paid for, verkställigheter that began and ended, and
    minutes."""

    personer: int = 0
    nya: int = 0
    avslutade: int = 0
    bestallda: Fraction = Fraction(0)
    utforda: int = 0
    efterhand: int = 0


@dataclass(slots=True)
class Utfall:
    """All that some persons' months come to."""

    summor: dict[Summanyckel, Summa] = field(default_factory=lambda: defaultdict(Summa))
    brister: Counter[Bristnyckel] = field(default_factory=Counter)
    volymer: dict[Volymnyckel, Volym] = field(default_factory=lambda: defaultdict(Volym))


Bocker = Sequence[Mapping[Manad, Manadsbok]]  # by the variants' order; the first is "as it is"


def simulera(
    personer: Mapping[Manad, Iterable[Person]],
    varianter: Sequence[Variant],
    bocker: Bocker,
    omfang: Omfang,
    efterhand: Mapping[tuple[int, Manad], int],
    planer: Planer = MappingProxyType({}),
    prognos_fran: Manad | None = None,
) -> Utfall:
    """Every month of the persons under every variant. `varianter[0]` changes nothing.

    `efterhand`: minutes registered afterwards by (verkställighet, month). `planer`: how each is used where a variant is
    *planerat*. `prognos_fran`: the first month that has not been, if any (`_galler`).
    """
    utfall = Utfall()
    betalda: dict[tuple[int | None, str], set[int]] = defaultdict(set)
    for manad, alla in personer.items():
        nummer_att_rakna = _galler(len(varianter), manad, prognos_fran)
        for person in alla:
            egen = inom(person, manad, omfang)
            if not egen.verkstalligheter:
                continue
            rakning = _Rakning(egen, manad, omfang, planer)
            for nummer in nummer_att_rakna:
                variant = varianter[nummer]
                _lagg(utfall, nummer, manad, rakning.under(variant, bocker[nummer][manad]))
                _lagg_utfasning(utfall, nummer, manad, variant, egen, person)
            for verk in _matt(egen, manad, bocker[0][manad], utfall, efterhand):
                betalda[verk].add(person.id)
    for (utforare_id, insats), vilka in betalda.items():
        utfall.volymer[Volymnyckel(None, utforare_id, insats)].personer += len(vilka)
    return utfall


def _galler(antal: int, manad: Manad, prognos_fran: Manad | None) -> Sequence[int]:
    """The variants that the month is calculated under: of a prognos, months that have been as they are and as planned
    (to compare), months to come under all but as they are."""
    if prognos_fran is None:
        return range(antal)
    return range(min(antal, 2)) if manad < prognos_fran else range(1, antal)


class _Rakning:
    """A person's month under one variant after another. What is the same as under an earlier one is not run again."""

    def __init__(self, person: Person, manad: Manad, omfang: Omfang, planer: Planer) -> None:
        self.person, self.manad, self.omfang, self.planer = person, manad, omfang, planer
        self._redan: list[tuple[Person, Manadsbok, Resultat]] = []  # of those that are as planned

    def under(self, variant: Variant, bok: Manadsbok) -> Resultat:
        """The core's answer under the variant."""
        person = variant.med_nivaer(self.person, self.omfang)
        if variant.planerat is None:
            return rakna_person(med_antagen_tid(person, variant, bok.kalender), bok)
        person = antag(person, variant.planerat, self.manad)
        for annan, annans_bok, resultat in self._redan:
            if annan is person and annans_bok is bok:
                return resultat
        resultat = rakna_person(som_planerat(person, self.planer, bok, variant.planerat.idag), bok)
        self._redan.append((person, bok, resultat))
        return resultat


def inom(person: Person, manad: Manad, omfang: Omfang) -> Person:
    """Only the verkställigheter that the simulation is about, with the month's own visits.

    Pay of a verkställighet hangs on others of the same insats and enhet alone (R30), which are in or out together.
    Visits of other months make conflicts (R31) and no pay.
    """
    verk = [
        replace(ett, besok=tuple(b for b in ett.besok if manad.fran <= _dag(b) < manad.till)) if ett.besok else ett
        for ett in person.verkstalligheter
        if omfang.galler(ett.utforare_id, ett.beslut.insats)
    ]
    return replace(person, verkstalligheter=tuple(verk))


def _dag(besok: Besok) -> date:
    start = besok.planerad_start if besok.utford_start is None else besok.utford_start
    assert start is not None  # noqa: S101  a visit not carried out has planned times (database constraint)
    return lokal_dag(start)


def _lagg(utfall: Utfall, nummer: int, manad: Manad, resultat: Resultat) -> None:
    for rad in resultat.rader:
        verk = rad.verkstallighet
        nyckel = Summanyckel(nummer, manad, verk.utforare_id, verk.beslut.insats, rad.niva, rad.artikel, rad.enhet)
        summa = utfall.summor[nyckel]
        summa.antal += rad.antal
        summa.belopp += rad.belopp
    for ett in resultat.avvikelser:
        if ett.kod in PENGAR_SAKNAS:
            verk = ett.verkstallighet
            utfall.brister[Bristnyckel(nummer, manad, verk.utforare_id, verk.beslut.insats, ett.kod)] += 1


def _lagg_utfasning(utfall: Utfall, nummer: int, manad: Manad, variant: Variant, egen: Person, hela: Person) -> None:
    """The bonus of support that has ended. `hela`: the person with all that might have taken over."""
    if not variant.utfasning:
        return
    for verk in egen.verkstalligheter:
        if ar_utfasad(verk, hela, manad, variant.utfasning_orsaker):
            nyckel = Summanyckel(nummer, manad, verk.utforare_id, verk.beslut.insats, "", UTFASNING, "styck")
            utfall.summor[nyckel].antal += 1
            utfall.summor[nyckel].belopp += variant.utfasning


def ar_utfasad(verk: Verkstallighet, person: Person, manad: Manad, orsaker: frozenset[str]) -> bool:
    """Whether support ended in the month for one of the reasons, on a paid day, and nobody has taken over."""
    if verk.till is None or verk.slutorsak not in orsaker:
        return False
    sista = verk.till - timedelta(days=1)
    if not manad.fran <= sista < manad.till or not ar_betald(verk.beslut, person.avliden, sista):
        return False
    return not any(
        annan.id != verk.id
        and annan.beslut.insats == verk.beslut.insats
        and annan.fran >= verk.fran
        and (annan.till is None or annan.till > verk.till)
        for annan in person.verkstalligheter
    )


def _matt(
    person: Person, manad: Manad, bok: Manadsbok, utfall: Utfall, efterhand: Mapping[tuple[int, Manad], int]
) -> set[tuple[int | None, str]]:
    """Count the person's month; gives whose volumes it is among, of those who paid for it."""
    svar: set[tuple[int | None, str]] = set()
    for verk in person.verkstalligheter:
        if not betalda_strackor(person, Samling(bok.kalender, verk), bok):
            continue
        vems: list[tuple[int | None, str]] = [(verk.utforare_id, verk.beslut.insats), (None, "")]
        svar.update(vems)
        for ett in vems:
            _raknat(utfall.volymer[Volymnyckel(manad, *ett)], verk, person, manad)
        sent = efterhand.get((verk.id, manad), 0)
        for manaden in (manad, None):
            for ett in vems:
                _minuter(utfall.volymer[Volymnyckel(manaden, *ett)], verk, person, bok.kalender, sent)
    for ett in svar:
        utfall.volymer[Volymnyckel(manad, *ett)].personer += 1
    return svar


def _raknat(volym: Volym, verk: Verkstallighet, person: Person, manad: Manad) -> None:
    """Count the verkställighet if it begins or ends in the month; one that only goes on as another does neither."""
    slut = slutet(verk)
    volym.nya += manad.fran <= starten(verk) < manad.till and not ar_fortsattning(verk, person)
    slutar = slut is not None and manad.fran < slut <= manad.till
    volym.avslutade += slutar and not ar_vistelse(verk) and not ar_fortsatt(verk, person)


def _minuter(volym: Volym, verk: Verkstallighet, person: Person, kalender: Kalender, efterhand: int) -> None:
    volym.bestallda += bestallda_minuter(verk, person, kalender) or 0
    volym.utforda += sum(
        ett.utford_slut - ett.utford_start
        for ett in verk.besok
        if ett.utford_start is not None and ett.utford_slut is not None
    )
    volym.efterhand += efterhand
