"""Money: Decimal kronor, exact fractions until a row is finished, and one rounding (R0)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from grund.text import HART, tal

T = TypeVar("T", int, Decimal)


def avrunda(varde: Fraction, decimaler: int = 2) -> Decimal:
    """`varde` to `decimaler` decimals, half up and away from zero for negative values (R0). Never minus zero."""
    return avrunda_kvot(varde.numerator, varde.denominator, decimaler)


def avrunda_kvot(taljare: int, namnare: int, decimaler: int = 2) -> Decimal:
    """The same for `taljare / namnare`, `namnare` > 0. The one rounding that there is."""
    taljare *= 10**decimaler
    belopp = (2 * abs(taljare) + namnare) // (2 * namnare)
    return Decimal(belopp if taljare >= 0 else -belopp).scaleb(-decimaler)


def fast(varde: Decimal | Fraction, decimaler: int) -> str:
    """`varde` as text with exactly `decimaler` decimals and a decimal point, as files print it."""
    return f"{avrunda(Fraction(varde), decimaler):.{decimaler}f}"


def kronor(belopp: Decimal, decimaler: int = 2) -> str:
    """`belopp` as people read it: `1 888,50 kr` with no-break spaces, a true minus and a decimal comma."""
    return f"{tal(belopp, decimaler)}{HART}kr"


def med_resten(hela: Sequence[T], rester: Sequence[Any], saknas: int) -> list[T]:
    """Parts that were rounded down, with one more for the `saknas` of them that lost most by it (`rester`: what each
    lost, in any unit); the first of equals. By largest remainder parts add up to what was divided."""
    mest = frozenset(sorted(range(len(hela)), key=lambda plats: -rester[plats])[:saknas])
    return [ett + (plats in mest) for plats, ett in enumerate(hela)]
