"""The answers of a brukarundersökning, as a file."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from grund.datapaket.typer import Heltal, Referens, Text, Val
from uppfoljning.brukarundersokning.regler import Enkat, Kon, Omrade
from uppfoljning.models import Enkatrad
from uppfoljning.uppgifter.regler import Rader
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

_ANTAL = ("positiva", "svar", "svarande", "tillfragade")
Filfel = tuple[int, str, str]


def _prova(rader: Rader) -> Iterator[Filfel]:
    for rad, varden in rader:
        for mindre, storre in pairwise(_ANTAL):
            if varden[mindre] > varden[storre]:
                yield rad, mindre, f"{mindre} är fler än {storre}."
    yield from _samma_deltagande(rader)
    yield from _samma_omrade(rader)
    yield from _konen(rader)


def _samma_deltagande(rader: Rader) -> Iterator[Filfel]:
    sedda: dict[Any, tuple[int, int]] = {}
    for rad, varden in rader:
        antal = (varden["tillfragade"], varden["svarande"])
        if sedda.setdefault((varden["enkat"], varden["enhet_id"], varden["kon"]), antal) != antal:
            yield (
                rad,
                "svarande",
                "Tillfrågade och svarande ska vara samma i alla rader för enheten, enkäten och könet.",
            )


def _samma_omrade(rader: Rader) -> Iterator[Filfel]:
    sedda: dict[Any, str] = {}
    for rad, varden in rader:
        if sedda.setdefault((varden["enkat"], varden["fraga"]), varden["omrade"]) != varden["omrade"]:
            yield rad, "omrade", "Samma fråga har ett annat område på en tidigare rad."


def _konen(rader: Rader) -> Iterator[Filfel]:
    """Women and men are among all: together no more, and never without a row of all."""
    alla = {_nyckel(varden): (rad, varden) for rad, varden in rader if varden["kon"] == Kon.ALLA}
    delar: dict[Any, dict[str, int]] = {}
    for rad, varden in rader:
        if varden["kon"] == Kon.ALLA:
            continue
        if _nyckel(varden) not in alla:
            yield rad, "kon", "Det finns ingen rad med kön T för samma enhet, enkät och fråga."
            continue
        summa = delar.setdefault(_nyckel(varden), dict.fromkeys(_ANTAL, 0))
        for namn in _ANTAL:
            summa[namn] += varden[namn]
            if summa[namn] > alla[_nyckel(varden)][1][namn]:
                yield rad, namn, f"Kvinnor och män är tillsammans fler än alla ({namn})."


def _nyckel(varden: Any) -> tuple[Any, ...]:
    return varden["enkat"], varden["enhet_id"], varden["fraga"]


BRUKARUNDERSOKNING = Uppgiftsslag(
    "brukarundersokning",
    "Brukarundersökning",
    "Hur många som svarade på varje fråga, och hur många av dem som gav det bästa svaret, per enhet.",
    Period.AR,
    (
        Falt("enhet_id", "Enhetens id", Referens.i("enheter")),
        Falt("enkat", "Enkät", Val.av(Enkat)),
        Falt("kon", "Kön", Val.av(Kon), hjalp="T alla, K kvinnor, M män. K och M får utelämnas."),
        Falt("tillfragade", "Tillfrågade", Heltal(0, 100_000)),
        Falt("svarande", "Svarande", Heltal(0, 100_000), hjalp="De som lämnade in enkäten."),
        Falt("omrade", "Område", Val.av(Omrade)),
        Falt("fraga", "Fråga", Text(200)),
        Falt("svar", "Svar", Heltal(0, 100_000), hjalp="De som svarade på frågan."),
        Falt("positiva", "Positiva svar", Heltal(0, 100_000), hjalp="De som gav det bästa svaret."),
    ),
    Enkatrad,
    ("enkat", "enhet_id", "kon", "fraga"),
    kontroll=_prova,
    dolda="Svar från färre än fem personer får inte visas. Därför visas inga rader här; resultatet står i rapporten.",
)
