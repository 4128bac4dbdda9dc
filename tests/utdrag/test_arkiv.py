"""A package read by somebody who knows only its text file: lxml and csv, and none of the project's code."""

import csv
import hashlib
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from lxml import etree

from beslut.models import Arende
from grund.hinder import Hindrad
from tests.utdrag.conftest import NU, Tva
from uppfoljning.arkivexport.actions import exportera, hinder_for_gallring, notera_kontroll, saknar_kontrollerad_export
from uppfoljning.arkivexport.kontroll import brister
from uppfoljning.arkivexport.ordning import ARKIVERAS
from uppfoljning.gallring.urval import rader_om
from uppfoljning.models import Arkivexport

NS = "{urn:insatskollen:arkiv:1}"


def _gor(tva: Tva, mapp: Path) -> Arkivexport:
    return exportera(personer=[tva.ada.pk, tva.bo.pk], mapp=mapp, andamal="e-arkiv", av=tva.maria, nu=NU)


def test_an_independent_reader_counts_the_rows_of_the_database(tva: Tva, tmp_path: Path) -> None:
    _gor(tva, mapp := tmp_path / "paket")
    vantade = {rad.modell: rader_om(rad, [tva.ada.pk, tva.bo.pk]).count() for rad in ARKIVERAS}
    schema = etree.XMLSchema(etree.parse(mapp / "schema" / "akt.xsd"))
    i_xml: Counter[str] = Counter()
    for fil in (mapp / "akter").iterdir():
        akt = etree.parse(fil)
        schema.assertValid(akt)
        for lista in akt.getroot():
            i_xml.update(etree.QName(rad).localname for rad in lista if rad.get("Systemidentifierare"))
    for modell, antal in vantade.items():
        with (mapp / "register" / f"{modell}.csv").open(encoding="utf-8", newline="") as las:
            rader = list(csv.DictReader(las, delimiter=";"))
        assert len(rader) == antal == i_xml[modell.rpartition(".")[2]], modell
        assert {rad["akt"] for rad in rader} == {tva.ada.nyckel, tva.bo.nyckel}
    for rad in (mapp / "kontrollsummor.sha256").read_text("utf-8").splitlines():
        summa, _, namn = rad.partition("  ")
        assert hashlib.sha256((mapp / namn).read_bytes()).hexdigest() == summa


def test_values_are_as_they_were_and_no_value_is_not_an_empty_text(tva: Tva, tmp_path: Path) -> None:
    Arende.objects.filter(person=tva.ada).update(text='En "text";\nmed \\ och \x0c', sokandens_namn="", avslutat=None)
    _gor(tva, mapp := tmp_path / "paket")
    with (mapp / "register" / "beslut.Arende.csv").open(encoding="utf-8", newline="") as las:
        rad = next(rad for rad in csv.DictReader(las, delimiter=";") if rad["akt"] == tva.ada.nyckel)
    assert rad["text"] == 'En "text";\nmed \\ och \N{REPLACEMENT CHARACTER}'
    assert (rad["sokandens_namn"], rad["avslutat"], rad["inkom"]) == ("", r"\N", "2026-05-04")
    arende = etree.parse(mapp / "akter" / f"akt-{tva.ada.pk:07d}.xml").find(f".//{NS}Arende")
    assert arende is not None
    assert arende.find(f"{NS}avslutat") is None
    assert arende.findtext(f"{NS}sokandens_namn") == ""
    assert arende.findtext(f"{NS}oppnat") == "2026-05-04T10:30:00.000000Z"


def test_files_are_for_their_owner_and_named_without_the_person(tva: Tva, tmp_path: Path) -> None:
    _gor(tva, mapp := tmp_path / "paket")
    for ett in (mapp, *mapp.rglob("*")):
        assert stat.S_IMODE(ett.stat().st_mode) == (0o700 if ett.is_dir() else 0o600), ett
        assert tva.ada.personnummer not in ett.name
    assert len(list((mapp / "filer").rglob("*.pdf"))) >= 2


def test_a_package_is_whole_or_not_there(tva: Tva, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (full := tmp_path / "full").mkdir()
    (full / "nagot").touch()
    with pytest.raises(Hindrad, match="är inte tom"):
        _gor(tva, full)

    def faller(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("uppfoljning.arkivexport.paket._innehall", faller)
    with pytest.raises(OSError, match="No space"):
        _gor(tva, tmp_path / "paket")
    assert {ett.name for ett in tmp_path.iterdir()} == {"full", "intyg"}
    assert not Arkivexport.objects.filter(andamal="e-arkiv").exists()


@pytest.mark.parametrize("vad", ["andrad", "borta", "extra", "lank"])
def test_what_is_not_as_it_was_is_found_and_named(tva: Tva, tmp_path: Path, vad: str) -> None:
    _gor(tva, mapp := tmp_path / "paket")
    assert brister(mapp) == []
    akt = mapp / "akter" / f"akt-{tva.ada.pk:07d}.xml"
    if vad == "andrad":
        akt.write_bytes(akt.read_bytes().replace(b"ADA:", b"EVA:", 1))
    elif vad == "borta":
        akt.unlink()
    elif vad == "extra":
        (mapp / "akter" / "x.xml").touch()
    else:
        (mapp / "akter" / "x.xml").symlink_to(akt)
    assert any("akter/" in ett for ett in brister(mapp))
    with pytest.raises(Hindrad):
        notera_kontroll(mapp=mapp, av=tva.maria, nu=NU)


def test_an_akt_counts_as_delivered_only_when_its_package_is_verified_and_nothing_has_changed(
    tva: Tva, tmp_path: Path, settings: Any
) -> None:
    bada = [tva.ada.pk, tva.bo.pk]
    assert hinder_for_gallring(bada) == []
    settings.ARKIV_FORE_GALLRING = True
    assert len(hinder_for_gallring(bada)) == 2
    assert saknar_kontrollerad_export(bada) == bada
    _gor(tva, mapp := tmp_path / "paket")
    assert saknar_kontrollerad_export(bada) == bada
    export = notera_kontroll(mapp=mapp, av=tva.maria, nu=NU)
    assert export is not None
    assert export.kontrollerad == NU
    assert saknar_kontrollerad_export(bada) == []
    Arende.objects.filter(person=tva.bo).update(text="Något nytt.")
    assert saknar_kontrollerad_export(bada) == [tva.bo.pk]
    assert hinder_for_gallring(bada) == [
        f"{tva.bo.nyckel}: akten som den är nu finns inte i en kontrollerad arkivexport."
    ]


def test_the_commands_say_what_was_done_and_what_stands_in_the_way(
    tva: Tva, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapp = tmp_path / "paket"
    call_command("exportera_arkiv", mapp, "--personer", tva.ada.nyckel, "--andamal", "e-arkiv", "--av", "maria")
    call_command("kontrollera_arkiv", mapp, "--av", "maria")
    ut = capsys.readouterr().out
    assert "1\u00a0akt," in ut
    assert "är hel" in ut
    with pytest.raises(CommandError, match="är inte tom"):
        call_command("exportera_arkiv", mapp, "--personer", tva.ada.nyckel, "--andamal", "e-arkiv")
    with pytest.raises(CommandError, match="ingen person med id FINNS-INTE"):
        call_command("exportera_arkiv", tmp_path / "b", "--personer", "FINNS-INTE", "--andamal", "e-arkiv")
