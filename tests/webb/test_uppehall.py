"""In a browser: an insats is interrupted and taken up again, a judgment waits, a brukare leads on to the närvaro."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from beslut.models import Beslut, Overklagande
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from tests.webb.conftest import Granskning
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_marias_cecilia
from tests.webb.webblasare import Sida
from utforare.actions.uppehall import anmal_uppehall
from utforare.models import Uppehall, Verkstallighet
from utforare.regler import Uppehallsorsak

IDAG, NU = date(2026, 6, 3), datetime(2026, 6, 3, 10, tzinfo=STOCKHOLM)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def varld(live_server: object, tmp_path: Path, settings: object) -> Varld:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    return med_marias_cecilia(tmp_path)


@pytest.fixture
def maria(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.HANDLAGGARE]


@pytest.fixture
def petra(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.UTFORARE]


@pytest.fixture
def verk(varld: Varld) -> Verkstallighet:
    return Verkstallighet.objects.get(nyckel="V-EGEN")


def _huvud(page: Page) -> str:
    return page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def test_an_insats_is_interrupted_waits_with_a_clock_and_is_taken_up_again(
    utan_skript: Sida, mobil: Sida, sida: Sida, maria: Anvandare, petra: Anvandare, verk: Verkstallighet
) -> None:
    page = mobil.logga_in(petra).oppna(f"/brukare/{verk.pk}/")
    page.get_by_role("link", name="Anmäl uppehåll").click()
    mobil.granska("uppehall-anmal")
    page.get_by_label("Orsak").select_option("annat")
    page.get_by_role("button", name="Spara uppehållet").click()
    expect(page.locator("#felsumma")).to_contain_text("Skriv vad som har hänt")
    page.get_by_label("Första dagen utan insats").fill("2026-05-11")
    page.get_by_label("Orsak").select_option("sjukhus")
    page.get_by_role("button", name="Spara uppehållet").click()
    assert "Uppehåll sedan 11 maj 2026: sjukhusvistelse." in _huvud(page)
    mobil.granska("uppehall-brukare")

    page = sida.logga_in(maria).oppna("/")
    rad = page.locator("#ej-verkstallda li").filter(has_text="Anna Ek")
    expect(rad).to_contain_text("Utförs inte sedan 11\N{NO-BREAK SPACE}maj 2026")
    page = utan_skript.logga_in(maria).oppna(f"/beslut/{verk.beslut_id}/utforande/")
    assert "Insatsen utförs inte sedan 11 maj 2026. Tre månader går ut 11 augusti 2026." in _huvud(page)
    utan_skript.granska("uppehall-utforande")
    page.get_by_role("link", name="Återupptagen vid Eken").click()
    utan_skript.granska("uppehall-ateruppta")
    page.get_by_label("Första dagen med insats igen").fill("2026-06-01")
    page.get_by_role("button", name="Återupptagen").click()
    assert "Tre månader går ut" not in _huvud(page)
    sida.oppna("/")
    assert "Anna Ek" not in sida.page.locator("#ej-verkstallda").inner_text()


def test_the_pages_stand_every_trial(
    granska_overallt: Granskning, maria: Anvandare, petra: Anvandare, verk: Verkstallighet
) -> None:
    for adress, vem in (
        (f"/brukare/{verk.pk}/uppehall/", petra),
        (f"/verkstalligheter/{verk.pk}/uppehall/", maria),
    ):
        granska_overallt(adress, vem)
    ett = anmal_uppehall(
        verk=verk, fran=date(2026, 5, 4), sista=None, orsak=Uppehallsorsak.SJUKHUS, text="", av=petra, nu=NU
    )
    for adress, vem in (
        (f"/brukare/uppehall/{ett.pk}/", petra),
        (f"/uppehall/{ett.pk}/avsluta/", maria),
        (f"/beslut/{verk.beslut_id}/utforande/", maria),
        (f"/brukare/{verk.pk}/", petra),
        (f"/brukare/enhet/{verk.enhet_id}/", petra),
    ):
        granska_overallt(adress, vem)


def test_anothers_uppehall_is_not_there_and_nothing_is_written(varld: Varld, petra: Anvandare) -> None:
    annans = Verkstallighet.objects.get(nyckel="V-ANNANS")
    klient = Client()
    klient.force_login(petra)
    data = {"fran": "2026-05-04", "sista": "", "orsak": "sjukhus", "text": ""}
    assert klient.post(f"/brukare/{annans.pk}/uppehall/", data).status_code == 404
    assert not Uppehall.objects.filter(verkstallighet=annans, fran=date(2026, 5, 4)).exists()


def test_a_judgment_waits_in_the_list_and_says_that_it_is_not_reported(
    granska_overallt: Granskning, sida: Sida, maria: Anvandare
) -> None:
    dom = Beslut.objects.get(nyckel="B-NY")
    Overklagande.objects.create(
        beslut=Beslut.objects.get(nyckel="B-EGEN"), steg="avgjort", inkom=date(2026, 1, 5), klagande="Personen",
        text="Vill ha mer.", domdag=dom.beslutsdatum, domsutfall="bifall", malnummer="1234-26", domens_beslut=dom,
    )  # fmt: skip
    page = sida.logga_in(maria).oppna("/")
    text = "Dom, rapporteras inte till IVO, men kan ge särskild avgift."
    rad = page.locator("#ej-verkstallda li").filter(has_text="Cecilia Ask")
    expect(rad).to_contain_text(text)
    granska_overallt("/att-gora/ej-verkstallda/", maria, namn="dom-lista")
    granska_overallt(f"/beslut/{dom.pk}/utforande/", maria, namn="dom-utforande")
    expect(sida.page.get_by_text(text)).to_be_visible()


def test_a_month_of_a_brukare_leads_to_the_row_in_the_narvaro_of_the_enhet(
    sida: Sida, mobil: Sida, petra: Anvandare, verk: Verkstallighet
) -> None:
    for flik in (sida, mobil):
        page = flik.logga_in(petra).oppna(f"/brukare/{verk.pk}/")
        page.get_by_role("link", name=re.compile(r"^Maj\s2026\s*, närvaro")).click()
        assert page.url.endswith(f"/narvaro/{verk.enhet_id}/2026-05/#v{verk.pk}")
        rad = page.locator(f"#v{verk.pk}")
        expect(rad).to_contain_text("Anna Ek")
        expect(rad).to_be_in_viewport()
        flik.granska("narvaro-rad")
