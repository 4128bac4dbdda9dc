"""In a browser: the accounts are put in, wrong and then right, and the reports of volumes and KPB are read."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.uppfoljning.test_sidor import IFYLLT
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_cecilia
from tests.webb.webblasare import Sida

RUBRIK = "verksamhet;insats;utforare_id;regi;bruttokostnad;interna_intakter;forsaljning;fordelas_efter;manader\n"
DV = (
    "Daglig verksamhet;LSS-10;U-EGEN;;1000.00;0;0;dagar;5\nLedning;;;;100.01;0;0;gemensam;5\nTomma;;;;7.5;0;0;ingen;5\n"
)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def varld(live_server: object, tmp_path: Path, settings: object) -> Varld:
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    return med_cecilia(tmp_path)


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def _ankarna_finns(sida: Sida) -> None:
    """Every figure that leads to a place on the page leads to one that is there."""
    for adress in {ett.get_attribute("href") or "" for ett in sida.page.locator("main a[href^='#']").all()}:
        assert sida.page.locator(adress).count() == 1, adress


def _las_in(sida: Sida, fil: Path, text: str) -> None:
    fil.write_text(text, encoding="utf-8")
    sida.page.get_by_label("År").select_option("2026")
    sida.page.get_by_label("Källa").fill("Delårsbokslut")
    sida.page.get_by_label("Fil", exact=True).set_input_files(fil)
    sida.page.get_by_role("button", name="Läs in").click()


def test_the_accounts_are_put_in_and_spread_over_those_who_had_it(
    varld: Varld, sida: Sida, mobil: Sida, tmp_path: Path
) -> None:
    klara = varld.anvandare[Roll.CONTROLLER]
    page = sida.logga_in(klara).oppna("/rapporter/kpb/")
    assert "Inget bokslut är inlagt" in _text(sida)
    sida.granska("kpb-tom")
    page.get_by_role("link", name="Inlagda uppgifter").click()
    page.get_by_role("link", name="Bokslut för kostnad per brukare").click()
    _las_in(sida, tmp_path / "fel.csv", RUBRIK + DV.replace("LSS-10;U-EGEN;;", ";U-EGEN;egen;"))
    assert "Skriv vilken insats raden gäller" in _text(sida)
    _las_in(sida, tmp_path / "ratt.csv", RUBRIK + DV)
    page = sida.oppna("/rapporter/kpb/")
    assert "Bokslutet är 1 107,51 kr. Av det är 1 100,01 kr fördelat på 2 personer och 7,50 kr inte" in _text(sida)
    assert "P-EGEN" not in _text(sida)
    _ankarna_finns(sida)
    sida.granska("kpb")
    mobil.logga_in(klara).oppna("/rapporter/kpb/")
    mobil.granska("kpb")
    assert Handelse.objects.filter(handling="las_in_uppgifter").count() == 1


def test_volumes_are_followed_to_the_verkstallighet_and_told_to_the_namnd(
    varld: Varld, sida: Sida, mobil: Sida
) -> None:
    klara, nora = varld.anvandare[Roll.CONTROLLER], varld.anvandare[Roll.NAMNDSEKRETERARE]
    page = sida.logga_in(klara).oppna("/rapporter/volymer/")
    _ankarna_finns(sida)
    sida.granska("volymer")
    page.get_by_role("link", name="Daglig verksamhet (LSS)").first.click()
    assert "V-EGEN" in _text(sida)
    _ankarna_finns(sida)
    sida.granska("volymer-insats")
    page.get_by_role("link", name="V-EGEN").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Eken, från")
    mobil.logga_in(klara).oppna("/rapporter/volymer/?insats=LSS-10")
    mobil.granska("volymer")
    page = sida.oppna("/rapporter/volymer/?dag=2026-06-04")
    assert "Dagen har inte varit än" in _text(sida)
    _hos_namnden(nora, klara)


def _hos_namnden(nora: Anvandare, klara: Anvandare) -> None:
    """Three persons are too few to tell of; the workbook is made, and the PDF."""
    hennes, klaras = Client(), Client()
    hennes.force_login(nora)
    klaras.force_login(klara)
    for nyckel in ("volymer", "kpb"):
        text = hennes.get(f"/rapporter/{nyckel}/?insats=LSS-10").content.decode()
        assert "V-EGEN" not in text
        assert "U-EGEN" not in text
        bok = load_workbook(BytesIO(klaras.get(f"/rapporter/{nyckel}/arbetsbok/").content))
        assert {"Nyckeltal", "Definitioner"} <= set(bok.sheetnames)
        pdf = hennes.post(
            f"/rapporter/{nyckel}/utlatande/", IFYLLT | {"datum": "2026-06-04", "sammantrade": "2026-06-16"}
        )
        assert pdf["Content-Type"] == "application/pdf", pdf.content.decode()
