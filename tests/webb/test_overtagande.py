"""In a browser: somebody has begun a nivåbedömning and left, and another goes on with it or ends it."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from beslut.actions.nivaarende import borja_bedomning
from beslut.actions.tilldelning import tilldela
from beslut.models import Lasning, Nivaarende, Person
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.kedja import direkt
from tests.niva.hus import anvandare, instrument_i_bruk, klockan
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Verkstallighet

PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
IDAG, FRAN = date(2025, 6, 3), date(2025, 4, 1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kommunen(settings: object, live_server: object) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    direkt.las_in(PAKET)
    instrument_i_bruk("LSS-9", "LSS-10", fran=date(2025, 1, 1))


@pytest.fixture
def anna(kommunen: None) -> Person:
    return Person.objects.get(nyckel="P1")


@pytest.fixture
def maria(anna: Person) -> Anvandare:
    maria = anvandare("maria", Roll.HANDLAGGARE, fornamn="Maria", efternamn="Lindqvist")
    tilldela(person=anna, handlaggare=maria, fran=FRAN, av=None)
    return maria


@pytest.fixture
def utkast(anna: Person) -> Nivaarende:
    """jonas has begun it, and his account is closed."""
    jonas = anvandare("jonas", Roll.HANDLAGGARE, fornamn="Jonas", efternamn="Wik")
    arende = borja_bedomning(person=anna, insats="LSS-9", av=jonas, nu=klockan(IDAG), idag=IDAG)
    Anvandare.objects.filter(pk=jonas.pk).update(is_active=False)
    return arende


@pytest.fixture
def gustav(kommunen: None) -> Anvandare:
    return anvandare("gustav", Roll.GRUPPCHEF)


@pytest.fixture
def eva(kommunen: None) -> Anvandare:
    return anvandare("eva", Roll.AVTALSSAMORDNARE, fornamn="Eva", efternamn="Sandström")


def _valj(page: Page, text: str) -> None:
    page.locator("label.radio-button__label").filter(has_text=text).click()


def test_a_handlaggare_goes_on_with_what_another_left(
    utan_skript: Sida, mobil: Sida, maria: Anvandare, utkast: Nivaarende
) -> None:
    page = mobil.logga_in(maria).oppna("/")
    assert "Nivåbedömningar vars bedömare har slutat" in page.locator("main").inner_text()
    mobil.granska("start-utan-bedomare")
    page = mobil.oppna("/nivabedomningar/mina/")
    expect(page.get_by_text("kontot är avstängt")).to_be_visible()
    mobil.granska("niva-hos-andra")
    page = utan_skript.logga_in(maria).oppna(f"/personer/{utkast.person_id}/nivabedomning/")
    utan_skript.granska("niva-ny-upptagen")
    page.get_by_role("link", name="Ta över bedömningen").click()
    utan_skript.granska("niva-ta-over")
    page.get_by_role("button", name="Ta över").click()
    expect(page.locator("#felsumma")).to_contain_text("Skriv varför.")
    page.get_by_label("Varför?").fill("Jonas har slutat.")
    page.get_by_role("button", name="Ta över").click()
    expect(page.get_by_text("Du har tagit över bedömningen.")).to_be_visible()
    utkast.refresh_from_db()
    assert utkast.bedomare == maria


def test_a_gruppchef_throws_it_away_or_goes_on(
    granska_overallt: Granskning, sida: Sida, gustav: Anvandare, utkast: Nivaarende
) -> None:
    granska_overallt(f"/nivabedomningar/arende/{utkast.pk}/ta-over/", gustav, namn="niva-ta-over-chef")
    page = sida.oppna("/nivabedomningar/mina/")
    page.get_by_role("link", name="Ta över").click()
    _valj(page, "Kasta utkastet")
    page.get_by_label("Varför?").fill("Personen har flyttat.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Utkastet är kastat.")).to_be_visible()
    assert not Nivaarende.objects.exists()


def test_an_avtalssamordnare_ends_what_is_left_lying_and_sees_nothing_of_it(
    granska_overallt: Granskning, sida: Sida, eva: Anvandare, utkast: Nivaarende
) -> None:
    utkast.svar.update(svar=3, skal="En hemlig tanke.")
    adress = f"/nivabedomningar/prova/{utkast.pk}/avsluta/"
    granska_overallt("/nivabedomningar/", eva, namn="nivalista-hos-andra")
    granska_overallt(adress, eva, namn="niva-avsluta")
    assert "hemlig" not in sida.oppna(adress).content()
    sida.page.get_by_label("Varför?").fill("Har legat i ett halvår.")
    sida.page.get_by_role("button", name="Kasta utkastet").click()
    expect(sida.page.get_by_text("Utkastet är kastat.")).to_be_visible()
    assert Lasning.objects.filter(anvandare=eva, sida="nivåbedömning, avslut").exists()


def test_a_handlaggare_of_other_persons_and_another_utforare_may_not(utkast: Nivaarende) -> None:
    annan, petra = anvandare("annan", Roll.HANDLAGGARE), anvandare("petra", Roll.UTFORARE)
    verk = Verkstallighet.objects.filter(beslut__person=utkast.person_id, beslut__insats="LSS-9")[0]
    satt_enheter(anvandare=petra, enheter=[verk.enhet], av=None)
    klient = Client()
    for vem, rymd, kod in ((annan, "nivabedomningar/arende", 403), (petra, "enheter/nivabedomningar", 302)):
        klient.force_login(vem)
        data = {"skal": "Jag vill ha den.", "version": utkast.version}
        assert klient.post(f"/{rymd}/{utkast.pk}/ta-over/", data).status_code == kod
    utkast.refresh_from_db()
    assert utkast.bedomare.username == "jonas"
