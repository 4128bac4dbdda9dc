"""Workbook sheets as rows of text, in the spelling of the CSV files, with the sheet's own row numbers."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineSheet

from grund.datapaket.beskrivning import Fil
from grund.datapaket.csvlasning import Klaga, Rad
from grund.datapaket.tidtyper import Tidpunkt

_FOR_STORT = 1e15  # more digits than a number in Excel keeps
_HALV_SEKUND = timedelta(milliseconds=500)


def xlsxrader(blad: CalamineSheet, fil: Fil, klaga: Klaga) -> Iterator[Rad]:
    """(sheet row, fields) for each row that is not blank, cut or filled to the header's width."""
    rubriker: list[str] = []
    tidpunkter: set[int] = set()
    for nummer, celler in enumerate(blad.iter_rows(), start=1):
        falt = [_falt(cell, plats in tidpunkter, nummer, klaga) for plats, cell in enumerate(celler)]
        if not any(falt):
            continue
        if not rubriker:
            rubriker = _lagom(falt, 0)
            tidpunkter = {plats for plats, namn in enumerate(rubriker) if _ar_tidpunkt(fil, namn)}
        yield nummer, _lagom(falt, len(rubriker))


def _ar_tidpunkt(fil: Fil, namn: str) -> bool:
    return namn in fil.namnen and isinstance(fil.kolumn(namn).typ, Tidpunkt)


def _falt(cell: Any, tidpunkt: bool, nummer: int, klaga: Klaga) -> str:
    if isinstance(cell, float) and abs(cell) >= _FOR_STORT:
        klaga(nummer, f"{cell:.0f}", "Excel har inte kvar alla siffror i ett så stort tal. Gör cellen till text.")
    text = cellens_text(cell).replace("\0", "\N{REPLACEMENT CHARACTER}")
    if tidpunkt and isinstance(cell, date) and "T" not in text:
        return f"{text}T00:00"  # midnight, which Excel tells no different from a day
    return text


def _lagom(falt: list[str], bredd: int) -> list[str]:
    """A sheet is a rectangle: empty cells to the right of the header are nothing, others are fields too many."""
    while len(falt) > bredd and not falt[-1]:
        falt.pop()
    return falt + [""] * (bredd - len(falt))


def cellens_text(cell: Any) -> str:
    """A cell as the CSV file would have it: real dates and times, numbers without a needless `.0`, ja and nej."""
    for sort, skriv in _SORTER.items():
        if isinstance(cell, sort):
            return skriv(cell)
    return str(cell).strip()


def _tal(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() else format(cell, ".15g")


def _tidpunkt(cell: datetime) -> str:
    rund = (cell + _HALV_SEKUND).replace(microsecond=0)
    if rund.time() == time():
        return rund.date().isoformat()
    return rund.isoformat(timespec="minutes" if rund.second == 0 else "seconds")


def _klockslag(langd: timedelta) -> str:
    sekunder = round(langd.total_seconds())
    timmar, rest = divmod(sekunder, 3600)
    minuter, sekund = divmod(rest, 60)
    return f"{timmar:02}:{minuter:02}" + (f":{sekund:02}" if sekund else "")


# In this order: a bool is an int, a datetime is a date.
_SORTER: dict[type, Callable[[Any], str]] = {
    bool: lambda cell: "ja" if cell else "nej",
    float: _tal,
    datetime: _tidpunkt,
    date: date.isoformat,
    time: lambda cell: _klockslag(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)),
    timedelta: _klockslag,
}
