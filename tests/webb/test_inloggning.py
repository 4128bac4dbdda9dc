"""Signing in as a person does it: password, code, reserve code, key; what stops it, and what ends it."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from config.inloggning.adapter import Kontoadapter
from grund.models import Anvandare, Handelse
from tests.webb.conftest import Granskning
from tests.webb.webblasare import LOSENORD, Sida

HEMLIGHET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def kod(hemlighet: str, om: int = 0) -> str:
    """What the app shows now, or `om` half minutes from now."""
    return format_hotp_value(hotp_value(hemlighet, int(time.time()) // 30 + om))


def logga_in(page: Page, namn: str, losenord: str = LOSENORD) -> None:
    page.get_by_label("Användarnamn").fill(namn)
    page.get_by_label("Lösenord").fill(losenord)
    page.get_by_role("button", name="Logga in", exact=True).click()


def satt_nyckel(sida: Sida) -> None:
    """A security key in the browser, which somebody unlocks when asked."""
    cdp = sida.context.new_cdp_session(sida.page)
    cdp.send("WebAuthn.enable")
    val = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": val})


def handlingar(namn: str) -> list[str]:
    return list(Handelse.objects.filter(objekt=f"anvandare:{namn}").order_by("pk").values_list("handling", flat=True))


def test_somebody_signs_in_and_out_and_both_are_written_down(utan_skript: Sida, klara: Anvandare) -> None:
    page = utan_skript.oppna("/prislistor/")
    logga_in(page, "klara")
    assert page.url.endswith("/prislistor/")
    page.get_by_text("Klara Lind").click()
    page.get_by_role("button", name="Logga ut").click()
    assert page.url.endswith("/logga-in/")
    assert handlingar("klara") == ["logga_in", "logga_ut"]
    assert Handelse.objects.get(handling="logga_in").text == "klara loggade in med lösenord."


def test_after_five_wrong_passwords_the_right_one_does_not_help(sida: Sida, klara: Anvandare) -> None:
    page = sida.oppna("/logga-in/")
    for _ in range(5):
        logga_in(page, "klara", "fel-losenord")
        expect(page.locator("#felsumma")).to_contain_text("stämmer inte")
    for _ in range(2):
        logga_in(page, "klara")
        expect(page.locator("#felsumma")).to_contain_text("För många försök. Vänta en kvart")
    sida.granska("logga-in-sparrad")
    assert handlingar("klara") == ["inloggning_misslyckad"] * 5 + ["inloggning_sparrad"]


def test_an_app_is_added_and_its_code_asked_for_at_the_next_sign_in(
    sida: Sida, klara: Anvandare, settings: Any
) -> None:
    settings.KRAV_MFA = True
    page = sida.oppna("/logga-in/")
    logga_in(page, "klara")
    assert page.url.endswith("/konto/")  # before anything else
    expect(page.get_by_text("Du behöver ett andra steg")).to_be_visible()
    assert sida.oppna("/korningar/").url.endswith("/konto/")
    sida.granska("konto-krav")
    page.get_by_role("link", name="Lägg till en app").click()
    hemlighet = page.locator("#nyckeltext").inner_text()
    sida.granska("konto-app")
    page.get_by_label("Kod", exact=True).fill("000000")
    page.get_by_role("button", name="Börja använda appen").click()
    expect(page.locator("#felsumma")).to_contain_text("Koden stämmer inte")
    assert page.locator("#nyckeltext").inner_text() == hemlighet
    page.get_by_label("Kod", exact=True).fill(kod(hemlighet))
    page.get_by_role("button", name="Börja använda appen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    assert page.locator(".reservkoder li").count() == 10
    sida.granska("konto-reservkoder")
    page.get_by_role("link", name="Till startsidan").click()
    assert page.url == f"{sida.adress}/"
    page.get_by_text("Klara Lind").click()
    page.get_by_role("button", name="Logga ut").click()
    logga_in(page, "klara")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bekräfta inloggningen")
    sida.granska("steg-2")
    page.get_by_label("Kod", exact=True).fill(kod(hemlighet, 1))
    page.get_by_role("button", name="Logga in", exact=True).click()
    assert page.url == f"{sida.adress}/"
    assert Handelse.objects.filter(handling="logga_in").last().text == "klara loggade in med lösenord och kod ur app."
    assert handlingar("klara") == ["logga_in", "ny_app", "logga_ut", "logga_in"]


def test_a_wrong_code_does_not_let_in_and_five_of_them_stop(utan_skript: Sida, klara: Anvandare) -> None:
    TOTP.activate(klara, HEMLIGHET)
    page = utan_skript.oppna("/logga-in/")
    logga_in(page, "klara")
    for _ in range(5):
        page.get_by_label("Kod", exact=True).fill("000000")
        page.get_by_role("button", name="Logga in", exact=True).click()
        expect(page.locator("#felsumma")).to_contain_text("Koden stämmer inte")
    page.get_by_label("Kod", exact=True).fill(kod(HEMLIGHET))
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.locator("#felsumma")).to_contain_text("För många försök")
    assert handlingar("klara") == ["inloggning_misslyckad"] * 5 + ["inloggning_sparrad"]
    page.get_by_role("button", name="Avbryt").click()
    expect(page.get_by_label("Användarnamn")).to_be_visible()


def test_a_reserve_code_lets_in_once(utan_skript: Sida, klara: Anvandare) -> None:
    TOTP.activate(klara, HEMLIGHET)
    page = utan_skript.oppna("/logga-in/")
    logga_in(page, "klara")
    page.get_by_label("Kod", exact=True).fill(kod(HEMLIGHET))
    page.get_by_role("button", name="Logga in", exact=True).click()
    utan_skript.oppna("/konto/reservkoder/nya/")
    page.get_by_role("button", name="Gör nya koder").click()
    reserv = page.locator(".reservkoder li").first.inner_text()
    for adress in ("/", "/logga-in/steg-2/"):
        utan_skript.context.clear_cookies()
        utan_skript.oppna("/logga-in/")
        logga_in(page, "klara")
        page.get_by_label("Kod", exact=True).fill(reserv)
        page.get_by_role("button", name="Logga in", exact=True).click()
        assert page.url == f"{utan_skript.adress}{adress}"
    assert "lösenord och reservkod" in Handelse.objects.filter(handling="logga_in").last().text


def test_a_key_is_added_and_signs_in_alone_and_as_the_second_step(sida: Sida, klara: Anvandare) -> None:
    satt_nyckel(sida)
    page = sida.oppna("/logga-in/")
    logga_in(page, "klara")
    sida.oppna("/konto/nycklar/ny/")
    sida.granska("konto-nyckel-ny")
    page.get_by_label("Namn på nyckeln").fill("Telefonen")
    page.get_by_text("Logga in utan lösenord", exact=True).click()
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    sida.oppna("/konto/nycklar/")
    expect(page.get_by_role("heading", level=2)).to_have_text("Telefonen")
    sida.granska("konto-nycklar")
    sida.oppna("/konto/")
    sida.granska("konto")
    sida.context.clear_cookies()
    sida.oppna("/logga-in/")
    page.get_by_role("button", name="Använd en säkerhetsnyckel i stället").click()
    page.wait_for_url(f"{sida.adress}/")
    sida.context.clear_cookies()
    sida.oppna("/logga-in/")
    logga_in(page, "klara")
    page.get_by_role("button", name="Använd en säkerhetsnyckel").click()
    page.wait_for_url(f"{sida.adress}/")
    texter = Handelse.objects.filter(handling="logga_in").order_by("pk").values_list("text", flat=True)
    assert [text.removeprefix("klara loggade in med ") for text in texter] == [
        "lösenord.",
        "säkerhetsnyckel.",
        "lösenord och säkerhetsnyckel.",
    ]
    assert not sida.anmarkningar


def test_a_key_is_not_begun_where_it_could_not_work(sida: Sida, klara: Anvandare) -> None:
    """A key belongs to a name: http://127.0.0.1 has none, and the page says where to go instead."""
    satt_nyckel(sida)
    namn, sida.adress = sida.adress, sida.adress.replace("localhost", "127.0.0.1")
    logga_in(sida.oppna("/logga-in/"), "klara")
    page = sida.oppna("/konto/nycklar/ny/")
    expect(page.get_by_text(f"Öppna systemet på {namn}/ och logga in där.")).to_be_visible()
    assert page.get_by_role("button", name="Lägg till").count() == 0
    sida.granska("konto-nyckel-utan-namn")


def test_a_key_that_cannot_be_used_is_told_on_the_page(sida: Sida, klara: Anvandare) -> None:
    satt_nyckel(sida)
    page = sida.oppna("/logga-in/")
    page.get_by_role("button", name="Använd en säkerhetsnyckel i stället").click()
    expect(page.get_by_text("Nyckeln kunde inte användas")).to_be_visible()
    sida.granska("logga-in-nyckelfel")


def test_the_last_second_step_stays_where_one_is_required(utan_skript: Sida, klara: Anvandare, settings: Any) -> None:
    TOTP.activate(klara, HEMLIGHET)
    settings.KRAV_MFA = True
    page = utan_skript.oppna("/logga-in/")
    logga_in(page, "klara")
    page.get_by_label("Kod", exact=True).fill(kod(HEMLIGHET))
    page.get_by_role("button", name="Logga in", exact=True).click()
    utan_skript.oppna("/konto/app/ta-bort/")
    expect(page.locator("#felsumma")).to_contain_text("Det är ditt enda sätt att bekräfta inloggningen")
    settings.KRAV_MFA = False
    utan_skript.oppna("/konto/app/ta-bort/")
    page.get_by_role("button", name="Ta bort appen").click()
    assert not Authenticator.objects.filter(user=klara).exists()
    assert handlingar("klara") == ["logga_in", "bort_app"]


def test_who_was_away_is_signed_out_told_so_and_comes_back_to_the_same_page(
    sida: Sida, klara: Anvandare, settings: Any
) -> None:
    page = sida.oppna("/logga-in/")
    logga_in(page, "klara")
    settings.INAKTIV_MINUTER = 0
    sida.oppna("/prislistor/")
    expect(page.get_by_text("Du har loggats ut: ingenting hände på 0 minuter.")).to_be_visible()
    sida.granska("logga-in-efter-vila")
    settings.INAKTIV_MINUTER = 30
    logga_in(page, "klara")
    assert page.url.endswith("/prislistor/")
    assert handlingar("klara") == ["logga_in", "logga_ut", "logga_in"]


def test_a_one_time_password_is_changed_before_anything_else(
    utan_skript: Sida, klara: Anvandare, settings: Any
) -> None:
    klara.engangslosenord_till = klara.date_joined.replace(year=2999)
    klara.save()
    page = utan_skript.oppna("/logga-in/")
    logga_in(page, "klara")
    assert page.url.endswith("/konto/losenord/")
    assert utan_skript.oppna("/korningar/").url.endswith("/konto/losenord/")
    utan_skript.anmarkningar.clear()  # an icon that the redirect cut off
    utan_skript.granska("konto-losenord")
    for nytt, igen, fel in [
        ("kort", "kort", "12 tecken"),
        ("581236749021", "581236749021", "enbart numeriskt"),
        (LOSENORD, LOSENORD, "det du redan har"),
        ("fyra hela vanliga ord", "fyra andra vanliga ord", "inte lika"),
    ]:
        page.get_by_label("Lösenordet du har nu").fill(LOSENORD)
        page.get_by_label("Nytt lösenord", exact=True).fill(nytt)
        page.get_by_label("Nytt lösenord igen").fill(igen)
        page.get_by_role("button", name="Byt lösenord").click()
        expect(page.locator("#felsumma")).to_contain_text(re.compile(fel))
    page.get_by_label("Lösenordet du har nu").fill(LOSENORD)
    page.get_by_label("Nytt lösenord", exact=True).fill("fyra hela vanliga ord")
    page.get_by_label("Nytt lösenord igen").fill("fyra hela vanliga ord")
    page.get_by_role("button", name="Byt lösenord").click()
    expect(page.get_by_text("Lösenordet är bytt.")).to_be_visible()
    assert utan_skript.oppna("/korningar/").url.endswith("/korningar/")
    assert handlingar("klara") == ["logga_in", "byt_losenord"]


@pytest.mark.parametrize(
    "adress", ["/konto/", "/konto/losenord/", "/konto/app/", "/konto/nycklar/", "/konto/nycklar/ny/"]
)
def test_the_pages_of_ones_own_account_stand_every_trial(
    adress: str, granska_overallt: Granskning, klara: Anvandare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kontoadapter, "is_reauthentication_required", lambda *_, **__: False)
    granska_overallt(adress, klara)


def test_what_is_delicate_asks_again_who_one_is(sida: Sida, mobil: Sida, klara: Anvandare) -> None:
    for flik in (sida, mobil):
        page = flik.logga_in(klara).oppna("/konto/app/")
        assert page.url.endswith("/konto/bekrafta/?next=%2Fkonto%2Fapp%2F")
        flik.granska()
    page = sida.page
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.locator("#felsumma")).to_contain_text("Lösenordet stämmer inte.")
    page.get_by_label("Lösenord").fill(LOSENORD)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lägg till en app som visar koder")
