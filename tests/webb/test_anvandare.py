"""The systemförvaltare's pages: adding users, their roles, shutting them out, helping those who have lost something."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, transaction
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.webb.conftest import Granskning
from tests.webb.webblasare import LOSENORD, Sida
from utforare.models import Enhet, Utforare


@pytest.fixture
def sara(live_server: LiveServer) -> Anvandare:
    roller = [Roll.SYSTEMFORVALTARE]
    return Anvandare.objects.create_user("sara", None, LOSENORD, first_name="Sara", last_name="Holm", roller=roller)


@pytest.fixture
def eken(live_server: LiveServer) -> Enhet:
    utforare = Utforare.objects.create(nyckel="U1", namn="Eken AB", organisationsnummer="5566002373", regi="privat")
    return Enhet.objects.create(nyckel="E1", utforare=utforare, namn="Eken", platser=6)


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


def test_a_utforare_is_given_an_enhet_and_the_start_says_so_before(
    sida: Sida, mobil: Sida, utan_skript: Sida, sara: Anvandare, eken: Enhet
) -> None:
    petra = Anvandare.objects.create_user("petra", first_name="Petra", last_name="Öhman", roller=[Roll.UTFORARE])
    page = mobil.logga_in(petra).oppna("/")
    expect(page.get_by_text("Be systemförvaltaren koppla dig till den enhet")).to_be_visible()
    mobil.granska("start-utan-enhet")
    page = utan_skript.logga_in(sara).oppna(f"/anvandare/{petra.pk}/")
    page.get_by_role("link", name="Enheter för petra").click()
    page.get_by_role("button", name="Ge enheten").click()
    expect(page.locator("#felsumma")).to_contain_text("Välj en enhet.")
    page.get_by_label("Enhet", exact=True).select_option(label="Eken AB: Eken")
    page.get_by_label("Från och med").fill("2026-01-01")
    page.get_by_role("button", name="Ge enheten").click()
    expect(page.get_by_text("petra rapporterar för Eken.")).to_be_visible()
    for flik in (sida, mobil):
        flik.logga_in(sara).oppna(f"/anvandare/{petra.pk}/enheter/")
        flik.granska("enheter")
    page = mobil.logga_in(petra).oppna("/")
    assert page.get_by_text("Du är inte kopplad").count() == 0
    page = utan_skript.oppna(f"/anvandare/{petra.pk}/enheter/")
    page.get_by_role("link", name="Ändra sista dag vid Eken").click()
    utan_skript.granska("enhetens-sista-dag")
    page.get_by_role("textbox", name="Sista dag").fill("2026-01-31")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Har slutat")).to_be_visible()


def test_who_sees_protected_persons_is_named_with_a_reason_and_loses_it_with_the_role(
    sida: Sida, mobil: Sida, utan_skript: Sida, sara: Anvandare, gustav: Anvandare
) -> None:
    page = utan_skript.logga_in(sara).oppna(f"/anvandare/{gustav.pk}/")
    page.get_by_role("link", name="Ändra om gustav får se skyddade personuppgifter").click()
    page.get_by_role("button", name="Låt se skyddade personuppgifter").click()
    expect(page.locator("#felsumma")).to_contain_text("Skriv ett skäl.")
    for flik in (sida, mobil):
        flik.logga_in(sara).oppna(f"/anvandare/{gustav.pk}/skyddade/")
        flik.granska("skyddade")
    page.get_by_label("Skäl").fill("Svarar för enhetens skyddade personer.")
    page.get_by_role("button", name="Låt se skyddade personuppgifter").click()
    text = "gustav får se skyddade personuppgifter. Skäl: Svarar för enhetens skyddade personer. Gjort av sara."
    expect(page.get_by_text(text)).to_be_visible()
    gustav.refresh_from_db()
    assert gustav.ser_skyddade
    page.get_by_text("Gruppchef", exact=True).click()
    page.get_by_text("Controller", exact=True).click()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("gustav får inte längre se skyddade personuppgifter.")).to_be_visible()
    gustav.refresh_from_db()
    assert not gustav.ser_skyddade


def test_nobody_names_themselves_or_one_who_meets_no_names(sara: Anvandare, klara: Anvandare) -> None:
    sara.roller = [Roll.SYSTEMFORVALTARE, Roll.HANDLAGGARE]
    sara.save()
    klient = Client()
    klient.force_login(sara)
    for vem, svar in ((sara, "Du kan inte ge dig själv det"), (klara, "Bara den som möter personer med namn")):
        adress = f"/anvandare/{vem.pk}/skyddade/"
        assert svar in klient.get(adress).content.decode()
        klient.post(adress, {"ser": "ja", "skal": "Det behövs i arbetet."})
        vem.refresh_from_db()
        assert not vem.ser_skyddade
    assert not Handelse.objects.filter(handling="far_se_skyddade").exists()
    with pytest.raises(IntegrityError, match="anvandare_skyddade_kraver_roll"), transaction.atomic():
        Anvandare.objects.filter(pk=klara.pk).update(ser_skyddade=True)


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
