"""A report as a workbook: a sheet for each table, one of the figures, and one of what they mean."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

from ersattning.filer.text import kommun
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.text import tidpunkt_i_ord
from uppfoljning.rapport.definitioner import definitioner
from uppfoljning.rapport.innehall import Nyckeltal, Rapport, Tabell, Varde

_INTE_I_NAMN = re.compile(r"[\[\]:*?/\\]")
_LANGST = 31  # of a sheet's name
_NYCKELTAL = (
    Kolumn("Nyckeltal"),
    Kolumn("Värde", Slag.SVAR),
    Kolumn("Täljare", Slag.ANTAL),
    Kolumn("Nämnare", Slag.ANTAL),
)
_DEFINITIONER = (
    Kolumn("Nyckeltal"),
    Kolumn("Räknas", Slag.STYCKE),
    Kolumn("Nämnare", Slag.STYCKE),
    Kolumn("Tid", Slag.STYCKE),
    Kolumn("Källa", Slag.STYCKE),
)


def skriv_arbetsbok(fil: BinaryIO, rapport: Rapport, *, skapad: datetime) -> None:
    """Write it. The same report and moment give the same bytes."""
    ingress = [(rapport.rubrik, ""), *rapport.urval, ("Framställd", tidpunkt_i_ord(skapad))]
    with Arbetsbok(fil, titel=rapport.rubrik, forfattare=kommun(), skapad=skapad) as bok:
        bok.blad("Nyckeltal", _NYCKELTAL, map(_nyckeltal, rapport.nyckeltal), ingress=ingress)
        for tabell, namn in zip(rapport.tabeller, _bladnamn(rapport.tabeller), strict=True):
            bok.blad(namn, tabell.kolumner, _rader(tabell), ingress=[(tabell.rubrik, "")])
        bok.blad("Definitioner", _DEFINITIONER, map(_definition, rapport.nyckeltal))


def _nyckeltal(ett: Nyckeltal) -> tuple[Any, ...]:
    taljare, namnare = ett.av or (None, None)
    return definitioner()[ett.nyckel].namn, ett.text, taljare, namnare


def _definition(ett: Nyckeltal) -> tuple[str, ...]:
    definition = definitioner()[ett.nyckel]
    return definition.namn, definition.taljare, definition.namnare, definition.tid, definition.kalla


def _rader(tabell: Tabell) -> Iterator[tuple[Any, ...]]:
    slag = [kolumn.slag for kolumn in tabell.kolumner]
    return (tuple(map(_cell, rad.celler, slag)) for rad in tabell.rader)


def _cell(varde: Varde, slag: Slag) -> Any:
    return Decimal(varde) if slag is Slag.KRONOR and isinstance(varde, int) else varde


def _bladnamn(tabeller: Iterable[Tabell]) -> Iterator[str]:
    """What Excel takes as a sheet's name, each once: headings that begin alike are told apart by a number."""
    tagna = {"nyckeltal", "definitioner"}
    for tabell in tabeller:
        hela = _INTE_I_NAMN.sub(" ", tabell.rubrik).strip(" '") or "Tabell"
        namn, nummer = hela[:_LANGST].strip(" '"), 1
        while namn.lower() in tagna:
            nummer += 1
            namn = f"{hela[: _LANGST - len(str(nummer)) - 1].rstrip()} {nummer}"
        tagna.add(namn.lower())
        yield namn
