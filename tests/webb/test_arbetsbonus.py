"""Arbetsbonus in a browser: eva reads the conditions, grants a claim, and takes the bonus back when the work ends."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ersattning.models import Anstallning, Aterkravsprovning, Aterkravsrad, Bonusansokan, Bonusregel, Ersattningsrad
from tests.bonus.conftest import BOS, IDAG, Kommun, bygg
from tests.webb.webblasare import Sida

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kommun(live_server: LiveServer, tmp_path: Path, settings: object) -> Kommun:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    return bygg(tmp_path)


def _spara(page: Page, motiv: str, svar: str) -> None:
    page.get_by_label("Motivering").fill(motiv)
    page.get_by_role("button", name="Spara beslutet").click()
    expect(page.locator("main")).to_contain_text(svar)


def _besluta(sida: Sida, page: Page, ansokan: Bonusansokan, fel: Bonusansokan) -> None:
    sida.oppna(f"/bonusansokningar/{fel.pk}/")
    expect(page.get_by_role("row", name=re.compile("Anställningsform"))).to_contain_text("Inte uppfyllt")
    page.locator("label", has_text="Begär komplettering").click()
    _spara(page, "Intyget gäller en praktikplats.", "Komplettering är begärd")
    sida.granska("bonus-lista")
    sida.oppna(f"/bonusansokningar/{ansokan.pk}/")
    expect(page.locator("main")).to_contain_text("Vid bifall: 30 000,00 kr")
    page.locator("label", has_text="Bifall").click()
    page.get_by_role("button", name="Spara beslutet").click()
    sida.granska("bonus-utan-motiv")
    _spara(page, "Villkoren är uppfyllda.", "Ansökan är beviljad")


def _aterkrav(sida: Sida, page: Page, ansokan: Bonusansokan) -> None:
    sida.oppna(f"/bonusansokningar/{ansokan.pk}/").get_by_role("link", name="har slutat").click()
    page.get_by_label("Sista dagen i arbetet").fill("2025-12-31")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("main")).to_contain_text("Anställningens slut är registrerat.")
    sida.granska("bonus-att-ta-stallning-till")
    page.get_by_role("row", name=re.compile("R30")).get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Arbetet slutade 31 december 2025")
    page.locator("label", has_text="Återkräv 15 000,00 kr").click()
    sida.granska("bonus-fall")
    _spara(page, "Arbetet slutade efter fyra månader.", "Bonusen är återkrävd.")


def _villkor(sida: Sida, page: Page) -> Bonusregel:
    sida.oppna("/bonusregler/ny/?forval=goteborg")
    expect(page.get_by_label("Kvalificeringstid")).to_have_value("6")
    expect(page.locator("main")).to_contain_text("goteborg.se")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("main")).to_contain_text("Samtidigt gäller R30")
    page.locator("label", has_text="Jag har läst varningen").click()
    sida.granska("bonus-regel")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("main")).to_contain_text("är registrerad.")
    return Bonusregel.objects.exclude(nyckel="R30").get()


def _kvalitetspeng(sida: Sida, page: Page) -> None:
    sida.oppna("/kvalitetspeng/")
    page.get_by_role("textbox", name="Summa att fördela").fill("100000")
    page.get_by_role("textbox", name="Resultat").fill("Snickeriet; 12; 78,5\nTvätten\t9\t81\nKaféet; 4; 95")
    page.get_by_role("button", name="Fördela").click()
    expect(page.locator("main")).to_contain_text("Färre än fem svar, och därför inte med: Kaféet.")
    expect(page.get_by_role("row", name=re.compile("Summa"))).to_contain_text("100 000,00")
    sida.granska("kvalitetspeng")


def _komplettera(mobil: Sida, kommun: Kommun) -> None:
    page = mobil.logga_in(kommun.ulla).oppna("/")
    page.get_by_role("link", name=re.compile("^Komplettera")).click()
    page.get_by_role("textbox", name="Komplettering").fill("Det är en anställning, se avtalet.")
    mobil.granska("bonus-komplettera")
    page.get_by_role("button", name="Skicka kompletteringen").click()
    expect(page.locator("main")).to_contain_text("Kompletteringen är skickad.")
    expect(page.locator("main")).to_contain_text("Villkoren är uppfyllda.")
    mobil.granska("bonus-utforarens")


def test_a_claim_is_granted_and_taken_back_and_the_terms_are_changed(sida: Sida, mobil: Sida, kommun: Kommun) -> None:
    ansokan, fel = kommun.ansok(), kommun.ansok("V2", BOS, form="praktik")
    page = sida.logga_in(kommun.eva).oppna("/")
    expect(page.locator("main")).to_contain_text("Ansökningar om arbetsbonus att besluta om")
    _besluta(sida, page, ansokan, fel)
    kommun.faststall("2025-09")
    _aterkrav(sida, page, ansokan)
    rad = Ersattningsrad.objects.get(artikel="arbetsbonus")
    assert Aterkravsrad.objects.get().rad == rad
    assert Aterkravsprovning.objects.get().skal == ["slutade:2025-12-31:"]
    assert Anstallning.objects.get().till == date(2026, 1, 1)
    ny = _villkor(sida, page)
    assert (ny.belopp, ny.andel_vid_start, ny.fran) == (50000, 0, date(2026, 5, 1))
    for adress in (f"/bonusregler/{ny.pk}/ny-version/", f"/bonusregler/{ny.pk}/avsluta/", "/bonusutfall/"):
        sida.oppna(adress)
        sida.granska("bonus" + adress.replace("/", "-"))
    _kvalitetspeng(sida, page)
    _komplettera(mobil, kommun)
    assert Bonusansokan.objects.get(pk=fel.pk).status == "inskickad"
    mobil.logga_in(kommun.eva)
    for adress in (
        "/bonusansokningar/",
        f"/bonusansokningar/{fel.pk}/",
        f"/aterkrav/{rad.pk}/",
        "/bonusregler/",
        "/bonusutfall/",
    ):
        mobil.oppna(adress)
        mobil.granska("bonus-mobil" + adress.replace("/", "-"))
