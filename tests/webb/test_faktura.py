"""Invoices in the browser: taken in, found, explained, handled; and what is refused says why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from demokommun.fakturaxml import skriv
from ersattning.fakturaregler import Fakturastatus
from ersattning.models import Ersattningsrad, Faktura, Fakturaanteckning
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.faktura.hus import lagg_upp_eken, lagg_upp_maj, spec
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def juni(settings: object) -> None:
    """It is 10 June 2026."""
    settings.IDAG = date(2026, 6, 10)  # type: ignore[attr-defined]


@pytest.fixture
def mapp(live_server: LiveServer, tmp_path: Path) -> Path:
    """Four invoices: one that agrees, one with a day too many, one without reference, one that breaks a rule."""
    eken = lagg_upp_eken()
    alla = spec(lagg_upp_maj(eken), eken)
    ett, tva, tre, fyra = alla.rader
    fakturor = {
        "1001": replace(alla, rader=[ett]),
        "1002": replace(alla, nummer="1002", rader=[replace(tva, antal=Decimal(21)), fyra]),
        "1003": replace(alla, nummer="1003", rader=[replace(tre, referens="", text="Gäller 19900202-9818")]),
    }
    for namn, faktura in fakturor.items():
        (tmp_path / f"{namn}.xml").write_text(skriv(faktura), encoding="utf-8")
    trasig = skriv(replace(alla, nummer="1004")).replace(
        'PayableAmount currencyID="SEK">', 'PayableAmount currencyID="SEK">9'
    )
    (tmp_path / "1004.xml").write_text(trasig, encoding="utf-8")
    return tmp_path


def _las_in(page: Page, mapp: Path, *namn: str) -> None:
    page.get_by_label("Filer", exact=True).set_input_files([mapp / f"{ett}.xml" for ett in namn])
    page.get_by_role("button", name="Läs in").click()


def test_the_list_is_empty_before_the_first_invoice(klara: Anvandare, granska_overallt: Granskning) -> None:
    granska_overallt("/fakturor/", klara, namn="fakturor-tom")
    granska_overallt("/fakturor/filer/", klara, namn="fakturafiler-tom")


def test_invoices_are_taken_in_and_the_differences_are_handled(mapp: Path, klara: Anvandare, sida: Sida) -> None:
    page = sida.logga_in(klara).oppna("/fakturor/")
    page.get_by_role("link", name="Läs in fakturor").first.click()
    sida.granska("fakturor-las-in")
    _las_in(page, mapp, "1001", "1002", "1003", "1004")
    text = page.locator("main").inner_text()
    assert "3\N{NO-BREAK SPACE}fakturor är inlästa och prövade." in text
    assert "1\N{NO-BREAK SPACE}personuppgift togs bort" in text
    assert "BR-CO-16" in text
    sida.granska("fakturafiler")

    page.get_by_role("link", name="Fakturor", exact=True).first.click()
    page.get_by_label("Läge").select_option("kvar")
    page.wait_for_url("**lage=kvar**")
    page.wait_for_function("document.querySelectorAll('#traffar tbody tr').length === 2")
    sida.granska("fakturor")
    page.get_by_role("link", name="1002").click()
    text = page.locator("main").inner_text()
    assert "1\N{NO-BREAK SPACE}dag mer än underlaget." in text
    assert "Samma person och period." in text
    assert "+1\N{NO-BREAK SPACE}164,00" in text
    page.get_by_role("button", name="Anteckna").click()
    assert "Välj vad som är gjort." in page.locator("main").inner_text()
    page.get_by_text("Utföraren ska kreditera", exact=True).click()
    page.get_by_label("Anteckning").fill("Eken krediterar en dag.")
    page.get_by_role("button", name="Anteckna").click()
    assert "Antecknat: utföraren ska kreditera." in page.locator("main").inner_text()
    assert Fakturaanteckning.objects.get().av == klara
    sida.granska("faktura")
    page.get_by_role("link", name="23\N{NO-BREAK SPACE}280,00").first.click()
    assert page.url.endswith(f"/rader/{Ersattningsrad.objects.get(verkstallighet_nyckel='V-2', artikel='narvaro').pk}/")


def test_an_old_page_is_refused_and_the_new_one_may_be_decided(mapp: Path, klara: Anvandare) -> None:
    klient = _inlast(klara, mapp, "1002")
    faktura = Faktura.objects.get()
    adress, falt = f"/fakturor/{faktura.pk}/", {"atgard": "klar", "text": "Klar.", "sett": "avviker 1.00"}
    svar = klient.post(adress, falt)
    assert "Fakturans läge har ändrats" in svar.content.decode()
    form = svar.context["form"]
    sett = form["sett"].value()
    assert (sett, form["text"].value(), form["atgard"].value()) == ("avviker 1164.00", "Klar.", "klar")
    assert klient.post(adress, falt | {"sett": sett}).status_code == 302
    faktura.lage.refresh_from_db()
    assert faktura.lage.avslutad


def test_a_suggestion_is_accepted_and_undone_without_scripts(mapp: Path, klara: Anvandare, utan_skript: Sida) -> None:
    page = utan_skript.logga_in(klara).oppna("/fakturor/las-in/")
    _las_in(page, mapp, "1003")
    page.get_by_role("link", name="1003").click()
    utan_skript.granska("faktura-forslag")
    assert "[personnummer]" in page.locator("main").inner_text()
    page.get_by_role("button", name="enligt förslag 3").click()
    assert "Kopplad för hand." in page.locator("main").inner_text()
    assert Faktura.objects.get().lage.status == Fakturastatus.STAMMER
    page.get_by_role("button", name="Ta bort kopplingen").click()
    assert "Kopplingen av rad 1 är borttagen." in page.locator("main").inner_text()


def test_a_phone_reads_an_invoice(mapp: Path, klara: Anvandare, mobil: Sida) -> None:
    page = mobil.logga_in(klara).oppna("/fakturor/las-in/")
    mobil.granska("fakturor-las-in")
    _las_in(page, mapp, "1001", "1002", "1003")
    mobil.granska("fakturor")
    page.get_by_role("link", name="1002").click()
    mobil.granska("faktura")
    mobil.oppna("/fakturor/filer/")
    mobil.granska("fakturafiler")


@pytest.mark.parametrize(
    "fraga", ["?lage=nagot", "?utforare=x", "?manad=2026-13", "?page=99", "?page=x", "?sort=-belopp"]
)
def test_an_odd_address_answers(fraga: str, mapp: Path, klara: Anvandare) -> None:
    klient = _inlast(klara, mapp, "1001", "1002")
    assert klient.get(f"/fakturor/{fraga}").status_code == 200


def _inlast(vem: Anvandare, mapp: Path, *namn: str) -> Client:
    klient = Client()
    klient.force_login(vem)
    filer = [SimpleUploadedFile(f"{ett}.xml", (mapp / f"{ett}.xml").read_bytes()) for ett in namn]
    assert klient.post("/fakturor/las-in/", {"filer": filer}).status_code == 302
    return klient


def test_the_sums_are_of_all_that_the_filter_lets_through(mapp: Path, klara: Anvandare) -> None:
    klient = _inlast(klara, mapp, "1001", "1002", "1003")
    svar = klient.get("/fakturor/?manad=2026-05")
    assert svar.context["tabell"].summor == {"belopp": Decimal("72750.00"), "differens": Decimal("24444.00")}
    assert "Fakturor att hantera" in klient.get("/").content.decode()


def test_a_file_too_large_or_none_is_refused(klara: Anvandare, mapp: Path) -> None:
    klient = _inlast(klara, mapp, "1001")
    assert "Välj minst en fil." in klient.post("/fakturor/las-in/", {}).content.decode()
    klient.post("/fakturor/las-in/", {"filer": [SimpleUploadedFile("stor.xml", b"x" * 11 * 1024 * 1024)]})
    assert "Filen är 11 MB" in klient.get("/fakturor/filer/").content.decode()


def test_who_may_only_look_sees_no_buttons_and_posts_nothing(mapp: Path, klara: Anvandare) -> None:
    _inlast(klara, mapp, "1002")
    rut = Anvandare.objects.create_user("rut", roller=[Roll.REVISOR])
    klient = Client()
    klient.force_login(rut)
    pk = Faktura.objects.get().pk
    assert "Hantera skillnaden" not in klient.get(f"/fakturor/{pk}/").content.decode()
    assert klient.post(f"/fakturor/{pk}/", {"atgard": "klar", "text": "x"}).status_code == 403
    assert "Läs in fakturor" not in klient.get("/fakturor/").content.decode()


def test_an_invoice_of_many_lines_asks_the_database_as_often(klara: Anvandare, mapp: Path) -> None:
    klient = _inlast(klara, mapp, "1001", "1002")
    antal = []
    for nummer in ("1001", "1002"):
        with CaptureQueriesContext(connection) as fragor:
            klient.get(f"/fakturor/{Faktura.objects.get(nummer=nummer).pk}/")
        antal.append(len(fragor))
    assert antal[1] - antal[0] <= 1
