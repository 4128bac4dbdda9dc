"""Kvalitetspeng on trial: a pot spread over enheter by what brukare have answered in a survey. Pure.

An enhet with too few answers gets nothing: one cannot tell a result of so few from chance, nor show it without telling
who said what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from grund.pengar import med_resten

MINST_SVAR = 5


class Vikt(StrEnum):
    """What an enhet's share is in proportion to."""

    INDEX = "index"
    INDEX_SVAR = "index_svar"


@dataclass(frozen=True, slots=True)
class Resultat:
    """An enhet's survey: how many answered, and the index that they gave, at least 0."""

    enhet: str
    svar: int
    index: Decimal


@dataclass(frozen=True, slots=True)
class Andel:
    """What an enhet gets. `andel`: of the pot, exact. `for_fa_svar`: it is shut out."""

    resultat: Resultat
    andel: Fraction
    belopp: Decimal
    for_fa_svar: bool


def fordela(
    pott: Decimal, enheter: Sequence[Resultat], vikt: Vikt = Vikt.INDEX, minst_svar: int = MINST_SVAR
) -> list[Andel]:
    """Each enhet's part, in the order given. The parts sum to the pot to the öre, unless nobody may have any.

    By largest remainder: every part is rounded down to öre, and the öre that are left go to those who lost most by it;
    of equals to the one that comes first.
    """
    vikter = [_vikt(ett, vikt) if ett.svar >= minst_svar else Fraction(0) for ett in enheter]
    summa = sum(vikter, Fraction(0))
    andelar = [ett / summa if summa else Fraction(0) for ett in vikter]
    oren = _hela_oren(int(pott * 100), andelar)
    return [
        Andel(ett, andel, Decimal(ore).scaleb(-2), for_fa_svar=ett.svar < minst_svar)
        for ett, andel, ore in zip(enheter, andelar, oren, strict=True)
    ]


def _vikt(ett: Resultat, vikt: Vikt) -> Fraction:
    return Fraction(ett.index) * (ett.svar if vikt == Vikt.INDEX_SVAR else 1)


def _hela_oren(pott: int, andelar: Sequence[Fraction]) -> list[int]:
    exakt = [pott * andel for andel in andelar]
    oren = [int(ett) for ett in exakt]
    kvar = pott - sum(oren) if any(andelar) else 0
    return med_resten(oren, [ett - hela for ett, hela in zip(exakt, oren, strict=True)], kvar)
