"""Export gives back what was taken in: taken in again it is the same, byte for byte."""

from pathlib import Path

import pytest
from django.db import connection

from grund.datapaket.actions import las_in
from grund.datapaket.export import exportera
from grund.datapaket.register import filer
from grund.hinder import Hindrad

from .paket import BAS, skriv

EXEMPEL = sorted(mapp.parent for mapp in (Path(__file__).parents[1] / "exempel").glob("*/paket*/avtal.csv"))


def tom_databasen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending would stand in the way
        cursor.execute(f"TRUNCATE {', '.join(fil.tabell for fil in filer().values())} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def innehall(mapp: Path) -> dict[str, bytes]:
    return {fil.name: fil.read_bytes() for fil in sorted(mapp.iterdir())}


def tur_och_retur(paket: Path, tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    las_in(paket, av=None)
    exportera(tmp_path / "en")
    tom_databasen()
    las_in(tmp_path / "en", av=None)
    exportera(tmp_path / "tva")
    return innehall(tmp_path / "en"), innehall(tmp_path / "tva")


@pytest.mark.parametrize("paket", EXEMPEL, ids=lambda mapp: f"{mapp.parent.name}/{mapp.name}")
def test_exemplen_kommer_tillbaka_likadana(paket: Path, tmp_path: Path, db: None) -> None:
    en, tva = tur_och_retur(paket, tmp_path)
    assert en == tva


def test_det_lilla_paketet_kommer_tillbaka_i_en_enda_stavning(tmp_path: Path, db: None) -> None:
    en, tva = tur_och_retur(skriv(tmp_path / "paket", BAS), tmp_path)
    assert en == tva
    assert en["priser.csv"].decode() == BAS["priser"].replace("1164", "1164.00").replace("1200,50", "1200.50").replace(
        ";600;", ";600.00;"
    )
    assert "K2;V2;2026-10-25T02:30;2026-10-25T02:30+01:00;;;;brukare;sjuk;" in en["besok.csv"].decode()
    assert 'P2;199003039824;Bo;"Ask; Gran";3;ja;' in en["personer.csv"].decode()
    assert "PL;natt;1;1;22:00;24:00;;" in en["tidsband.csv"].decode()


def test_svara_texter_kommer_tillbaka(tmp_path: Path, db: None) -> None:
    rader = (
        "prislista_id;namn\n"
        'P0;"Citat ""x"""\n'
        'P1;"semi;kolon"\n'
        'P2;"rad\nbrytning"\n'
        "P3;\\N\n"
        "P4;NULL\n"
        "P5;å ä ö 😀\n"
        "P6;1=1+1\n"
        'P7;"\'); DROP TABLE x"\n'
    )
    en, tva = tur_och_retur(skriv(tmp_path / "paket", {"prislistor": rader}), tmp_path)
    assert en == tva
    assert en["prislistor.csv"].decode() == rader


def test_en_tom_databas_ger_ett_paket_som_gar_att_lasa_in(tmp_path: Path, db: None) -> None:
    exportera(tmp_path / "tomt")
    assert set(innehall(tmp_path / "tomt")) == {f"{namn}.csv" for namn in filer()}
    assert not any(ett.andrar for ett in las_in(tmp_path / "tomt", av=None).values())


def test_en_mapp_som_inte_ar_tom_skrivs_inte_over(tmp_path: Path, db: None) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(Hindrad, match="inte tom"):
        exportera(tmp_path)
