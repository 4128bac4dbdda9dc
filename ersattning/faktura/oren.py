"""Rounding to whole kronor, 1–49 öre down and 50–99 up (lag 1970:1029): what an invoice may do beside the underlag."""

from decimal import Decimal
from fractions import Fraction

from grund.pengar import avrunda

_STORST = Decimal("0.50")


def hela_kronor(belopp: Decimal) -> Decimal:
    """The amount in whole kronor."""
    return avrunda(Fraction(belopp), 0)


def ar_oresutjamning(oren: Decimal, att_betala: Decimal) -> bool:
    """Whether `oren` is just what makes the invoice's total, of which it is a part, whole kronor."""
    return bool(oren) and abs(oren) <= _STORST and att_betala == hela_kronor(att_betala - oren)


def ar_oresrad(benamning: str, referens: str) -> bool:
    """Whether a line calls itself rounding, and is about nobody."""
    ord_ = benamning.casefold()
    return not referens and ("öre" in ord_ or "avrundning" in ord_)
