"""R22: when a visit that was not carried out is bomtid. Pure; the calculation and the pages ask the same function."""

from decimal import Decimal
from fractions import Fraction


def ar_bomtid(
    *,
    planerad_start: int | None,
    avbokad: int | None,
    avbokad_av: str,
    varsel_timmar: Fraction | Decimal | None,
    andel: Decimal | None,
) -> bool:
    """R22: cancelled by the brukare less than the avtal's elapsed hours before, after the start, or never.

    Moments are whole minutes of one and the same clock, such as UTC.
    """
    if varsel_timmar is None or not andel or avbokad_av != "brukare" or planerad_start is None:
        return False
    return avbokad is None or planerad_start - avbokad < varsel_timmar * 60
