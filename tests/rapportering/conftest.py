"""An utförare with a daily activity (närvaro and minutes), a group home and boendestöd, and Ulla who reports for it.

Today is Wednesday 3 June 2026: May is open until 5 June, April has been locked since 9 May.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from tests.datapaket.paket import skriv
from utforare.actions.narvaro import Cell, Cellsvar, spara_narvaro
from utforare.actions.tillhorighet import satt_enheter
from utforare.dagvarde import Dagvarde
from utforare.models import Enhet, Verkstallighet

IDAG = date(2026, 6, 3)
NU = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
PAKET = {
    "utforare": """\
utforare_id;namn;organisationsnummer;regi
U1;Omsorg AB;5566002373;privat
U2;Annan AB;5590012349;privat
""",
    "enheter": "enhet_id;utforare_id;namn\nDV;U1;Snickeriet\nHEM;U1;Gruppbostaden\nBO;U1;Boendestödet\nAN;U2;Annans\n",
    "prislistor": "prislista_id;namn\nPL;Priser\n",
    "priser": """\
prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till
PL;LSS-10;;heltid;;dag;1000;2026-01-01;
PL;LSS-10;;halvtid;;dag;600;2026-01-01;
PL;LSS-9;;;;dygn;3000;2026-01-01;
PL;SOL-BOSTOD;;;;timme;500;2026-01-01;
""",
    "avtal": """\
avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till;franvaro;omfattning_granser;bomtid_varsel_timmar;bomtid_andel
A1;U1;LSS-10;lov;;PL;narvaro;2026-01-01;;1-14:100;;;
A2;U1;LSS-10;individavtal;P4;PL;narvaro;2026-01-01;;1-14:100;0:halvtid,360:heltid;;
A3;U1;LSS-9;lov;;PL;dygn;2026-01-01;;1-14:100;;;
A4;U1;SOL-BOSTOD;lov;;PL;utford_tid;2026-01-01;;;;24;1
A5;U2;LSS-10;lov;;PL;narvaro;2026-01-01;;1-14:100;;;
""",
    "personer": """\
person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden
P1;199002029818;Anna;Ek;1;nej;
P2;199003039824;Bo;Gran;1;nej;
P3;198501019809;Hemlig;Person;1;ja;
P4;198701019807;Disa;Lind;1;nej;
P5;198801019806;Erik;Alm;1;nej;2026-05-20
P6;198901019805;Fia;Rönn;1;nej;
""",
    "beslut": """\
beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet
B1;P1;LSS-10;LSS;bifall;2026-01-01;2026-01-01;;;
B2;P2;LSS-10;LSS;bifall;2026-01-01;2026-01-01;;3;dagar_vecka
B3;P3;LSS-10;LSS;bifall;2026-01-01;2026-01-01;;;
B4;P4;LSS-10;LSS;bifall;2026-01-01;2026-01-01;;;
B5;P5;LSS-9;LSS;bifall;2026-01-01;2026-01-01;;;
B6;P6;SOL-BOSTOD;SoL;bifall;2026-01-01;2026-01-01;;5;timmar_vecka
B7;P6;LSS-10;LSS;bifall;2026-01-01;2026-01-01;;;
""",
    "verkstalligheter": """\
verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak
V1;B1;DV;2026-01-01;heltid;2026-01-01;;
V2;B2;DV;2026-01-01;halvtid;2026-01-01;;
V3;B3;DV;2026-01-01;heltid;2026-01-01;;
V4;B4;DV;2026-01-01;;2026-01-01;2026-05-15;flytt
V5;B5;HEM;2026-01-01;;2026-01-01;;
V6;B6;BO;2026-01-01;;2026-01-01;;
V7;B7;AN;2026-01-01;heltid;2026-01-01;;
""",
    # Bo is there Tuesdays to Thursdays in April.
    "narvaro": "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n"
    + "".join(f"V2;2026-04-{dag:02};N;;;\n" for dag in (14, 15, 16, 21, 22, 23, 28, 29, 30)),
}


@dataclass
class Omsorg:
    """The utförare, and short ways to do things at it."""

    ulla: Anvandare

    def enhet(self, nyckel: str = "DV") -> Enhet:
        return Enhet.objects.select_related("utforare").get(nyckel=nyckel)

    def verk(self, nyckel: str) -> Verkstallighet:
        return Verkstallighet.objects.select_related("beslut__person", "enhet__utforare").get(nyckel=nyckel)

    def cell(self, verk: str, dag: str, nytt: str, sag: str = "") -> Cell:
        return Cell(self.verk(verk).pk, date.fromisoformat(dag), Dagvarde.las(nytt), Dagvarde.las(sag))

    def spara(self, *celler: Cell, enhet: str = "DV", skal: str = "") -> list[Cellsvar]:
        return spara_narvaro(enhet=self.enhet(enhet), celler=celler, skal=skal, av=self.ulla, idag=IDAG, nu=NU)


Bygg = Callable[[], Omsorg]


@pytest.fixture
def omsorg(tmp_path: Path, db: None) -> Omsorg:
    return bygg(tmp_path)


def bygg(mapp: Path) -> Omsorg:
    las_in(skriv(mapp / "paket", PAKET), av=None)
    ulla = Anvandare.objects.create_user("ulla", first_name="Ulla", last_name="Berg", roller=[Roll.UTFORARE])
    satt_enheter(anvandare=ulla, enheter=list(Enhet.objects.filter(utforare__nyckel="U1")), av=None)
    return Omsorg(ulla)
