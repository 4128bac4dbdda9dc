"""Writes what is not about persons: utförare, enheter, avtal, price lists and tidsband."""

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import groupby
from math import ceil
from operator import itemgetter

from demokommun.filer import KOLUMNER, Paketskrivare
from demokommun.kalender import EN_DAG, KLOCKA, storhelger
from demokommun.namn import INRIKTNINGAR, platsnamn
from demokommun.personnummer import organisationsnummer
from demokommun.ram import Ram
from demokommun.utbud import BANDLISTOR, PRISLISTOR, UTFORARE, Avtalsmall, Brytdag, Utforarmall

VILLKOR = KOLUMNER["avtal"].split(";")[9:]
KOMMUNENS_NUMMER = organisationsnummer(0)
NYCKEL = itemgetter("prislista_id", "insats", "niva", "omfattning", "tidsband", "enhet")
# Typed wrong in the first package, put right in the late one.
SKRIVFEL = {("DV-X", "LSS-10", "5", "halvtid", "", "dag"): "1146"}


@dataclass(frozen=True, slots=True)
class Enheter:
    """Which enheter there are, by utförare and copy."""

    antal: dict[str, int]
    kopior: int

    def utforare_id(self, kod: str, kopia: int) -> str:
        return kod if kopia == 0 else f"{kod}-{kopia + 1}"

    def enhet_id(self, kod: str, kopia: int, nummer: int) -> str:
        """The enhet that a running number of brukare falls on: they are dealt out one each in turn."""
        return f"{self.utforare_id(kod, kopia)}-{nummer % self.antal[kod] + 1:02d}"


def raknade_enheter(ram: Ram) -> Enheter:
    return Enheter(
        {kod: max(1, ceil(mall.enheter * ram.skala / ram.kopior)) for kod, mall in UTFORARE.items()}, ram.kopior
    )


def skriv_katalog(ut: Paketskrivare, ram: Ram, enheter: Enheter) -> None:
    for kod, mall in UTFORARE.items():
        for kopia in range(ram.kopior):
            _skriv_utforare(ut, enheter, kod, kopia)
            for lopnummer, avtal in enumerate(mall.avtal, 1):
                _skriv_avtal(ut, ram, enheter.utforare_id(kod, kopia), lopnummer, avtal)
    for prislista, namn in PRISLISTOR.items():
        ut.rad("prislistor", prislista, namn)
    _skriv_priser(ut, ram)
    for prislista in BANDLISTOR:
        _skriv_tidsband(ut, ram, prislista)


def _skriv_utforare(ut: Paketskrivare, enheter: Enheter, kod: str, kopia: int) -> None:
    mall, nummer, utforare = UTFORARE[kod], list(UTFORARE).index(kod), enheter.utforare_id(kod, kopia)
    orgnr = organisationsnummer(1 + nummer * enheter.kopior + kopia) if mall.privat else KOMMUNENS_NUMMER
    namn = mall.namn + (f" {kopia + 1}" if kopia else "")
    ut.rad("utforare", utforare, namn, orgnr, "privat" if mall.privat else "egen")
    for plats in range(enheter.antal[kod]):
        namn = _enhetsnamn(mall, 41 * nummer + kopia * enheter.antal[kod] + plats)
        ut.rad("enheter", enheter.enhet_id(kod, kopia, plats), utforare, namn, _platser(mall))


def _enhetsnamn(mall: Utforarmall, nummer: int) -> str:
    if mall.enhetstyp == "DV":
        return f"{INRIKTNINGAR[nummer % len(INRIKTNINGAR)]} {platsnamn(nummer)}"
    return platsnamn(nummer) + mall.enhetstyp


def _platser(mall: Utforarmall) -> int | str:
    """Capacity where a place is a physical thing."""
    sorter = {
        "DV": 24,
        " gruppbostad": 9,
        " servicebostad": 10,
        " barn- och ungdomsboende": 7,
        " korttidshem": 8,
        " mötesplats": 36,
    }
    return sorter.get(mall.enhetstyp, "")


def _dag(ram: Ram, bryt: Brytdag) -> date:
    return ram.ar(*bryt)


def _skriv_avtal(ut: Paketskrivare, ram: Ram, utforare: str, lopnummer: int, avtal: Avtalsmall) -> None:
    till = "" if avtal.till is None else _dag(ram, avtal.till) - EN_DAG
    villkor = [avtal.villkor.get(namn, "") for namn in VILLKOR]
    for insats in avtal.insatser:
        avtal_id = f"A-{utforare}-{insats}-{lopnummer}"
        start = _dag(ram, avtal.fran)
        ut.rad(
            "avtal", avtal_id, utforare, insats, avtal.form, "", avtal.prislista, avtal.modell, start, till, *villkor
        )


def _skriv_priser(ut: Paketskrivare, ram: Ram) -> None:
    """priser.csv holds published cells; `ar` is the real year, `ar_bakat`/`dag` when the cell takes effect in Ekstad.

    The real years are shifted by whole years so that the changes fall inside the demo period, on their own day of the
    year (1 January, 1 February, 1 April). A cell holds until the next one with the same key.
    """
    rader = csv.DictReader((files("demokommun") / "priser.csv").read_text(encoding="utf-8").splitlines(), delimiter=";")
    for nyckel, grupp in groupby(sorted(rader, key=NYCKEL), key=NYCKEL):
        celler = sorted(
            (date.fromisoformat(f"{ram.sista.year - int(r['ar_bakat'])}-{r['dag']}"), r["belopp"]) for r in grupp
        )
        for plats, (fran, belopp) in enumerate(celler):
            till = celler[plats + 1][0] - EN_DAG if plats + 1 < len(celler) else ""
            ut.rad("priser", *nyckel, SKRIVFEL.get(nyckel, belopp), fran, till)
            if nyckel in SKRIVFEL:
                ut.sen_rad("priser", *nyckel, belopp, fran, till)


def _skriv_tidsband(ut: Paketskrivare, ram: Ram, prislista: str) -> None:
    """Stockholm's bands: dag 07–19, kväll 19–22, natt 22–07, helg Friday 19 – Monday 07, storhelg above all."""
    for veckodag in range(1, 8):
        for band, fran, till in (("natt", 0, 7), ("dag", 7, 19), ("kvall", 19, 22), ("natt", 22, 24)):
            ut.rad("tidsband", prislista, band, 1, veckodag, _timme(fran), _timme(till), "", "")
    for veckodag, fran, till in ((5, 19, 24), (6, 0, 24), (7, 0, 24), (1, 0, 7)):
        ut.rad("tidsband", prislista, "helg", 2, veckodag, _timme(fran), _timme(till), "", "")
    for ar in range(ram.forsta.year - 1, ram.sista.year + 2):
        for start, slut in storhelger(ar):
            ut.rad("tidsband", prislista, "storhelg", 3, "", "", "", start, slut)


def _timme(timme: int) -> str:
    return "24:00" if timme == 24 else KLOCKA[timme * 60]
