"""The report as a workbook. Persons by initials and year of birth, as on the page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from beslut.ord import insats_i_ord, niva_i_ord
from ersattning.filer.text import kommun
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.text import datum_i_ord
from uppfoljning.nivaandringar.ord import ANTAGANDEN
from uppfoljning.nivaandringar.rapport import Andringsrad, Rapport, Summa

_ANDRINGAR = (
    Kolumn("Nivåbedömning"),
    Kolumn("Person"),
    Kolumn("Insats"),
    Kolumn("Gäller från", Slag.DATUM),
    Kolumn("Nivå före"),
    Kolumn("Nivå efter"),
    Kolumn("Enhet"),
    Kolumn("Utförare"),
    Kolumn("Godkänd", Slag.DATUM),
    Kolumn("Godkänd av"),
    Kolumn("Bedömd på", Slag.STYCKE),
    Kolumn("Helår, kr", Slag.KRONOR, summera=True),
    Kolumn("I perioden, kr", Slag.KRONOR, summera=True),
    Kolumn("Betalt hittills, kr", Slag.KRONOR, summera=True),
    Kolumn("Pris saknas"),
)
_SUMMOR = (
    Kolumn("Ändringar", Slag.HELTAL, summera=True),
    Kolumn("Dyrare", Slag.HELTAL, summera=True),
    Kolumn("Billigare", Slag.HELTAL, summera=True),
    Kolumn("Helår, kr", Slag.KRONOR, summera=True),
    Kolumn("I perioden, kr", Slag.KRONOR, summera=True),
    Kolumn("Betalt hittills, kr", Slag.KRONOR, summera=True),
)
_MANADER = (
    Kolumn("Månad", Slag.MANAD),
    Kolumn("Dyrare nivåer, kr", Slag.KRONOR, summera=True),
    Kolumn("Billigare nivåer, kr", Slag.KRONOR, summera=True),
    Kolumn("Netto, kr", Slag.KRONOR, summera=True),
    Kolumn("Hopräknat, kr", Slag.KRONOR),
)
_JAMFORELSER = (
    Kolumn("Månad", Slag.MANAD),
    Kolumn("Nivå, kr", Slag.KRONOR, summera=True),
    Kolumn("Pris, kr", Slag.KRONOR, summera=True),
)


def skriv_arbetsbok(fil: BinaryIO, rapport: Rapport, *, urval: str, nu: datetime) -> None:
    """Write it. `urval`: whose, in words."""
    titel = "Nivåändringar och vad de kostar"
    period = f"{datum_i_ord(rapport.fran)} – {datum_i_ord(rapport.sista)}"
    ingress = [(titel, ""), ("Nivån gäller från", period), ("Urval", urval), *(("", text) for text in ANTAGANDEN)]
    with Arbetsbok(fil, titel=titel, forfattare=kommun(), skapad=nu) as bok:
        bok.blad("Nivåändringar", _ANDRINGAR, _andringar(rapport.rader), ingress=ingress)
        for namn, summor in (("Utförare", rapport.per_utforare), ("Riktning", rapport.per_riktning)):
            bok.blad(f"Per {namn.lower()}", [Kolumn(namn), *_SUMMOR], _summor(summor))
        bok.blad(
            "Per månad",
            _MANADER,
            ((ett.manad.fran, ett.dyrare, ett.billigare, ett.netto, ett.hittills) for ett in rapport.per_manad),
        )
        bok.blad("Första bedömningar", _ANDRINGAR, _andringar(rapport.forsta))
        bok.blad(
            "Nivå och pris",
            _JAMFORELSER,
            ((ett.manad.fran, ett.niva, ett.pris) for ett in rapport.jamforelser),
        )


def _andringar(rader: Sequence[Andringsrad]) -> Iterator[tuple[Any, ...]]:
    for rad in rader:
        yield (
            rad.nyckel,
            rad.person,
            insats_i_ord(rad.insats),
            rad.dag,
            niva_i_ord(rad.niva_fore),
            niva_i_ord(rad.niva_efter),
            rad.enhet,
            rad.utforare,
            rad.godkand,
            rad.godkand_av,
            rad.grund,
            rad.helar,
            rad.i_perioden,
            None if rad.ar_forsta else rad.betalt,
            "ja" if rad.utan_pris else "",
        )


def _summor(summor: Sequence[Summa]) -> Iterator[tuple[Any, ...]]:
    for ett in summor:
        yield ett.namn, ett.antal, ett.dyrare, ett.billigare, ett.helar, ett.i_perioden, ett.betalt
