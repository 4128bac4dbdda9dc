"""What if: other terms, prices, levels or hours than those that are, laid on the very rows that the core takes in.

A variant decides nothing about pay. It changes what goes in, and the same core then runs; so a rule is written once,
and "as it is" is the variant that changes nothing. Contracts in scope get price lists of their own (a number that no
real list has), so that another utförare with the same list keeps its prices.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ersattning.kalkyl.antagande import Planerat
from ersattning.kalkyl.typer import Avtal, Nivabedomning, Person, Pris
from ersattning.kalkyl.villkor import Priscell, Villkor
from grund.pengar import avrunda

_HUNDRA = Decimal(100)


@dataclass(frozen=True, slots=True)
class Omfang:
    """What a simulation is about. Empty insats or utförare = all."""

    insats: str = ""
    utforare: frozenset[int] = frozenset()

    def galler(self, utforare_id: int, insats: str) -> bool:
        """Whether it is about this."""
        return self.insats in {"", insats} and (not self.utforare or utforare_id in self.utforare)


@dataclass(frozen=True, slots=True)
class Prisbyte:
    """One price for an enhet instead of the cells that there are; with `niva`, only instead of that level's."""

    enhet: str
    niva: str
    belopp: Decimal


@dataclass(frozen=True, slots=True)
class Variant:
    """What is changed. Everything left out is as it is.

    `villkor`: terms of the avtal by the name that typer.Avtal has for them; None turns the rule off. `prisdag`: the
    prices of that day hold all the time, such as those of a price list that is only planned. `nivaer`: each level with
    what it becomes. `antagen_utford` and `antagen_bomtid` are shares of the ordered hours, instead of the visits
    that are registered (kalkyl.antagen_tid). `utfasning`: kronor for support that has ended for one of the reasons.
    `planerat`: nothing is registered yet; all is used as planned (kalkyl.planerat).
    """

    villkor: Mapping[str, Any] = field(default_factory=dict)
    prislista_id: int | None = None
    prisdag: date | None = None
    upprakning: Decimal = Decimal(0)
    prisbyten: tuple[Prisbyte, ...] = ()
    nivaer: Mapping[str, str] = field(default_factory=dict)
    antagen_utford: Fraction | None = None
    antagen_bomtid: Fraction | None = None
    utfasning: Decimal | None = None
    utfasning_orsaker: frozenset[str] = frozenset()
    aven_individavtal: bool = False
    planerat: Planerat | None = None

    def med_villkor(self, villkor: Villkor, omfang: Omfang) -> Villkor:
        """The terms with the variant's changes."""
        berorda = {ett.id for ett in villkor.avtal if self._beror(ett, omfang)}
        listor = {self._lista(ett) for ett in villkor.avtal if ett.id in berorda}
        avtal = tuple(self._avtal(ett) if ett.id in berorda else ett for ett in villkor.avtal)
        egna = [cell for cell in villkor.priser if cell[0] in listor]
        band = tuple((_egen(lista), rad) for lista, rad in villkor.band if lista in listor)
        return Villkor(avtal, (*villkor.priser, *self._priser(egna, listor, omfang)), (*villkor.band, *band))

    def _beror(self, avtal: Avtal, omfang: Omfang) -> bool:
        galler = omfang.galler(avtal.utforare_id, avtal.insats)
        return galler and (avtal.person_id is None or self.aven_individavtal)

    def _lista(self, avtal: Avtal) -> int:
        return avtal.prislista_id if self.prislista_id is None else self.prislista_id

    def _avtal(self, avtal: Avtal) -> Avtal:
        return replace(avtal, prislista_id=_egen(self._lista(avtal)), **self.villkor)

    def _priser(self, celler: Iterable[Priscell], listor: set[int], omfang: Omfang) -> Iterator[Priscell]:
        """The cells of the scope's own lists: the day's, with uppräkning, and one price where one is set."""
        insatser = set()
        for lista, insats, enhet, pris in celler:
            insatser.add(insats)
            if not self._bytt(insats, enhet, pris.niva, omfang) and (nytt := self._pris(pris)):
                yield _egen(lista), insats, enhet, nytt
        for insats in {omfang.insats} if omfang.insats else insatser:
            for lista in listor:
                yield from ((_egen(lista), insats, byte.enhet, _satt(byte)) for byte in self.prisbyten)

    def _bytt(self, insats: str, enhet: str, niva: str, omfang: Omfang) -> bool:
        """Whether another price stands in the cell's place."""
        return omfang.insats in {"", insats} and any(
            byte.enhet == enhet and byte.niva in {"", niva} for byte in self.prisbyten
        )

    def _pris(self, pris: Pris) -> Pris | None:
        if self.prisdag:
            if not (pris.fran <= self.prisdag and (pris.till is None or self.prisdag < pris.till)):
                return None
            pris = replace(pris, fran=date.min, till=None)
        if not self.upprakning:
            return pris
        return replace(pris, belopp=avrunda(Fraction(pris.belopp) * Fraction((_HUNDRA + self.upprakning) / _HUNDRA)))

    def med_nivaer(self, person: Person, omfang: Omfang) -> Person:
        """The person with the levels changed, in the insatser that the simulation is about."""
        if not self.nivaer:
            return person
        nivaer = {
            insats: tuple(map(self._niva, alla)) if omfang.insats in {"", insats} else alla
            for insats, alla in person.nivaer.items()
        }
        return replace(person, nivaer=nivaer)

    def _niva(self, bedomning: Nivabedomning) -> Nivabedomning:
        return replace(bedomning, niva=self.nivaer.get(bedomning.niva, bedomning.niva))


def _egen(lista: int) -> int:
    """The scope's own copy of a price list: a number below zero, which no list has."""
    return -lista


def _satt(byte: Prisbyte) -> Pris:
    return Pris(0, byte.niva, "", "", byte.belopp, date.min, None)


SOM_DET_AR = Variant()
