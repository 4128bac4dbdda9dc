"""The demo municipality in three packages: most of it, what came after March, and what came while April was run."""

import csv
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

from demokommun import skriv_paket

Rad = dict[str, str]
BELOPP_1, BELOPP_2 = Decimal("1.03"), Decimal("0.99")


def skriv_paketen(mapp: Path) -> None:
    """Writes `grund`, `efter_mars` and `mitt_i_april`, to be read in in that order."""
    skriv_paket(mapp / "hela", till_manad="2026-05", manader=3, skala=0.1)
    filer = {fil.stem: _las(fil) for fil in (mapp / "hela").glob("*.csv")}
    sena = {rad["person_id"] for rad in filer["personer"][20::40]}
    deras = _deras(filer, sena)
    for namn, rader in filer.items():
        _skriv(mapp / "grund", namn, [rad for rad in rader if rad not in deras.get(namn, [])])
    grund = {namn: [rad for rad in rader if rad not in deras.get(namn, [])] for namn, rader in filer.items()}
    for namn, rader in _andrat(grund, 0, BELOPP_1).items():
        _skriv(mapp / "efter_mars", namn, rader)
    for namn, rader in _andrat(grund, 1, BELOPP_2).items():
        _skriv(mapp / "mitt_i_april", namn, rader + deras.get(namn, []))
    for namn in deras.keys() - {"priser", "besok"}:
        _skriv(mapp / "mitt_i_april", namn, deras[namn])


def _deras(filer: dict[str, list[Rad]], personer: set[str]) -> dict[str, list[Rad]]:
    """The rows of these persons."""

    def med(namn: str, villkor: Callable[[Rad], bool]) -> list[Rad]:
        return [rad for rad in filer[namn] if villkor(rad)]

    svar = {
        namn: med(namn, lambda rad: rad["person_id"] in personer)
        for namn in ("personer", "beslut", "nivabedomningar", "anstallningar", "avtal")
    }
    beslut = {rad["beslut_id"] for rad in svar["beslut"]}
    svar["verkstalligheter"] = med("verkstalligheter", lambda rad: rad["beslut_id"] in beslut)
    verk = {rad["verkstallighet_id"] for rad in svar["verkstalligheter"]}
    return svar | {namn: med(namn, lambda rad: rad["verkstallighet_id"] in verk) for namn in ("narvaro", "besok")}


def _andrat(filer: dict[str, list[Rad]], forskjutning: int, faktor: Decimal) -> dict[str, list[Rad]]:
    """Other prices in some lists, visits that were a quarter shorter, and days of närvaro taken back."""
    priser = [
        rad | {"belopp": f"{Decimal(rad['belopp']) * faktor:.2f}"}
        for rad in filer["priser"][forskjutning::5]
        if not rad["till"] or rad["till"] >= "2026"
    ]
    besok = [
        rad | {"utford_slut": rad["utford_slut"][:-2] + "59"}
        for rad in filer["besok"][forskjutning::9]
        if rad["utford_slut"]
    ]
    borttag = [
        {"fil": "narvaro", "id": rad["verkstallighet_id"], "datum": rad["datum"]}
        for rad in filer["narvaro"][forskjutning::31]
    ]
    return {"priser": priser, "besok": besok, "borttag": borttag}


def _las(fil: Path) -> list[Rad]:
    with fil.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


def _skriv(mapp: Path, namn: str, rader: Iterable[Rad]) -> None:
    rader = list(rader)
    if rader:
        mapp.mkdir(exist_ok=True)
        with (mapp / f"{namn}.csv").open("w", encoding="utf-8", newline="") as text:
            ut = csv.DictWriter(text, rader[0].keys(), delimiter=";", lineterminator="\n")
            ut.writeheader()
            ut.writerows(rader)
