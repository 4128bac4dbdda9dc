"""A package to measure with: one month, as many verkställigheter as wanted, 22 närvaro rows each, all five models.

Everyone's verkställighet begins and ends with the month, so that months of different sizes share one database without
meeting. Every tenth person changes level in mid-month, every tenth närvaro row is absence, and the prices of daglig
verksamhet change.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from demokommun.personnummer import luhn
from grund.tid import Manad

RADER_PER_VERK = 22
UTFORARE_PER_MODELL = 10

# modell, insats, lagrum, price unit
MODELLER = [
    ("dygn", "LSS-9", "LSS", "dygn"),
    ("narvaro", "LSS-10", "LSS", "dag"),
    ("manad", "LSS-6", "LSS", "manad"),
    ("utford_tid", "SOL-BOSTOD", "SoL", "timme"),
    ("bestalld_tid", "SOL-LEDS", "SoL", "timme"),
]


@dataclass(frozen=True, slots=True)
class Matpaket:
    """What to write: a prefix for every key, the month, and how many verkställigheter."""

    namn: str
    manad: Manad
    antal: int


def skriv_matpaket(mapp: Path, vad: Matpaket) -> None:
    """Write the package's files. The rows are made one at a time; nothing grows with `antal`."""
    mapp.mkdir(parents=True, exist_ok=True)
    for fil, kolumner, rader in (
        ("utforare", "utforare_id namn organisationsnummer regi", _utforare(vad)),
        ("enheter", "enhet_id utforare_id namn platser", _enheter(vad)),
        ("prislistor", "prislista_id namn", iter([(f"{vad.namn}-P", "Mätpriser")])),
        ("priser", "prislista_id insats niva omfattning enhet belopp fran till", _priser(vad)),
        ("avtal", _AVTALSKOLUMNER, _avtal(vad)),
        ("personer", "person_id personnummer fornamn efternamn personkrets skyddad", _personer(vad)),
        ("beslut", _BESLUTSKOLUMNER, _beslut(vad)),
        ("verkstalligheter", "verkstallighet_id beslut_id enhet_id omfattning fran till slutorsak", _verk(vad)),
        ("nivabedomningar", _NIVAKOLUMNER, _nivaer(vad)),
        ("narvaro", "verkstallighet_id datum kod omfattning minuter orsak", _narvaro(vad)),
        ("besok", "besok_id verkstallighet_id planerad_start planerad_slut utford_start utford_slut", _besok(vad)),
    ):  # fmt: skip
        with (mapp / f"{fil}.csv").open("w", encoding="utf-8", newline="") as oppen:
            skrivare = csv.writer(oppen, delimiter=";", lineterminator="\n")
            skrivare.writerow(kolumner.split())
            skrivare.writerows(rader)


_BESLUTSKOLUMNER = "beslut_id person_id insats lagrum utfall beslutsdatum fran omfattning omfattning_enhet"
_NIVAKOLUMNER = "nivabedomning_id person_id insats niva fran status bedomd_av godkand_av godkand"
_AVTALSKOLUMNER = (
    "avtal_id utforare_id insats avtalsform prislista_id modell fran franvaro tak_andel_av_bestallt avrundning_minuter"
)


def _utforare(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    for modell, *_ in MODELLER:
        for nummer in range(UTFORARE_PER_MODELL):
            yield f"{vad.namn}-{modell}-{nummer}", f"Mätutförare {modell} {nummer}", "5599000006", "privat"


def _enheter(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    for modell, *_ in MODELLER:
        for nummer in range(UTFORARE_PER_MODELL):
            utforare = f"{vad.namn}-{modell}-{nummer}"
            yield f"{utforare}-E", utforare, f"Enhet {nummer}", ""


def _priser(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    mitt = vad.manad.fran + timedelta(days=14)
    for modell, insats, _, enhet in MODELLER:
        for niva in range(1, 6):
            for omfattning, andel in (("heltid", 100), ("halvtid", 70), ("", 100)):
                pris = (500 + 300 * niva) * andel // 100
                bas = (f"{vad.namn}-P", insats, niva, omfattning, enhet)
                if modell == "narvaro":
                    yield *bas, pris, "2020-01-01", mitt
                    yield *bas, f"{pris + 12}.50", mitt + timedelta(days=1), ""
                else:
                    yield *bas, f"{pris}.50", "2020-01-01", ""


def _avtal(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    for modell, insats, _, _ in MODELLER:
        tid = ("1", "5") if modell == "utford_tid" else ("", "")
        for nummer in range(UTFORARE_PER_MODELL):
            utforare = f"{vad.namn}-{modell}-{nummer}"
            yield f"{utforare}-A", utforare, insats, "lov", f"{vad.namn}-P", modell, "2020-01-01", "1-3:100,4-:50", *tid


def _personer(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    fodd = date(1950, 1, 1)
    for nr in range(vad.antal):
        siffror = f"{fodd + timedelta(days=nr // 20):%Y%m%d}{980 + nr % 20}"
        yield f"{vad.namn}-{nr:06}", siffror + luhn(siffror[2:]), "Mät", "Person", 1, "nej"


def _beslut(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    for nr in range(vad.antal):
        _, insats, lagrum, _ = MODELLER[nr % 5]
        id_ = f"{vad.namn}-{nr:06}"
        yield id_, id_, insats, lagrum, "bifall", "2024-01-01", "2024-01-01", 6, "timmar_vecka"


def _verk(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    for nr in range(vad.antal):
        id_ = f"{vad.namn}-{nr:06}"
        enhet = f"{vad.namn}-{MODELLER[nr % 5][0]}-{nr // 5 % UTFORARE_PER_MODELL}-E"
        yield id_, id_, enhet, "heltid", vad.manad.fran, vad.manad.sista, "annat"


def _nivaer(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    for nr in range(vad.antal):
        id_, insats = f"{vad.namn}-{nr:06}", MODELLER[nr % 5][1]
        yield f"{id_}-1", id_, insats, 1 + nr % 5, "2024-01-01", "godkand", "anna", "bo", "2024-01-01"
        if nr % 10 == 0:
            dag = vad.manad.fran + timedelta(days=9)
            yield f"{id_}-2", id_, insats, 1 + (nr + 1) % 5, dag, "godkand", "anna", "bo", dag


def _narvaro(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    dagar = [str(vad.manad.fran + timedelta(days=dag)) for dag in range(RADER_PER_VERK)]
    for nr in range(vad.antal):
        id_ = f"{vad.namn}-{nr:06}"
        for plats, dag in enumerate(dagar):
            if (nr + plats) % 10 == 0:
                yield id_, dag, "F", "", "", "sjuk"
            else:
                yield id_, dag, "N", "halvtid" if (nr + plats) % 7 == 0 else "", "", ""


def _besok(vad: Matpaket) -> Iterator[tuple[object, ...]]:
    """Visits twice a week for those who are paid by carried-out time."""
    dagar = [vad.manad.fran + timedelta(days=dag) for dag in range(0, 28, 4)]
    for nr in range(3, vad.antal, 5):
        for plats, dag in enumerate(dagar):
            start, slut = f"{dag}T10:00", f"{dag}T{11 + plats % 2}:2{plats % 10}"
            yield f"{vad.namn}-{nr:06}-{plats}", f"{vad.namn}-{nr:06}", start, slut, start, slut
