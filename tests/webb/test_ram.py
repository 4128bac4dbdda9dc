"""The frame of every page: signing in, errors, the gallery of components; by keyboard, on a phone, without scripts."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect

from grund.models import Anvandare
from tests.webb.conftest import Granskning
from tests.webb.webblasare import LOSENORD, Sida


def _i_fokus(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.innerText || document.activeElement.id"))


def test_the_login_page_stands_every_trial(granska_overallt: Granskning) -> None:
    granska_overallt("/logga-in/")


def test_the_gallery_of_components_stands_every_trial(granska_overallt: Granskning) -> None:
    granska_overallt("/komponenter/")


def test_a_page_that_is_not_there_stands_every_trial(granska_overallt: Granskning) -> None:
    granska_overallt("/finns-inte/", status=404)


def test_a_refusal_says_why_and_stands_every_trial(granska_overallt: Granskning, live_server: object) -> None:
    ingen = Anvandare.objects.create_user("nisse", roller=[])
    granska_overallt("/", ingen, status=403)
    svar = Client()
    svar.force_login(ingen)
    assert "Ditt konto har ingen roll" in svar.get("/").content.decode()


def test_the_keyboard_is_enough_to_sign_in(sida: Sida, klara: Anvandare) -> None:
    page = sida.oppna("/logga-in/")
    page.keyboard.press("Tab")
    assert _i_fokus(page) == "Gå direkt till innehåll"
    expect(page.get_by_role("link", name="Gå direkt till innehåll")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#innehall")
    page.keyboard.press("Tab")
    assert _i_fokus(page) == "id_login"
    page.keyboard.type("klara")
    page.keyboard.press("Tab")
    page.keyboard.type(LOSENORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
    assert Session.objects.count() == 1


@pytest.mark.parametrize("falt", ["id_login", "id_password"])
def test_what_has_the_focus_is_seen(sida: Sida, falt: str) -> None:
    page = sida.oppna("/logga-in/")
    page.locator(f"#{falt}").focus()
    assert page.locator(f"#{falt}").evaluate("ett => getComputedStyle(ett).outlineWidth") == "3px"


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(sida: Sida, klara: Anvandare) -> None:
    svar = []
    for namn in ("klara", "finns-inte"):
        page = sida.oppna("/logga-in/")
        page.get_by_label("Användarnamn").fill(namn)
        page.get_by_label("Lösenord").fill("fel-losenord")
        page.get_by_role("button", name="Logga in").click()
        svar.append(page.locator("#felsumma").inner_text())
        assert page.locator("#felsumma").evaluate("ett => ett === document.activeElement")
        sida.granska("logga-in-fel")
    assert svar[0] == svar[1]
    assert "Användarnamnet eller lösenordet stämmer inte." in svar[0]


def test_the_summary_of_a_form_leads_to_the_field(utan_skript: Sida) -> None:
    page = utan_skript.oppna("/logga-in/")
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("link", name="Lösenord: Skriv ditt lösenord.").click()
    falt = page.get_by_label("Lösenord")
    assert page.url.endswith(f"#{falt.get_attribute('id')}")
    assert falt.get_attribute("aria-invalid") == "true"
    fel = page.locator(f"#{falt.get_attribute('aria-describedby')}")
    assert fel.inner_text().strip() == "Skriv ditt lösenord."


def test_signing_out_takes_a_post_and_works_without_scripts(utan_skript: Sida, klara: Anvandare) -> None:
    page = utan_skript.logga_in(klara).oppna("/")
    assert Client().get("/logga-ut/").status_code == 405
    page.get_by_text("Klara Lind").click()
    page.get_by_role("button", name="Logga ut").click()
    assert page.url.endswith("/logga-in/")
    assert Session.objects.count() == 0


def test_the_session_ends_with_the_browser_and_is_out_of_reach_of_scripts(klara: Anvandare) -> None:
    svar = Client().post("/logga-in/", {"login": "klara", "password": LOSENORD})
    kaka = svar.cookies["sessionid"]
    assert (kaka["httponly"], kaka["samesite"], kaka["max-age"]) == (True, "Lax", "")
    assert svar["Location"] == "/"


def test_nobody_is_sent_to_another_site_after_signing_in(klara: Anvandare) -> None:
    svar = Client().post("/logga-in/", {"login": "klara", "password": LOSENORD, "next": "https://ond.example/"})
    assert svar["Location"] == "/"


def test_a_forged_post_is_refused_with_advice(klara: Anvandare) -> None:
    svar = Client(enforce_csrf_checks=True).post("/logga-ut/")
    assert svar.status_code == 403
    assert "Gå tillbaka, ladda om sidan och försök igen" in svar.content.decode()


def test_a_group_of_the_menu_opens_by_keyboard_without_scripts_and_on_a_phone(
    utan_skript: Sida, mobil: Sida, sida: Sida, gustav: Anvandare
) -> None:
    page = utan_skript.logga_in(gustav).oppna("/")
    grupp = page.get_by_role("navigation", name="Huvudmeny").locator("summary").filter(has_text="Uppföljning")
    grupp.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rapporter/")
    assert grupp.get_attribute("aria-current") == "true"
    for flik in (mobil, sida):
        page = flik.logga_in(gustav).oppna("/rapporter/")
        meny = page.get_by_role("navigation", name="Huvudmeny")
        meny.locator("summary").filter(has_text="Ersättning").click()
        expect(meny.get_by_role("link", name="Körningar")).to_be_in_viewport()
        meny.locator("summary").filter(has_text="Uppföljning").click()
        expect(meny.locator("a[aria-current=page]")).to_have_text("Rapporter")
        expect(meny.get_by_role("link", name="Körningar")).to_be_hidden()  # one is open at a time
        flik.granska("meny-oppen")
