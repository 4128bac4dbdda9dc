"""What a month to come may cost: the ordered volume, as the person has used it lately, at the month's own prices.

An estimate for someone who is to decide, never pay. Days, avtal and levels are R1–R3 as for any month
(`betalda_strackor`), prices R4 of that month. Only the volume is guessed, and only where attendance decides it:
`dygn`, `narvaro` and `utford_tid` use the pattern of months that have been; `manad` and `bestalld_tid` pay what is
ordered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ersattning.kalkyl.bestalld_tid import minuter_per_dag
from ersattning.kalkyl.bocker import Prisbok, Prisdagar
from ersattning.kalkyl.dagar import Kalender, nummer
from ersattning.kalkyl.person import MODELLER, betalda_strackor, rakna_person
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.kalkyl.typer import ETT, Person, Pris, Verkstallighet

EFTER_NARVARO = {"dygn": "dygn", "narvaro": "dag", "utford_tid": "timme"}  # modell → what it pays for
_HUVUDARTIKEL = {"dygn": "dygn", "narvaro": "narvaro", "utford_tid": "utford_tid"}
_ARTIKLAR = {"dygn", "narvaro", "franvaro", "utford_tid", "bomtid"}
_VARDAGAR = 5  # Monday to Friday, where no number of days a week is ordered


class Slag(NamedTuple):
    """A kind of volume. `omfattning` None = the ordered one."""

    artikel: str
    omfattning: str | None
    tidsband: str
    faktor: Decimal


@dataclass(slots=True)
class Monster:
    """How a person uses an insats under a modell: what was paid for of each kind, and what was ordered."""

    bestallt: Fraction = Fraction(0)
    mangd: dict[Slag, Fraction] = field(default_factory=dict)

    @property
    def andel(self) -> Fraction | None:
        """The share of what was ordered that was paid for; None when nothing has been ordered in the period."""
        if not self.bestallt:
            return None
        return sum((antal * Fraction(slag.faktor) for slag, antal in self.mangd.items()), Fraction(0)) / self.bestallt

    def per_bestalld(self, modell: str) -> dict[Slag, Fraction]:
        """Volume for each ordered unit. Nothing to go by: all that is ordered."""
        if not self.bestallt:
            return {Slag(_HUVUDARTIKEL[modell], None, "", ETT): Fraction(1)}
        return {slag: antal / self.bestallt for slag, antal in self.mangd.items()}


@dataclass(frozen=True, slots=True)
class Post:
    """An amount of the estimate. `kronor` None: there is no price for it."""

    enhet: str
    antal: Fraction
    kronor: Fraction | None


class AllaPriser(Prisbok):
    """One krona for whatever it is: volumes must not hang on there being a price."""

    def __init__(self, kalender: Kalender) -> None:
        super().__init__([], kalender)
        pris = Pris(0, "", "", "", Decimal(1), date.min, None)
        self._alla = Prisdagar(((kalender.alla, pris),), 0, 0)

    def dagar(self, *_: str | int, **__: str | int) -> Prisdagar:
        return self._alla


def utan_priser(bok: Manadsbok) -> Manadsbok:
    """The month's book with a price for everything."""
    return Manadsbok(bok.kalender, bok.avtal, AllaPriser(bok.kalender), bok.band)


def monster(insats: str, manader: Iterable[tuple[Person, Manadsbok]]) -> dict[str, Monster]:
    """The pattern of the person's months for the insats, by modell."""
    svar: dict[str, Monster] = {}
    for person, bok in manader:
        egen = _bara(person, insats)
        for verk in egen.verkstalligheter:
            for stracka in betalda_strackor(egen, Samling(bok.kalender, verk), bok):
                if stracka.avtal.modell in EFTER_NARVARO:
                    monstret = svar.setdefault(stracka.avtal.modell, Monster())
                    monstret.bestallt += bestallt(verk, stracka, stracka.dagar, bok.kalender)
        _lagg_mangder(svar, egen, bok)
    return svar


def _lagg_mangder(svar: dict[str, Monster], person: Person, bok: Manadsbok) -> None:
    """What the months paid for, kind by kind."""
    for rad in rakna_person(person, utan_priser(bok)).rader:
        modell = next((modell for modell, enhet in EFTER_NARVARO.items() if enhet == rad.enhet), None)
        if rad.artikel not in _ARTIKLAR or modell is None:
            continue
        omfattning = None if rad.omfattning == rad.verkstallighet.omfattning else rad.omfattning
        slag = Slag(rad.artikel, omfattning, rad.tidsband, rad.faktor)
        mangd = svar.setdefault(modell, Monster()).mangd
        mangd[slag] = mangd.get(slag, Fraction(0)) + rad.antal


def bestallt(verk: Verkstallighet, stracka: Stracka, dagar: int, kalender: Kalender) -> Fraction:
    """What is ordered of the days (a mask), in the unit that the modell pays for."""
    modell = stracka.avtal.modell
    if modell == "dygn":
        return Fraction(dagar.bit_count())
    if modell == "utford_tid":
        minuter = minuter_per_dag(verk, kalender.antal)
        return Fraction(dagar.bit_count()) if minuter is None else minuter * dagar.bit_count() / 60
    per_vecka = dagar_per_vecka(verk)
    if per_vecka is not None:
        return per_vecka * dagar.bit_count() / 7
    return Fraction(sum(1 for dag in nummer(dagar) if kalender.dag(dag).isoweekday() <= _VARDAGAR))


def dagar_per_vecka(verk: Verkstallighet) -> Fraction | None:
    """Days a week as ordered, by the verkställighet, else by the decision; None when they are not ordered so."""
    for antal, enhet in (
        (verk.bestallt_antal, verk.bestallt_enhet),
        (verk.beslut.omfattning, verk.beslut.omfattning_enhet),
    ):
        if antal is not None and enhet == "dagar_vecka":
            return antal
    return None


def uppskatta(person: Person, insats: str, bok: Manadsbok, monstren: dict[str, Monster]) -> list[Post]:
    """What the month of the insats comes to if it is used as the pattern says."""
    egen = _bara(person, insats)
    svar: list[Post] = []
    for verk in egen.verkstalligheter:
        samling = Samling(bok.kalender, verk)
        for stracka in betalda_strackor(egen, samling, bok):
            modell = stracka.avtal.modell
            if modell in EFTER_NARVARO:
                per_bestalld = monstren.get(modell, Monster()).per_bestalld(modell)
                svar += _efter_narvaro(verk, stracka, bok, per_bestalld)
            else:
                svar += _efter_bestallning(verk, stracka, bok)
    return svar


def _efter_narvaro(
    verk: Verkstallighet, stracka: Stracka, bok: Manadsbok, per_bestalld: dict[Slag, Fraction]
) -> Iterator[Post]:
    avtal, modell = stracka.avtal, stracka.avtal.modell
    enhet = EFTER_NARVARO[modell]
    for slag, per in per_bestalld.items():
        omfattning = verk.omfattning if slag.omfattning is None else slag.omfattning
        if modell == "utford_tid":
            omfattning = ""
        priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, enhet, stracka.niva, omfattning, slag.tidsband)
        for mask, pris in priser.priser:
            if antal := bestallt(verk, stracka, stracka.dagar & mask, bok.kalender) * per:
                yield Post(enhet, antal, antal * Fraction(pris.belopp) * Fraction(slag.faktor))
        utan = stracka.dagar & (priser.niva_saknas | priser.pris_saknas)
        if antal := bestallt(verk, stracka, utan, bok.kalender) * per:
            yield Post(enhet, antal, None)


def _efter_bestallning(verk: Verkstallighet, stracka: Stracka, bok: Manadsbok) -> Iterator[Post]:
    """What does not hang on attendance is calculated as any month is."""
    samling = Samling(bok.kalender, verk)
    MODELLER[stracka.avtal.modell]([stracka], bok, samling)
    for rad in samling.rader():
        yield Post(rad.enhet, rad.antal, Fraction(rad.belopp))
    for avvikelse in samling.avvikelser():
        if avvikelse.kod in {"niva_saknas", "pris_saknas"}:
            yield Post("dag", Fraction((avvikelse.sista - avvikelse.fran).days + 1), None)


def _bara(person: Person, insats: str) -> Person:
    """The person with the verkställigheter of the insats only."""
    egna = tuple(verk for verk in person.verkstalligheter if verk.beslut.insats == insats)
    return Person(person.id, person.avliden, egna, person.nivaer)


def per_enhet(poster: Iterable[Post]) -> dict[str, Fraction]:
    """The volume by unit."""
    svar: dict[str, Fraction] = defaultdict(Fraction)
    for post in poster:
        svar[post.enhet] += post.antal
    return dict(svar)
