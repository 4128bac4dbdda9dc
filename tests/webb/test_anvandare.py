"""The systemförvaltare's pages: adding users, their roles, shutting them out, helping those who have lost something."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.webb.conftest import Granskning
from tests.webb.webblasare import LOSENORD, Sida


@pytest.fixture
def sara(live_server: LiveServer) -> Anvandare:
    roller = [Roll.SYSTEMFORVALTARE]
    return Anvandare.objects.create_user("sara", None, LOSENORD, first_name="Sara", last_name="Holm", roller=roller)


def test_the_pages_of_users_stand_every_trial(
    granska_overallt: Granskning, sara: Anvandare, klara: Anvandare, gustav: Anvandare
) -> None:
    gustav.is_active = False
    gustav.save()
    for adress in ("/anvandare/", "/anvandare/ny/", f"/anvandare/{klara.pk}/", f"/anvandare/{sara.pk}/"):
        granska_overallt(adress, sara, namn=re.sub(r"\W+", "-", adress).strip("-"))


def test_users_stand_in_swedish_order(sida: Sida, sara: Anvandare, klara: Anvandare) -> None:
    for namn, efternamn in (("o", "Öst"), ("a", "Ård"), ("z", "Zetterlund")):
        Anvandare.objects.create_user(namn, first_name="X", last_name=efternamn, roller=[])
    page = sida.logga_in(sara).oppna("/anvandare/")
    namn = page.locator("tbody th").all_inner_texts()
    assert namn == ["Holm, Sara", "Lind, Klara", "Zetterlund, X", "Ård, X", "Öst, X"]


def test_a_user_is_added_and_signs_in_with_the_password_that_is_shown_once(utan_skript: Sida, sara: Anvandare) -> None:
    page = utan_skript.logga_in(sara).oppna("/anvandare/ny/")
    page.get_by_role("button", name="Lägg upp").click()
    expect(page.locator("#felsumma")).to_contain_text("Roller: Välj minst en roll.")
    page.get_by_label("Användarnamn").fill("nils")
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_label("Efternamn").fill("Ny")
    page.get_by_text("Controller", exact=True).click()
    page.get_by_text("Revisor", exact=True).click()
    page.get_by_role("button", name="Lägg upp").click()
    losenord = page.locator(".engangslosenord").inner_text()
    utan_skript.granska("engangslosenord")
    page.get_by_role("link", name="Till användaren").click()
    assert losenord not in page.content()
    expect(page.get_by_text("Användaren nils lades upp som controller och revisor. Gjort av sara.")).to_be_visible()
    ny = Client()
    svar = ny.post("/logga-in/", {"login": "nils", "password": losenord}, follow=True)
    assert svar.redirect_chain[-1][0] == "/konto/losenord/"
    assert losenord not in "".join(Handelse.objects.values_list("text", flat=True))


def test_a_taken_name_is_told_beside_the_field(sida: Sida, sara: Anvandare, klara: Anvandare) -> None:
    page = sida.logga_in(sara).oppna("/anvandare/ny/")
    page.get_by_label("Användarnamn").fill("klara")
    page.get_by_label("Förnamn").fill("Klara")
    page.get_by_label("Efternamn").fill("Annan")
    page.get_by_text("Revisor", exact=True).click()
    page.get_by_role("button", name="Lägg upp").click()
    expect(page.locator("#id_namn_error")).to_contain_text("finns redan")
    sida.granska("ny-anvandare-fel")


def test_a_role_that_is_taken_away_is_gone_at_the_next_page(
    utan_skript: Sida, sara: Anvandare, klara: Anvandare
) -> None:
    klaras = Client()
    klaras.force_login(klara)
    assert klaras.get("/korningar/").status_code == 200
    page = utan_skript.logga_in(sara).oppna(f"/anvandare/{klara.pk}/")
    page.get_by_text("Controller", exact=True).click()
    page.get_by_text("Nämndsekreterare", exact=True).click()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("klara fick nämndsekreterare och miste controller. Gjort av sara.")).to_be_visible()
    assert klaras.get("/korningar/").status_code == 403


def test_who_is_shut_out_is_out_at_once_and_not_back_with_the_old_session(
    utan_skript: Sida, sara: Anvandare, klara: Anvandare
) -> None:
    klaras = Client()
    klaras.force_login(klara)
    page = utan_skript.logga_in(sara).oppna(f"/anvandare/{klara.pk}/")
    page.get_by_role("button", name="Stäng av").click()
    expect(page.get_by_text("Användaren är avstängd och utloggad.")).to_be_visible()
    assert klaras.get("/korningar/").status_code == 302
    page.get_by_role("button", name="Släpp in igen").click()
    assert klaras.get("/korningar/").status_code == 302
    assert Client().post("/logga-in/", {"login": "klara", "password": LOSENORD})["Location"] == "/"


def test_who_has_lost_the_telephone_gets_in_without_it(utan_skript: Sida, sara: Anvandare, klara: Anvandare) -> None:
    TOTP.activate(klara, "JBSWY3DPEHPK3PXP")
    klaras = Client()
    klaras.force_login(klara)
    page = utan_skript.logga_in(sara).oppna(f"/anvandare/{klara.pk}/")
    page.get_by_role("button", name="Ta bort koder och nycklar").click()
    assert not Authenticator.objects.exists()
    assert klaras.get("/korningar/").status_code == 302
    page.get_by_role("button", name="Nytt engångslösenord").click()
    nytt = page.locator(".engangslosenord").inner_text()
    assert Client().post("/logga-in/", {"login": "klara", "password": LOSENORD}).status_code == 200
    assert Client().post("/logga-in/", {"login": "klara", "password": nytt})["Location"] == "/"


def test_nobody_changes_their_own_access(utan_skript: Sida, sara: Anvandare) -> None:
    page = utan_skript.logga_in(sara).oppna(f"/anvandare/{sara.pk}/")
    for knapp in ("Stäng av", "Ta bort koder och nycklar", "Nytt engångslösenord"):
        assert page.get_by_role("button", name=knapp).count() == 0
    page.get_by_text("Controller", exact=True).click()
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#felsumma")).to_contain_text("Du kan inte ändra dina egna roller.")
    klient = Client()
    klient.force_login(sara)
    for vad in ("stang-av", "inloggning", "losenord"):
        svar = klient.post(f"/anvandare/{sara.pk}/{vad}/", follow=True).content.decode()
        assert "dig själv" in svar or "Ditt konto" in svar
    sara.refresh_from_db()
    assert (sara.is_active, sara.roller, sara.sessionsomgang) == (True, [Roll.SYSTEMFORVALTARE], 0)
