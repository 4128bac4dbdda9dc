"""What arbetsbonus costs against the daily activity that is no longer paid for, month by month. Pure.

It is an estimate, and says what it assumes: so many paid days in a whole month, at the price that the person's last day
in daglig verksamhet had, as long as the employment lasts and the person has not come back.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from ersattning.kalkyl.bonus import Bonusperson, Regel, anstalld_till
from grund.pengar import avrunda
from grund.tid import Manad


@dataclass(frozen=True, slots=True)
class Utan:
    """A person without daglig verksamhet in `[fran, till)`; till None = still. `per_manad`: what a whole month cost."""

    fran: date
    till: date | None
    per_manad: Fraction


@dataclass(frozen=True, slots=True)
class Betalt:
    """Kronor of bonus that a month paid; negative when it is taken back."""

    manad: Manad
    belopp: Decimal


@dataclass(frozen=True, slots=True)
class Manadseffekt:
    """A month, and all months until it. `netto` > 0: less has been paid than without the bonus."""

    manad: Manad
    bonus: Decimal
    utebliven: Decimal
    personer: int
    bonus_hittills: Decimal
    utebliven_hittills: Decimal

    @property
    def netto(self) -> Decimal:
        return self.utebliven_hittills - self.bonus_hittills


def per_manad(dagspris: Decimal, dagar: int) -> Fraction:
    """What a whole month costs at a price per day: 679 kr × 21 days = 14 259 kr."""
    return Fraction(dagspris) * dagar


def utan_daglig_verksamhet(person: Bonusperson, regel: Regel, start: date) -> tuple[date, date | None] | None:
    """The first days from `start` without daglig verksamhet, while the employment lasts; None: there are none."""
    fran, sista = start, anstalld_till(person.anstallningar, regel, start)
    till: date | None = None if sista == date.max else sista
    for ett in sorted(person.verksamheter, key=lambda v: v.fran):
        if ett.fran <= fran:
            fran = max(fran, date.max if ett.till is None else ett.till)
        else:
            till = min(till or date.max, ett.fran)
            break
    return None if fran == date.max or (till is not None and till <= fran) else (fran, till)


def effekt(betalt: Iterable[Betalt], utan: Sequence[Utan], till_och_med: Manad) -> list[Manadseffekt]:
    """Every month from the first that either concerns, to `till_och_med`. A part of a month counts by its days."""
    bonus: defaultdict[Manad, Decimal] = defaultdict(Decimal)
    for ett in betalt:
        bonus[ett.manad] += ett.belopp
    forsta = min([*bonus, *(Manad.av(ett.fran) for ett in utan)], default=None)
    if forsta is None:
        return []
    svar, hittills, uteblivet = [], Decimal("0.00"), Decimal("0.00")
    for manad in forsta.till_och_med(till_och_med):
        andelar = [(ett, andel) for ett in utan if (andel := _andel(ett, manad))]
        utebliven = sum((avrunda(ett.per_manad * andel) for ett, andel in andelar), Decimal("0.00"))
        hittills, uteblivet = hittills + bonus[manad], uteblivet + utebliven
        svar.append(Manadseffekt(manad, bonus[manad], utebliven, len(andelar), hittills, uteblivet))
    return svar


def _andel(ett: Utan, manad: Manad) -> Fraction:
    """How much of the month."""
    fran, till = max(ett.fran, manad.fran), min(ett.till or manad.till, manad.till)
    return Fraction(max(till - fran, timedelta(0)).days, manad.dagar)
