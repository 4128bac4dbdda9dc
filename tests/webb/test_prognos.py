"""Prognos in the browser: the nudge, a budget, made and read down to the verkställigheter; and who sees what."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from celery import current_app
from django.test import Client
from openpyxl import load_workbook

from ersattning.models import Budget, Prognos
from ersattning.prognos import actions
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import paketet
from tests.prognos.hjalp import IDAG, prognostisera
from tests.simulering.hjalp import NU
from tests.webb.webblasare import Sida

HART = "\N{NO-BREAK SPACE}"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def varlden(tmp_path: Path, settings: object) -> Iterator[None]:
    """It is 3 June 2026, April is settled, and tasks are done here and now."""
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    direkt.las_in(skriv(tmp_path / "fem", paketet()))
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def test_from_the_nudge_to_the_verkstalligheter(klara: Anvandare, sida: Sida, mobil: Sida) -> None:
    page = sida.logga_in(klara).oppna("/")
    page.get_by_role("link", name="Gör en prognos").click()
    page.locator("#id_insats_1").select_option("LSS-10")
    page.get_by_role("button", name="Gör prognosen").click()
    assert "Skriv hur många nya personer du antar." in _text(sida)
    sida.granska("prognos-ny-med-fel")
    page.locator("#id_personer_1").fill("2")
    page.locator("#id_fran_1").select_option("2026-09")
    page.get_by_role("button", name="Gör prognosen").click()
    page.get_by_role("heading", name="2026 mot budget").wait_for()
    prognos = Prognos.objects.get()
    assert "Antaget inflöde: 2 nya personer i månaden" in _text(sida)
    _lagg_in_budget(sida)
    page = sida.oppna(f"/prognos/{prognos.pk}/")
    assert "Budgeten är version 1: Nämnden § 1." in _text(sida)
    page.locator("summary", has_text="Visa som tabell").click()
    sida.granska("prognos")
    mobil.logga_in(klara).oppna(f"/prognos/{prognos.pk}/")
    mobil.granska("prognos")
    page.get_by_role("link", name="Daglig verksamhet (LSS)").first.click()
    sida.granska("prognos-insats")
    page.get_by_role("link", name="Eken AB").click()
    page.get_by_label("Månad", exact=True).select_option("2026-12")
    page.get_by_role("button", name="Visa").click()
    assert "V2" in _text(sida)
    sida.granska("prognos-verkstalligheter")
    sida.oppna("/prognos/")
    sida.granska("prognos-lista")


def _lagg_in_budget(sida: Sida) -> None:
    page = sida.oppna("/prognos/budget/2026/ny/")
    page.get_by_label("Budgeten, en rad per insats").fill("LSS-10; 30 000\nBostad; 1")
    page.get_by_label("Var beslutet står").fill("Nämnden § 1")
    page.get_by_role("button", name="Lägg in").click()
    assert "Rad 2: ”Bostad” är ingen insats." in _text(sida)
    sida.granska("prognos-budget-fel")
    page.get_by_label("Budgeten, en rad per insats").fill("LSS-10; 30 000\nLSS-9\t36 500,00")
    page.get_by_role("button", name="Lägg in").click()
    assert "Version 1 av budgeten för 2026 är inlagd." in _text(sida)
    sida.granska("prognos-budget")


def test_one_that_is_under_way_is_followed_cancelled_and_begun_again(klara: Anvandare, utan_skript: Sida) -> None:
    prognos = actions.gor_prognos(antaganden=actions.Antaganden(0), av=klara, nu=NU, idag=IDAG)
    page = utan_skript.logga_in(klara).oppna(f"/prognos/{prognos.pk}/")
    utan_skript.granska("prognos-raknas")
    page.get_by_role("button", name="Avbryt").click()
    assert "Prognosen är avbruten." in _text(utan_skript)
    page.get_by_role("button", name="Räkna igen").click()
    assert "Prognosen räknas." in _text(utan_skript)
    assert "2026" in page.get_by_role("heading", level=1).inner_text()
    assert prognos.rader.exists()


def test_what_few_persons_cost_is_seen_by_those_who_see_the_ersattning(tmp_path: Path) -> None:
    prognos = prognostisera()
    nora, rut = (_klient(roll) for roll in (Roll.NAMNDSEKRETERARE, Roll.REVISOR))
    adress = f"/prognos/{prognos.pk}/"
    assert "Övriga insatser" in (text := nora.get(adress).content.decode())
    assert "Daglig verksamhet (LSS)</a>" not in text
    assert "Daglig verksamhet (LSS)" in (ruts := rut.get(adress).content.decode())
    for ord_ in ("Om inget förlängs", "Vad som ändrar kostnaden", "Om inget beslut förlängs", "Börjar"):
        assert ord_ in ruts
        assert ord_ not in text
    assert nora.get(f"{adress}insats/LSS-10/").status_code == 403
    assert rut.get(f"{adress}insats/LSS-6/").status_code == rut.get(f"{adress}insats/nej/").status_code == 404
    blad = [load_workbook(BytesIO(en.get(f"{adress}prognos.xlsx").content)).sheetnames for en in (nora, rut)]
    assert blad == [["2026", "2027", "Månader"], ["2026", "2027", "Månader", "Alla rader"]]
    noras = load_workbook(BytesIO(nora.get(f"{adress}prognos.xlsx").content))
    assert not [cell for blad_ in noras for rad in blad_.values for cell in rad if "inget förlängs" in str(cell)]
    assert "rättelser och bonus" not in nora.get("/prognos/traffsakerhet/").content.decode()
    assert nora.get(f"/simulering/{prognos.pk}/").status_code == 403
    assert rut.get(f"/simulering/{prognos.pk}/").status_code == 404  # a prognos is no simulering of its own
    svar = nora.post(f"/rapporter/prognos/{prognos.pk}/", _huvud())
    assert svar["Content-Type"] == "application/pdf", svar.content.decode()
    assert _klient(Roll.HANDLAGGARE).get(adress).status_code == 403
    assert nora.post("/prognos/budget/2026/ny/", {"rader": "LSS-10;1", "kalla": "§", "efter": 0}).status_code == 403
    assert not Budget.objects.exists()


def test_how_an_earlier_one_fared_is_read(klara: Anvandare, sida: Sida) -> None:
    prognostisera(3, idag=date(2026, 5, 4))
    direkt.kor("2026-05")
    direkt.faststall("2026-05")
    sida.logga_in(klara).oppna("/prognos/traffsakerhet/")
    assert "Maj 2026, insats för insats" in _text(sida)
    sida.granska("prognos-traff")


def _huvud() -> dict[str, str]:
    return {
        "diarienummer": "SN 2026/0200",
        "datum": "2026-06-03",
        "sammantrade": "2026-06-17",
        "handlaggare": "Nora Berg",
        "handlaggare_titel": "nämndsekreterare",
        "undertecknare": "Karin Holm",
        "undertecknare_titel": "socialdirektör",
    }


def _klient(roll: Roll) -> Client:
    klient = Client()
    klient.force_login(Anvandare.objects.create_user(f"prognos-{roll}", roller=[roll]))
    return klient
