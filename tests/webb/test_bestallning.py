"""From order to verkställighet in a browser: maria orders, petra accepts and begins, and the beslut waits no more."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from beslut.models import Beslut, Lasning
from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from tests.webb.conftest import Granskning
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_marias_cecilia
from tests.webb.webblasare import Sida
from utforare.actions import bestallning as actions
from utforare.actions import slut, verkstallande
from utforare.bestallningsregler import Bestallningsstatus
from utforare.models import Bestallning, Enhet, Erbjudande, Slutanmalan, Verkstallighet
from utforare.regler import Slutorsak

IDAG = date(2026, 6, 3)
NU = datetime(2026, 6, 3, 10, tzinfo=STOCKHOLM)
SPAR = Spar(None, "prova", "prov:1", "Ett prov.")

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
def beslut(varld: Varld) -> Beslut:
    return Beslut.objects.get(nyckel="B-NY")


def _bestallning(beslut: Beslut, maria: Anvandare, start: date = IDAG) -> Bestallning:
    """An order to Eken, sent by maria who has read that the level is missing."""
    vad = {
        "beslut": beslut,
        "enhet": Enhet.objects.select_related("utforare").get(nyckel="E-EGEN"),
        "onskad_start": start,
        "omfattning": "heltid",
        "av": maria,
        "nu": NU,
    }
    try:
        return actions.bestall(**vad)
    except actions.Olast as olast:
        return actions.bestall(**vad, lasta=olast.orsaker)


def _vantar(page: Page) -> bool:
    return "Cecilia Ask" in page.locator("main").inner_text()


def test_maria_orders_petra_accepts_and_begins_and_the_beslut_waits_no_more(
    utan_skript: Sida, mobil: Sida, sida: Sida, maria: Anvandare, petra: Anvandare
) -> None:
    """maria without scripts, petra on a phone."""
    page = utan_skript.logga_in(maria).oppna("/")
    assert _vantar(page)
    page.get_by_role("link", name=re.compile(r"Beställ\s*, Cecilia Ask")).click()
    page.get_by_text("Eken", exact=True).click()
    page.get_by_label("Omfattning").select_option("heltid")
    page.get_by_role("button", name="Skicka beställningen").click()
    expect(page.locator("#tank-pa")).to_be_focused()
    assert "ingen godkänd nivåbedömning" in page.locator("#tank-pa").inner_text()
    utan_skript.granska("bestall-varning")
    assert not Bestallning.objects.exists()
    page.get_by_role("button", name="Skicka beställningen").click()
    expect(page.locator("#felsumma")).to_be_focused()
    assert "kryssa i att du har läst det" in page.locator("#felsumma").inner_text()
    page.locator("label[for=id_last]").click()
    page.get_by_role("button", name="Skicka beställningen").click()
    assert "är skickad till Eken" in page.locator("main").inner_text()
    utan_skript.granska("bestallning-skickad")

    page = mobil.logga_in(petra).oppna("/")
    assert "Cecilia" not in page.content()
    page.get_by_role("link", name=re.compile(r"Svara\s*, Person född 1993")).click()
    assert "Cecilia" not in page.content()
    page.get_by_role("button", name="Acceptera beställningen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Cecilia Ask"
    mobil.granska("inkommen-accepterad")
    page.get_by_role("button", name="Registrera start").click()
    assert "Beslutet är verkställt" in page.locator("main").inner_text()
    page.get_by_role("link", name="Öppna brukarens sida").click()
    mobil.granska("brukare-ny")

    verk = Verkstallighet.objects.get(beslut__nyckel="B-NY")
    assert (verk.fran, verk.omfattning) == (IDAG, "heltid")
    assert not _vantar(sida.logga_in(maria).oppna("/"))


def test_an_order_with_faults_says_what_to_mend_and_keeps_what_was_written(
    sida: Sida, maria: Anvandare, beslut: Beslut
) -> None:
    page = sida.logga_in(maria).oppna(f"/beslut/{beslut.pk}/bestall/")
    page.get_by_label("Meddelande").fill("Helst förmiddagar.")
    page.get_by_label("Antal", exact=True).fill("3")
    page.get_by_role("button", name="Skicka beställningen").click()
    expect(page.locator("#felsumma")).to_be_focused()
    summa = page.locator("#felsumma").inner_text()
    assert "Välj en enhet" in summa
    assert "Välj vad antalet gäller" in summa
    assert page.get_by_label("Meddelande").input_value() == "Helst förmiddagar."
    sida.granska("bestall-fel")


def test_the_enheter_follow_the_wished_day(sida: Sida, maria: Anvandare, beslut: Beslut) -> None:
    registrera(rader={"avtal": [lagrad_rad("avtal", "A1") | {"till": "2026-06-30"}]}, spar=SPAR)
    page = sida.logga_in(maria).oppna(f"/beslut/{beslut.pk}/bestall/")
    assert page.locator(".enhetsval tbody tr").count() == 2
    page.get_by_label("Önskad start").fill("2026-07-01")
    page.get_by_role("button", name="Visa enheter för dagen").click()
    assert page.locator(".enhetsval tbody tr").count() == 1
    page.get_by_text("Utförare som inte kan utföra insatsen").click()
    assert "Avtalet gick ut 30 juni 2026" in page.locator("main").inner_text().replace("\xa0", " ")


def test_an_enhet_is_chosen_with_the_keyboard_alone(sida: Sida, maria: Anvandare, beslut: Beslut) -> None:
    page = sida.logga_in(maria).oppna(f"/beslut/{beslut.pk}/bestall/")
    page.get_by_label("Önskad start").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "enhet":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=enhet]").nth(1).is_checked()


def test_an_offer_an_answer_and_a_reason_are_noted(sida: Sida, maria: Anvandare, beslut: Beslut) -> None:
    page = sida.logga_in(maria).oppna(f"/beslut/{beslut.pk}/utforande/")
    page.get_by_role("link", name="Anteckna ett erbjudande").click()
    page.get_by_label("Vad personen erbjöds").fill("Plats på Eken")
    page.get_by_role("button", name="Spara erbjudandet").click()
    page.get_by_role("link", name="Registrera svar").first.click()
    page.get_by_text("Tackat nej", exact=True).click()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator("#felsumma")).to_be_focused()
    assert "Skriv varför personen tackade nej." in page.locator("#felsumma").inner_text()
    page.get_by_label("Skäl").fill("För långt att åka.")
    page.get_by_role("button", name="Spara svaret").click()
    page.get_by_role("link", name="Skriv orsak").click()
    page.get_by_label("Orsak").select_option("tackat_nej")
    page.get_by_label("Skälen i korthet").fill("Tackade nej till Eken.")
    page.get_by_role("button", name="Spara orsaken").click()
    text = page.locator("main").inner_text()
    assert "Tackat nej 3 juni 2026: För långt att åka." in text.replace("\xa0", " ")
    assert "Personen har tackat nej till erbjudande. Tackade nej till Eken." in text
    assert "Tre månader går ut 12 juni 2026" in text.replace("\xa0", " ")
    sida.granska("utforande")


def test_petra_reports_an_end_and_maria_confirms_it(
    sida: Sida, mobil: Sida, maria: Anvandare, petra: Anvandare
) -> None:
    verk = Verkstallighet.objects.get(nyckel="V-EGEN")
    page = mobil.logga_in(petra).oppna(f"/brukare/{verk.pk}/slut/")
    page.get_by_label("Slutorsak").select_option("flytt")
    page.get_by_role("button", name="Anmäl slut").click()
    assert "väntar på att handläggaren bekräftar" in page.locator("main").inner_text()
    page = sida.logga_in(maria).oppna("/")
    page.get_by_role("link", name="Bekräfta slutet").click()
    sida.granska("avsluta")
    page.get_by_role("button", name="Bekräfta slutet").click()
    assert "Insatsen är avslutad." in page.locator("main").inner_text()
    verk.refresh_from_db()
    assert verk.till == date(2026, 6, 4)


def test_a_second_answer_is_refused_on_the_page_with_what_the_first_said(
    sida: Sida, maria: Anvandare, petra: Anvandare, beslut: Beslut
) -> None:
    ett = _bestallning(beslut, maria)
    page = sida.logga_in(petra).oppna(f"/inkomna/{ett.pk}/")
    actions.avboj(bestallning=ett, orsak="Ingen plats.", av=petra, nu=NU)
    page.get_by_role("button", name="Acceptera beställningen").click()
    assert "Beställningen är redan avböjd" in page.locator("main").inner_text()
    assert Bestallning.objects.get().status == Bestallningsstatus.AVBOJD


def test_every_page_stands_in_every_browser(
    granska_overallt: Granskning, maria: Anvandare, petra: Anvandare, beslut: Beslut
) -> None:
    ett = _bestallning(beslut, maria)
    erbjudande = verkstallande.erbjud(beslut=beslut, datum=IDAG, vad="Plats på Eken", av=maria, nu=NU)
    verk = Verkstallighet.objects.get(nyckel="V-EGEN")
    slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, text="Flyttar.", av=petra, nu=NU)
    enhet = Enhet.objects.get(nyckel="E-EGEN")
    for adress in (
        "/",
        "/bestallningar/",
        f"/bestallningar/{ett.pk}/",
        f"/beslut/{beslut.pk}/utforande/",
        f"/beslut/{beslut.pk}/bestall/",
        f"/beslut/{beslut.pk}/erbjudande/",
        f"/beslut/{beslut.pk}/orsak/",
        f"/erbjudanden/{erbjudande.pk}/",
        f"/verkstalligheter/{verk.pk}/avsluta/",
        "/att-gora/ej-verkstallda/",
        "/att-gora/utgangna/",
    ):
        granska_overallt(adress, maria, namn=f"maria{adress.replace('/', '-')}")
    for adress in (
        "/",
        f"/inkomna/{ett.pk}/",
        f"/inkomna/enhet/{enhet.pk}/",
        f"/brukare/enhet/{enhet.pk}/",
        f"/brukare/{verk.pk}/",
        f"/brukare/{verk.pk}/slut/",
    ):
        granska_overallt(adress, petra, namn=f"petra{adress.replace('/', '-')}")
    assert Erbjudande.objects.count() == 1
    assert Slutanmalan.objects.count() == 1


def _som(vem: Anvandare) -> Client:
    klient = Client()
    klient.force_login(vem)
    return klient


def test_the_name_is_shown_to_the_enhet_only_when_it_has_said_yes(
    maria: Anvandare, petra: Anvandare, beslut: Beslut
) -> None:
    ett = _bestallning(beslut, maria)
    enhet = Enhet.objects.get(nyckel="E-EGEN").pk
    sidor = (f"/inkomna/{ett.pk}/", f"/inkomna/enhet/{enhet}/", "/")
    for adress in sidor:
        svar = _som(petra).get(adress).content.decode()
        assert "Cecilia" not in svar, adress
        assert "19930505" not in svar, adress
    actions.acceptera(bestallning=ett, start=IDAG, plats="", av=petra, nu=NU)
    for adress in sidor:
        assert "Cecilia Ask" in _som(petra).get(adress).content.decode(), adress


def test_an_order_that_was_declined_or_taken_back_never_shows_the_name(
    maria: Anvandare, petra: Anvandare, beslut: Beslut
) -> None:
    ett = _bestallning(beslut, maria)
    actions.acceptera(bestallning=ett, start=IDAG, plats="", av=petra, nu=NU)
    actions.aterkalla(bestallning=ett, orsak="Ändrat sig.", av=maria, nu=NU)
    assert "Cecilia" not in _som(petra).get(f"/inkomna/{ett.pk}/").content.decode()


def test_an_avslag_or_an_ended_beslut_has_nothing_to_order(maria: Anvandare, varld: Varld) -> None:
    ut = Beslut.objects.get(nyckel="B-UT")
    svar = _som(maria).get(f"/beslut/{ut.pk}/bestall/").content.decode()
    assert "Beslutet gällde till och med 30\xa0april 2026" in svar
    assert "Skicka beställningen" not in svar


def test_a_post_that_is_sent_again_changes_nothing(maria: Anvandare, petra: Anvandare, beslut: Beslut) -> None:
    ett = _bestallning(beslut, maria)
    klient = _som(petra)
    data = {"gor": "acceptera", "start": "2026-06-03", "plats": ""}
    assert klient.post(f"/inkomna/{ett.pk}/", data).status_code == 302
    assert "redan accepterad" in klient.post(f"/inkomna/{ett.pk}/", data).content.decode()
    assert klient.post(f"/inkomna/{ett.pk}/", {"gor": "borja", "start": "2026-06-03"}).status_code == 302
    assert klient.post(f"/inkomna/{ett.pk}/", {"gor": "borja", "start": "2026-06-03"}).status_code == 200
    assert Verkstallighet.objects.filter(beslut=beslut).count() == 1


def test_who_opens_an_order_is_logged(maria: Anvandare, petra: Anvandare, beslut: Beslut) -> None:
    ett = _bestallning(beslut, maria)
    _som(petra).get(f"/inkomna/{ett.pk}/")
    (rad,) = Lasning.objects.all()
    assert (rad.anvandare, rad.person.nyckel, rad.sida) == (petra, "P-NY", "beställning")


def test_a_list_of_something_else_is_not_there(maria: Anvandare) -> None:
    assert _som(maria).get("/att-gora/annat/").status_code == 404


def test_a_utforare_without_enheter_is_told_what_to_do(varld: Varld) -> None:
    ny = Anvandare.objects.create_user("ny", roller=[Roll.UTFORARE])
    for adress in ("/inkomna/", "/brukare/"):
        assert "inte kopplad till någon enhet" in _som(ny).get(adress).content.decode()
