"""R1: which days of a verkställighet are paid at all."""

from datetime import date, timedelta

from ersattning.kalkyl.dagar import Kalender
from ersattning.kalkyl.typer import Beslut, Verkstallighet


def beslutade_dagar(beslut: Beslut, kalender: Kalender) -> int:
    """The days of the month that a decision with bifall covers (a mask)."""
    if not beslut.bifall or beslut.fran is None:
        return 0
    return kalender.mask(beslut.fran, beslut.till)


def dagar_i_livet(avliden: date | None, kalender: Kalender) -> int:
    """The days of the month up to and including `avliden` (a mask)."""
    return kalender.alla if avliden is None else kalender.mask(date.min, avliden + timedelta(days=1))


def dagar_i_verkstalligheten(verkstallighet: Verkstallighet, kalender: Kalender) -> int:
    """The days of the month that lie in the verkställighet (a mask)."""
    return kalender.mask(verkstallighet.fran, verkstallighet.till)


def ar_betald(beslut: Beslut, avliden: date | None, dag: date) -> bool:
    """R1 on one day, also outside the month."""
    if not beslut.bifall or beslut.fran is None or dag < beslut.fran:
        return False
    return (beslut.till is None or dag < beslut.till) and (avliden is None or dag <= avliden)
