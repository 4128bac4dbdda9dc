"""Writes the whole municipality, or what comes a month late."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from demokommun.bestand import bygg_lek
from demokommun.fall import skriv_fall
from demokommun.filer import Paketskrivare
from demokommun.folk import Kommun, ar_sen, skriv_person
from demokommun.katalog import raknade_enheter, skriv_katalog
from demokommun.ram import bygg_ram


@dataclass(frozen=True, slots=True)
class Paketinfo:
    """What was written: rows per file, headers not counted."""

    mapp: Path
    antal: Mapping[str, int]


def skriv_paket(
    mapp: Path, *, till_manad: str, manader: int = 24, skala: float | Fraction = 1, fro: int = 1
) -> Paketinfo:
    """Writes Ekstad as a datapaket with närvaro and visits for `manader` months up to `till_manad` (`2026-05`).

    The same arguments always give the same bytes. skala 1 is some 1 300 persons; rows are streamed.
    """
    return _skriv(mapp, till_manad, manader, Fraction(skala), fro, sent=False)


def skriv_sent_paket(
    mapp: Path, *, till_manad: str, manader: int = 24, skala: float | Fraction = 1, fro: int = 1
) -> Paketinfo:
    """Writes what arrived a month later, to be read in after what `skriv_paket` made with the same arguments.

    Late and corrected närvaro, a level approved retroactively, a decision prolonged after the fact, a corrected price
    and rows taken back. After a fastställd month they become rättelser.
    """
    return _skriv(mapp, till_manad, manader, Fraction(skala), fro, sent=True)


def _skriv(mapp: Path, till_manad: str, manader: int, skala: Fraction, fro: int, *, sent: bool) -> Paketinfo:
    ram = bygg_ram(till_manad, manader, skala, fro)
    kommun = Kommun(ram, bygg_lek(), raknade_enheter(ram))
    with Paketskrivare(mapp, sent) as ut:
        skriv_katalog(ut, ram, kommun.enheter)
        skriv_fall(ut, ram, kommun.enheter)
        for index in range(kommun.lek.storlek(skala)):
            if not sent or ar_sen(index):
                skriv_person(ut, kommun, index)
    return Paketinfo(mapp, MappingProxyType(ut.antal))
