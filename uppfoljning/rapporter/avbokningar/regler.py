"""What the report counts, as frozen facts and pure rules: visits that were not made, and the time that they took.

Minutes of visits are elapsed time. Moments are UTC minutes, so the hours before a visit are real hours also when the
clocks are changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from utforare.regler import AvbokadAv

TIMME = 60
MINST_PLANERADE = 4  # visits planned in the period before anything is said of how a person takes them up
# Hours before the planned start, and the class that ends there.
VARSELKLASSER = (
    (2, "mindre än 2 timmar före"),
    (24, "2 till 24 timmar före"),
    (48, "24 till 48 timmar före"),
    (168, "2 till 7 dygn före"),
)
ALDRIG, EFTER, TIDIGT = "aldrig avbokat", "efter att besöket skulle ha börjat", "7 dygn före eller tidigare"
VARSEL_I_ORD = (ALDRIG, EFTER, *(namn for _, namn in VARSELKLASSER), TIDIGT)
# How many different persons somebody has met, and the class that ends there.
PERSONALKLASSER = ((1, "1"), (2, "2"), (3, "3"), (5, "4–5"))
OKAND, MANGA = "Inte registrerat", "6 eller fler"
FA = 3  # persons of staff, and no more, is few


class Bomslag(StrEnum):
    """What becomes of a visit that is bomtid."""

    BETALS = "betalas som bomtid"
    INGAR = "ingår i beställd tid"
    OBETALD = "betalas inte"
    AVTAL_SAKNAS = "avtal saknas"


class Avbokning(NamedTuple):
    """A planned visit that was not made. `avbokad` None = nobody told. `besok`: its primary key."""

    besok: int
    verk: int
    person: int
    utforare: int
    planerad_start: int
    planerad_slut: int
    avbokad: int | None
    avbokad_av: str
    orsak: str

    @property
    def minuter(self) -> int:
        return self.planerad_slut - self.planerad_start

    @property
    def av_brukaren(self) -> bool:
        return self.avbokad_av == AvbokadAv.BRUKARE

    @property
    def varsel(self) -> str:
        """The class of how long before it was told."""
        if self.avbokad is None:
            return ALDRIG
        fore = self.planerad_start - self.avbokad
        if fore < 0:
            return EFTER
        return next((namn for timmar, namn in VARSELKLASSER if fore < timmar * TIMME), TIDIGT)


@dataclass(frozen=True, slots=True)
class Bomtid:
    """A visit that is bomtid. `kronor`: what its planned time costs at the hourly price (times the avtal's share, where
    the avtal pays bomtid), before any cap; `utan_pris`: minutes that no price fits. `fast`: its month is settled.
    """

    avbokning: Avbokning
    slag: Bomslag
    kronor: Fraction
    utan_pris: int
    fast: bool

    @property
    def person(self) -> int:
        return self.avbokning.person


@dataclass(frozen=True, slots=True)
class Verk:
    """A verkställighet of boendestöd in the period, and what its visits came to.

    `bestallt`: ordered minutes over the days that the beslut covers, None = nothing ordered in hours. `pagar`: it goes
    on when the period ends, and `hela`: it did when the period began. `sist`: the last visit made in the period.
    """

    id: int
    beslut: int
    nyckel: str
    person: int
    utforare: int
    utforarnamn: str
    pagar: bool
    hela: bool
    uppehall: bool
    bestallt: Fraction | None
    planerade: int
    utforda: int
    efterhand: int
    utforda_minuter: int
    sist: date | None
    besok: int


@dataclass(frozen=True, slots=True)
class Upptag:
    """How a person takes up the support: all the person's visits in the period, by every utförare."""

    person: int
    verk: tuple[Verk, ...]
    avbokningar: tuple[Avbokning, ...]
    bomtid: tuple[Bomtid, ...]
    personal: int
    oftast: int
    kanda: int

    @property
    def senaste(self) -> Verk:
        return self.verk[-1]

    @property
    def planerade(self) -> int:
        return sum(ett.planerade for ett in self.verk)

    @property
    def utforda_planerade(self) -> int:
        return self.planerade - len(self.avbokningar)

    @property
    def av_brukaren(self) -> int:
        return sum(ett.av_brukaren for ett in self.avbokningar)

    @property
    def av_utforaren(self) -> int:
        return len(self.avbokningar) - self.av_brukaren

    @property
    def andel(self) -> Fraction:
        """Of the planned visits those that the person cancelled or was not there for."""
        return Fraction(self.av_brukaren, self.planerade) if self.planerade else Fraction(0)

    @property
    def inga_besok(self) -> bool:
        """Somebody was to carry it out for the whole period, and not one visit is registered."""
        return any(ett.pagar and ett.hela for ett in self.verk) and not sum(ett.besok for ett in self.verk)

    def tar_inte_emot(self, grans: int) -> bool:
        """Whether the person is for the list to the handlingsplan. `grans`: from what share, in percent."""
        if not any(ett.pagar for ett in self.verk):
            return False
        manga = self.planerade >= MINST_PLANERADE and self.andel * 100 >= grans
        return manga or self.inga_besok

    @property
    def klass(self) -> str:
        """How many different persons have made visits."""
        if not self.personal:
            return OKAND
        return next((namn for grans, namn in PERSONALKLASSER if self.personal <= grans), MANGA)


def andel(delar: Fraction | int, av: Fraction | int | None) -> Decimal | None:
    """A share; None = there is nothing to divide by."""
    if not av:
        return None
    kvot = Fraction(delar) / Fraction(av)
    return Decimal(kvot.numerator) / Decimal(kvot.denominator)


def bestallda_minuter(antal: Fraction | None, enhet: str, dagar: Iterable[tuple[int, int]]) -> Fraction | None:
    """R23 over some months: `dagar` as (days that count, days of the month). None = nothing ordered in hours."""
    if antal is None or enhet not in ("timmar_vecka", "timmar_manad"):
        return None
    return sum((antal * TIMME * n / (7 if enhet == "timmar_vecka" else av) for n, av in dagar), Fraction(0))


def summa(tal: Sequence[Fraction | None]) -> Fraction | None:
    """The sum of those that are known; None = none is."""
    kanda = [ett for ett in tal if ett is not None]
    return sum(kanda, Fraction(0)) if kanda else None
