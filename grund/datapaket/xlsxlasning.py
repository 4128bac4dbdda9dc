"""Workbook sheets as rows of text, in the spelling of the CSV files, with the sheet's own row numbers."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

from grund.datapaket.csvlasning import Klaga, Rad

_HALV_SEKUND = timedelta(milliseconds=500)
_FELVARDEN = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


def xlsxrader(blad: CalamineSheet, klaga: Klaga) -> Iterator[Rad]:
    """(sheet row, fields) for each row that is not blank, cut or filled to the header's width."""
    bredd = 0
    forsta = (blad.start or (0, 0))[0] + 1
    indrag = [""] * (blad.start or (0, 0))[1]
    for nummer, celler in enumerate(blad.iter_rows(), start=forsta):
        falt = [*indrag, *(_falt(cell, nummer, klaga) for cell in celler)]
        if not bredd:
            bredd = max((n for n, text in enumerate(falt, 1) if text), default=0)
        if any(falt):
            yield nummer, _lagom(falt, bredd)


def _lagom(falt: list[str], bredd: int) -> list[str]:
    """A sheet is a rectangle: empty cells to the right of the header are nothing, others are fields too many."""
    while len(falt) > bredd and not falt[-1]:
        falt.pop()
    return falt + [""] * (bredd - len(falt))


def _falt(cell: Any, nummer: int, klaga: Klaga) -> str:
    text = cellens_text(cell)
    if text in _FELVARDEN:
        klaga(nummer, text, "Cellen visar ett formelfel. Rätta formeln eller skriv värdet.")
        return ""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def cellens_text(cell: Any) -> str:
    """A cell as the CSV file would have it: real dates and times, numbers without a needless `.0`, ja and nej."""
    match cell:
        case bool():
            return "ja" if cell else "nej"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
        case datetime():
            return _tidpunkt(cell)
        case date():
            return cell.isoformat()
        case time():
            return _klockslag(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second))
        case timedelta():
            return _klockslag(cell)
    return str(cell).strip()


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


def oppna_arbetsbok(sokvag: Path) -> CalamineWorkbook:
    return CalamineWorkbook.from_path(str(sokvag))
