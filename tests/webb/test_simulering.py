"""Simulering in the browser: asked, calculated, read, compared, taken home; and what the pages refuse."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from celery import current_app
from django.test import Client
from openpyxl import load_workbook

from ersattning.models import Simulering, Simuleringssumma
from ersattning.regler import Simuleringslage
from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.datapaket.paket import skriv
from tests.forklaring.pdftext import text_i_pdf
from tests.kedja import direkt
from tests.niva.fem_modeller import paketet
from tests.simulering.hjalp import simulera
from tests.webb.webblasare import Sida

HART = "\N{NO-BREAK SPACE}"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def genast(tmp_path: Path, settings: object) -> Iterator[None]:
    """It is 3 June 2026, tasks are done here and now, and there is a little history."""
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    direkt.las_in(skriv(tmp_path / "fem", paketet()))
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def test_from_a_question_to_an_answer(klara: Anvandare, sida: Sida, mobil: Sida) -> None:
    page = sida.logga_in(klara).oppna("/simulering/")
    assert "Ingen simulering är sparad än." in _text(sida)
    page.get_by_role("link", name="Ny simulering").click()
    page.get_by_label("Namn", exact=True).fill("Ledsagning på fler sätt")
    page.get_by_label("Från och med månad").select_option("2026-01")
    page.get_by_label("Till och med månad").select_option("2026-04")
    page.get_by_text("Kapitering: ett fast belopp").click()
    page.get_by_role("button", name="Spara och gå vidare").click()
    assert "Skriv vad en person kostar per månad." in _text(sida)
    assert "förslagen om tid gäller en insats i taget" in _text(sida)
    sida.granska("simulering-ny-med-fel")
    page.locator("#id_insats").select_option("LSS-3")
    page.locator("#id_kapitering").fill("4 850,00")
    page.locator("#id_kanslighet").select_option("upprakning")
    page.get_by_role("button", name="Spara och gå vidare").click()
    sida.granska("simulering-utkast")
    _lagg_till_variant(sida)
    page.get_by_role("button", name="Räkna").click()
    page.get_by_role("heading", name="Vem påverkas").wait_for()
    text = _text(sida)
    assert "4 850,00 kr per månad" in text
    assert "Ingen av månaderna är fastställd" in text
    sida.granska("simulering-resultat")
    mobil.logga_in(klara).oppna(f"/simulering/{Simulering.objects.get().pk}/")
    mobil.granska("simulering-resultat")
    assert Handelse.objects.filter(handling="rakna_simulering").count() == 1


def _lagg_till_variant(sida: Sida) -> None:
    page = sida.page
    page.get_by_role("link", name="Lägg till variant").click()
    sida.granska("simulering-variant")
    page.get_by_role("button", name="Spara varianten").click()
    assert "Ge varianten ett namn." in _text(sida)
    page.get_by_label("Variantens namn").fill("Dyrare")
    page.get_by_role("button", name="Spara varianten").click()
    assert "Varianten ändrar ingenting." in _text(sida)
    page.locator("summary", has_text="Prislista").click()
    page.locator("#id_upprakning").fill("3,5")
    page.get_by_role("button", name="Spara varianten").click()
    assert "Priserna uppräknade med 3,5 procent" in _text(sida)


def test_the_budget_and_two_beside_each_other(klara: Anvandare, sida: Sida) -> None:
    en = simulera("2026-01", "2026-02", ("Dyrare", {"upprakning": "3"}), insats="LSS-3")
    annan = simulera("2026-03", "2026-04", ("Billigare", {"upprakning": "-3"}), insats="LSS-3")
    page = sida.logga_in(klara).oppna(f"/simulering/{en.pk}/")
    page.locator("summary", has_text="Skriv in budget").click()
    page.get_by_label("Ledsagarservice (LSS), kr").fill("hundra")
    page.get_by_role("button", name="Spara budgeten").click()
    sida.granska("simulering-budget-fel")
    page.get_by_label("Ledsagarservice (LSS), kr").fill("2 000,00")
    page.get_by_role("button", name="Spara budgeten").click()
    assert en.budgetar.get().belopp == 2000
    assert "Budgeten är sparad." in _text(sida)
    sida.oppna(f"/simulering/{en.pk}/utforande/")
    sida.granska("simulering-utforande")
    sida.oppna(f"/simulering/jamfor/?en={en.pk}&annan={annan.pk}")
    assert "De gäller olika månader" in _text(sida)
    sida.granska("simulering-jamfor")
    sida.oppna("/simulering/")
    sida.granska("simulering-lista")


def test_without_scripts(klara: Anvandare, utan_skript: Sida) -> None:
    simulerat = simulera("2026-01", "2026-02", ("Dyrare", {"upprakning": "3"}))
    page = utan_skript.logga_in(klara).oppna(f"/simulering/{simulerat.pk}/")
    page.get_by_role("button", name="Kopiera och ändra").click()
    assert "Kopia av Test" in _text(utan_skript)
    page.get_by_role("link", name="Ändra Dyrare").click()
    page.locator("#id_upprakning").fill("4")
    page.get_by_role("button", name="Spara varianten").click()
    page.get_by_role("button", name="Räkna").click()
    assert "Vem påverkas" in _text(utan_skript)
    kopia = Simulering.objects.exclude(pk=simulerat.pk).get()
    assert kopia.status == Simuleringslage.KLAR


def _klient(roll: Roll) -> Client:
    klient = Client()
    klient.force_login(Anvandare.objects.create_user(f"en-{roll}", roller=[roll], first_name="Eva", last_name="Berg"))
    return klient


def test_one_that_is_calculated_is_followed_and_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ersattning.simulering.tasks.skicka", lambda _: 0)
    klient = _klient(Roll.AVTALSSAMORDNARE)
    falt = {"namn": "Allt", "forsta": "2026-01", "sista": "2026-03", "forslag": ["upprakning"]}
    adress = klient.post("/simulering/ny/", falt)["Location"]
    assert klient.post(f"{adress}rakna/").status_code == 302
    assert "0 av 1" in klient.get(adress).content.decode()
    assert 'hx-trigger="every 1s"' in klient.get(f"{adress}framsteg/").content.decode()
    assert klient.get(f"{adress}andra/", follow=True).content.decode().count("Avbryt den först") == 1
    klient.post(f"{adress}avbryt/")
    assert klient.get(f"{adress}framsteg/").headers["HX-Refresh"] == "true"
    assert "Simuleringen avbröts" in klient.get(adress).content.decode()
    assert not Simuleringssumma.objects.exists()


def test_the_workbook_has_every_sum_and_no_person() -> None:
    simulerat = simulera("2026-01", "2026-04", ("=1+1", {"upprakning": "3"}))
    svar = _klient(Roll.REVISOR).get(f"/simulering/{simulerat.pk}/simulering.xlsx")
    bok = load_workbook(BytesIO(svar.content), read_only=True)
    blad = {namn: list(bok[namn].values) for namn in bok.sheetnames}
    alla = [str(cell) for rader in blad.values() for rad in rader for cell in rad if cell is not None]
    assert "Alla summor" in blad
    assert len(blad["Alla summor"]) == Simuleringssumma.objects.count() + 2
    assert not any("P-" in cell or "Test1" in cell or "19880202" in cell for cell in alla)


def test_the_utlatande_merges_small_numbers_and_names_nobody(settings: object) -> None:
    simulerat = simulera("2026-01", "2026-04", ("Dyrare", {"upprakning": "3"}), kanslighet="upprakning")
    klient = _klient(Roll.CONTROLLER)
    adress = f"/rapporter/simulering/{simulerat.pk}/"
    sida = klient.get(adress).content.decode()
    assert "Kostnad per variant" in sida
    assert "per utförare" not in sida  # there is but one
    falt = {
        "diarienummer": "SN 2026/1",
        "datum": "2026-06-02",
        "sammantrade": "2026-06-17",
        "handlaggare": "Klara Lind",
        "handlaggare_titel": "controller",
        "undertecknare": "Ulla Berg",
        "undertecknare_titel": "socialdirektör",
    }
    assert "Utlåtandet kan inte ha ett tidigare datum." in klient.post(adress, falt).content.decode()
    svar = klient.post(adress, falt | {"datum": "2026-06-03"})
    assert svar["Content-Type"] == "application/pdf"
    assert "Figur 1. Känslighet" in text_i_pdf(svar.content)
    assert Handelse.objects.filter(objekt=f"simulering:{simulerat.pk}", handling="gor_tjansteutlatande").count() == 1


def test_what_rests_on_a_few_is_not_told_in_the_utlatande() -> None:
    simulerat = simulera("2026-01", "2026-04", ("Dyrare", {"upprakning": "3"}), insats="LSS-3")
    sida = _klient(Roll.CONTROLLER).get(f"/rapporter/simulering/{simulerat.pk}/").content.decode()
    assert "avser färre än fem personer" in sida
    assert "Kostnad per variant" not in sida


def test_an_utforare_sees_nothing_of_it() -> None:
    simulerat = simulera("2026-01", "2026-01")
    klient = _klient(Roll.UTFORARE)
    for adress in ("/simulering/", "/simulering/ny/", f"/simulering/{simulerat.pk}/", "/simulering/jamfor/"):
        assert klient.get(adress).status_code == 403
    assert "Simulering" not in klient.get("/").content.decode()


def test_nobody_to_calculate_is_an_answer_too() -> None:
    simulerat = simulera("2026-01", "2026-02", ("Dyrare", {"upprakning": "3"}), insats="LSS-7")
    klient = _klient(Roll.CONTROLLER)
    assert "0\xa0personer" in klient.get(f"/simulering/{simulerat.pk}/").content.decode()
    assert klient.get(f"/simulering/{simulerat.pk}/utforande/").status_code == 200
    assert klient.get(f"/simulering/{simulerat.pk}/simulering.xlsx").status_code == 200
    assert klient.get(f"/rapporter/simulering/{simulerat.pk}/").status_code == 200
