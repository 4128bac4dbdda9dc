"""Days, minutes and amounts in running text. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from beslut.ord import mangd_i_ord
from ersattning.filer.ord import niva_i_ord
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Radenhet
from grund.pengar import avrunda, kronor
from grund.text import HART, TANKSTRECK, antal_ord, dagar_i_ord, datum_i_ord, manad_i_ord, och, tal
from grund.tid import EN_DAG, STOCKHOLM, Manad

_ENHETER = {
    Radenhet.DYGN: ("dygn", "dygn"),
    Radenhet.DAG: ("dag", "dagar"),
    Radenhet.TIMME: ("timme", "timmar"),
    Radenhet.MANAD: ("månad", "månader"),
    Radenhet.STYCK: ("betalning", "betalningar"),
}


def dagar_i_rad(dagar: Iterable[date]) -> str:
    """Days as runs: `1–6, 30 och 31 maj`. Of several months, each with its own name."""
    per_manad = groupby(sorted(dagar), key=Manad.av)
    return och([f"{och(_sviter(list(egna)))}{HART}{_manadsnamn(manad)}" for manad, egna in per_manad])


def _manadsnamn(manad: Manad) -> str:
    return manad_i_ord(manad).split()[0]


def _sviter(dagar: list[date]) -> list[str]:
    svar: list[str] = []
    for _, grupp in groupby(enumerate(dagar), key=lambda par: par[1].toordinal() - par[0]):
        svit = [dag for _, dag in grupp]
        if len(svit) > 2:
            svar.append(f"{svit[0].day}{TANKSTRECK}{svit[-1].day}")
        else:
            svar += [str(dag.day) for dag in svit]
    return svar


def enhet_i_ord(enhet: str, antal: Fraction | Decimal | int = 2) -> str:
    """The unit in the number that `antal` asks for."""
    en, flera = _ENHETER[Radenhet(enhet)]
    return en if abs(antal) == 1 else flera


def decimaltal(varde: Fraction | Decimal | int, decimaler: int = 4) -> str:
    """A number with at most `decimaler` decimals, rounded half up."""
    return tal(avrunda(Fraction(varde), decimaler), decimaler, minst=0)


def antal_i_ord(antal: Fraction | Decimal | int, enhet: str) -> str:
    """`9 dygn`, `8,85 timmar`."""
    return antal_ord(avrunda(Fraction(antal), 4), *_ENHETER[Radenhet(enhet)], 4)


def minuter_i_ord(minuter: Fraction | int) -> str:
    """`531 minuter`, `42,8571 minuter`."""
    return antal_ord(avrunda(Fraction(minuter), 4), "minut", "minuter", 4)


def langd_i_ord(minuter: int) -> str:
    """`17 timmar och 30 minuter`."""
    timmar, rest = divmod(minuter, 60)
    delar = [antal_ord(timmar, "timme", "timmar")] if timmar else []
    return och([*delar, minuter_i_ord(rest)] if rest or not timmar else delar)


def klockslag(tidpunkt: datetime) -> str:
    """`18.40`, Swedish time."""
    return tidpunkt.astimezone(STOCKHOLM).strftime("%H.%M")


def nar(tidpunkt: datetime) -> str:
    """`14 maj kl. 18.40`, Swedish time."""
    lokal = tidpunkt.astimezone(STOCKHOLM)
    return f"{dagar_i_ord(lokal.date(), lokal.date())} kl.{HART}{klockslag(tidpunkt)}"


def tider(start: datetime, slut: datetime) -> str:
    """`18.40–20.05`; with the days where they differ."""
    lokal_start, lokal_slut = start.astimezone(STOCKHOLM), slut.astimezone(STOCKHOLM)
    if lokal_start.date() == lokal_slut.date():
        return f"{klockslag(start)}{TANKSTRECK}{klockslag(slut)}"
    return f"{klockslag(start)}{TANKSTRECK}{nar(slut)}"


def nar_till(start: datetime, slut: datetime) -> str:
    """`14 maj kl. 18.40–20.05`."""
    dag = start.astimezone(STOCKHOLM).date()
    return f"{dagar_i_ord(dag, dag)} kl.{HART}{tider(start, slut)}"


def galler(fran: date | None, till: date | None) -> str:
    """`1 januari 2025–31 mars 2026` or `från 1 januari 2025`; `till` is exclusive."""
    if fran is None:
        return ""
    if till is None:
        return f"från {datum_i_ord(fran)}"
    sista = till - EN_DAG
    if fran.year == sista.year:
        return f"{dagar_i_ord(fran, sista)} {sista.year}"
    return f"{datum_i_ord(fran)}{TANKSTRECK}{datum_i_ord(sista)}"


def pris_i_ord(belopp: Decimal, enhet: str) -> str:
    """`1 962,00 kr per dygn`."""
    return f"{kronor(belopp)} per {enhet_i_ord(enhet, 1)}"


def cell_i_ord(niva: str, omfattning: str, tidsband: str) -> str:
    """`nivå 3, heltid, kväll`: what of the day's values a price or a row names."""
    return ", ".join(filter(None, [niva and niva_i_ord(niva), omfattning, tidsband_i_ord(tidsband)]))


def bestallt_i_ord(antal: Fraction | Decimal, enhet: str) -> str:
    """`5 timmar per vecka`."""
    return mangd_i_ord(avrunda(Fraction(antal), 4), enhet)


def narmaste(steg: int) -> str:
    """What visits are rounded to: `närmaste 15 minuter`, `närmaste minut`."""
    return "närmaste minut" if steg == 1 else f"närmaste {minuter_i_ord(steg)}"
