"""The utförare's journey in a browser: the grid by keyboard, without contact, without scripts, on a phone; a visit that
becomes bomtid; the month's signature; what they are paid for; a claim for arbetsbonus."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ersattning.models import Bonusansokan
from grund.models import Anvandare
from tests.rapportering.conftest import PAKET, Omsorg
from tests.rapportering.conftest import bygg as bygg_omsorg
from tests.webb.conftest import Granskning
from tests.webb.varld_rapport import pdf
from tests.webb.webblasare import Sida
from utforare.models import Besok, Narvaro, SenAndring, Signering

pytestmark = pytest.mark.django_db(transaction=True)
assert PAKET


@pytest.fixture
def omsorg(live_server: LiveServer, tmp_path: Path, settings: object) -> Omsorg:
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    return bygg_omsorg(tmp_path)


@pytest.fixture
def rutnat(omsorg: Omsorg) -> str:
    return f"/narvaro/{omsorg.enhet().pk}/2026-05/"


def _cell(page: Page, omsorg: Omsorg, verk: str, dag: str) -> str:
    return f"#d-{omsorg.verk(verk).pk}-{dag}"


def _sparat(page: Page) -> None:
    expect(page.locator("[data-lage]")).to_contain_text("Allt är sparat")


def _lagrat(verk: str, manad: int = 5) -> dict[int, tuple[str, str, str]]:
    rader = Narvaro.objects.filter(verkstallighet__nyckel=verk, datum__month=manad)
    return {rad.datum.day: (rad.kod, rad.omfattning, rad.orsak) for rad in rader}


def test_the_grid_is_filled_in_with_the_keyboard_alone(sida: Sida, omsorg: Omsorg, rutnat: str) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(rutnat)
    page.locator(_cell(page, omsorg, "V1", "2026-05-04")).focus()
    for tangent in ("h", "d", "s", "f", "p"):  # Monday, Tuesday, Wednesday; f and p are one cell
        page.keyboard.press(tangent)
    expect(page.locator(":focus")).to_have_attribute("name", re.compile("2026-05-08"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile("Bo Gran, fredag 8"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    page.keyboard.press("End")
    expect(page.locator(":focus")).to_have_attribute("name", re.compile("2026-05-29"))
    _sparat(page)
    assert _lagrat("V1") == {4: ("N", "", ""), 5: ("N", "halvtid", ""), 6: ("F", "", "sjuk")}
    rad = page.locator("tr", has=page.get_by_role("rowheader", name="Anna Ek"))
    assert [rad.locator(f"[data-summa={ett}]").inner_text() for ett in ("hel", "del", "fran")] == ["1", "1", "1"]
    sida.granska("narvaro")


def test_a_week_is_filled_as_planned_and_minutes_are_typed(sida: Sida, omsorg: Omsorg, rutnat: str) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(rutnat)
    page.get_by_role("button", name="Fyll tomma dagar i vecka 19 som planerat").click()
    _sparat(page)
    assert sorted(_lagrat("V1")) == [4, 5, 6, 7, 8]
    assert sorted(_lagrat("V2")) == [5, 6, 7]
    page.locator(_cell(page, omsorg, "V4", "2026-05-11")).fill("6.30")
    page.keyboard.press("Enter")
    page.keyboard.type("hej")
    page.keyboard.press("Enter")
    expect(page.locator("[data-cellfel]")).to_contain_text("”hej” går inte att läsa")
    assert Narvaro.objects.get(verkstallighet__nyckel="V4", datum=date(2026, 5, 11)).minuter == 390


def test_what_is_written_without_contact_is_kept_over_a_reload_and_sent_later(
    sida: Sida, omsorg: Omsorg, rutnat: str
) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(rutnat)
    spara = re.compile(r"/spara/$")
    page.route(spara, lambda vag: vag.abort())
    cell = page.locator(_cell(page, omsorg, "V1", "2026-05-04"))
    cell.select_option("N")
    expect(page.locator("[data-lage]")).to_contain_text("Ingen kontakt med servern. 1 ändring ligger kvar")
    assert not _lagrat("V1")
    kon = page.evaluate("JSON.stringify(localStorage)")
    assert "Anna" not in kon
    assert "19900202" not in kon
    page.reload()
    expect(cell).to_have_value("N")
    expect(page.locator("[data-lage]")).to_contain_text("Ingen kontakt")
    page.unroute(spara)
    _sparat(page)
    assert _lagrat("V1") == {4: ("N", "", "")}
    assert page.evaluate("Object.keys(localStorage).length") == 0
    sida.anmarkningar.clear()  # the requests that were to fail


def test_the_connection_is_lost_and_comes_back(sida: Sida, omsorg: Omsorg, rutnat: str) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(rutnat)
    sida.context.set_offline(True)
    page.locator(_cell(page, omsorg, "V1", "2026-05-05")).select_option("F|||sjuk")
    expect(page.locator("[data-lage]")).to_contain_text("Ingen kontakt")
    sida.context.set_offline(False)
    _sparat(page)
    assert _lagrat("V1") == {5: ("F", "", "sjuk")}


def test_a_queue_is_thrown_away_at_logout_and_when_somebody_else_signs_in(
    sida: Sida, omsorg: Omsorg, rutnat: str
) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(rutnat)
    page.route(re.compile(r"/spara/$"), lambda vag: vag.abort())
    page.locator(_cell(page, omsorg, "V1", "2026-05-04")).select_option("N")
    expect(page.locator("[data-lage]")).to_contain_text("Ingen kontakt")
    page.evaluate("localStorage.setItem('narvaro:999999:1:2026-05', '[]')")
    page.reload()
    assert page.evaluate("Object.keys(localStorage).filter((n) => n.includes('999999')).length") == 0
    page.once("dialog", lambda fraga: fraga.accept())
    page.get_by_text("Ulla Berg").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page).to_have_url(re.compile("/logga-in/"))
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_somebody_else_wrote_is_shown_and_one_chooses(sida: Sida, omsorg: Omsorg, rutnat: str) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(rutnat)
    omsorg.spara(omsorg.cell("V1", "2026-05-04", "F|||sjuk"), omsorg.cell("V1", "2026-05-05", "F|||sjuk"))
    for dag in ("2026-05-04", "2026-05-05"):
        page.locator(_cell(page, omsorg, "V1", dag)).select_option("N")
    fel = page.locator("[data-cellfel] li")
    expect(fel).to_have_count(2)
    expect(fel.first).to_contain_text("Nu står det frånvaro (sjuk)")
    sida.granska("narvaro-konflikt")
    fel.first.get_by_role("button", name="Behåll deras").click()
    with page.expect_response(re.compile(r"/spara/$")):  # "Allt är sparat" stood there before the click too
        page.get_by_role("button", name="Skriv över med mitt").click()
    _sparat(page)
    expect(fel).to_have_count(0)
    assert _lagrat("V1") == {4: ("F", "", "sjuk"), 5: ("N", "", "")}


def test_a_refused_day_says_why_at_the_cell(sida: Sida, omsorg: Omsorg) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(f"/narvaro/{omsorg.enhet().pk}/2026-06/")
    page.get_by_role("button", name="Fyll tomma dagar enligt planering").click()
    _sparat(page)
    assert sorted(_lagrat("V1", 6)) == [1, 2, 3]
    page.locator(_cell(page, omsorg, "V1", "2026-06-04")).select_option("F|||semester")
    _sparat(page)
    assert sorted(_lagrat("V1", 6)) == [1, 2, 3, 4]


def test_a_locked_month_waits_for_the_reason(sida: Sida, omsorg: Omsorg) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(f"/narvaro/{omsorg.enhet().pk}/2026-04/")
    page.locator(_cell(page, omsorg, "V2", "2026-04-30")).select_option("F|||sjuk")
    expect(page.locator("[data-lage]")).to_contain_text("Skriv varför dagen ändras")
    page.get_by_label("Varför ändras dagen nu?").fill("Ringde sent.")
    page.keyboard.press("Tab")
    _sparat(page)
    assert SenAndring.objects.get().skal == "Ringde sent."
    sida.oppna(f"/rapport/{omsorg.enhet().pk}/2026-04/")
    expect(page.get_by_role("row", name=re.compile("30 april"))).to_contain_text("Ringde sent.")
    sida.granska("rapport-sen")


def test_the_grid_works_without_scripts(utan_skript: Sida, omsorg: Omsorg, rutnat: str) -> None:
    page = utan_skript.logga_in(omsorg.ulla).oppna(rutnat)
    page.locator(_cell(page, omsorg, "V1", "2026-05-04")).select_option("F|||sjuk")
    page.locator(_cell(page, omsorg, "V4", "2026-05-04")).fill("Fz")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("main")).to_contain_text("1 dag sparades.")
    expect(page.locator("main")).to_contain_text("”Fz” går inte att läsa")
    page.get_by_role("button", name="Fyll tomma dagar i vecka 19 som planerat").click()
    expect(page.locator("main")).to_contain_text("dagar sparades.")
    assert _lagrat("V1")[4] == ("F", "", "sjuk")
    assert sorted(_lagrat("V1")) == [4, 5, 6, 7, 8]


def test_on_a_phone_a_week_is_shown_at_a_time(mobil: Sida, omsorg: Omsorg, rutnat: str) -> None:
    page = mobil.logga_in(omsorg.ulla).oppna(rutnat)
    page.get_by_role("link", name="v 20").click()
    expect(page.locator(_cell(page, omsorg, "V1", "2026-05-11"))).to_be_visible()
    expect(page.locator(_cell(page, omsorg, "V1", "2026-05-04"))).to_be_hidden()
    page.locator(_cell(page, omsorg, "V1", "2026-05-11")).select_option("N")
    _sparat(page)
    mobil.granska("narvaro")


def test_a_visit_is_planned_reported_and_becomes_bomtid(sida: Sida, omsorg: Omsorg) -> None:
    enhet = omsorg.enhet("BO").pk
    page = sida.logga_in(omsorg.ulla).oppna(f"/besok/{enhet}/planera/")
    page.get_by_label("Person").select_option(label="Fia Rönn")
    page.get_by_label("Dag", exact=True).fill("2026-06-01")
    page.get_by_label("Från klockan").fill("09:00")
    page.get_by_label("Till klockan").fill("10:00")
    page.get_by_label("Upprepa varje vecka").fill("2026-06-08")
    page.get_by_role("button", name="Lägg in").click()
    expect(page.locator("main")).to_contain_text("Besöken är inlagda.")
    page.get_by_role("button", name="Utfört som planerat").click()
    expect(page.locator("main")).to_contain_text("Utfört, registrerat i efterhand.")
    assert Besok.objects.get().registrering == "efterhand"
    page.get_by_role("link", name="Ändra").click()
    page.get_by_role("link", name="Besöket blev inte av").click()
    page.locator("label", has_text="Brukaren").click()
    page.get_by_label("Avbokades, dag").fill("2026-05-31")
    page.get_by_label("Avbokades, klockan").fill("22:00")
    page.get_by_label("Orsak").select_option("sjuk")
    page.get_by_role("button", name="Spara avbokningen").click()
    expect(page.locator(".bomtid")).to_contain_text(
        re.compile("Avbokat 11.timmar före. Avtalet kräver 24 timmar: bomtid")
    )
    sida.granska("besok")
    page.get_by_role("link", name="Ändra").click()
    page.get_by_role("link", name="Ta tillbaka det som är registrerat").click()
    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.locator("main")).to_contain_text("Besöket är tillbakataget.")
    assert not Besok.objects.exists()


def test_an_odd_visit_must_be_confirmed_and_an_impossible_one_says_why(sida: Sida, omsorg: Omsorg) -> None:
    enhet = omsorg.enhet("BO").pk
    page = sida.logga_in(omsorg.ulla).page
    for fran, till in (("09:00", "10:00"), ("09:30", "10:30")):
        sida.oppna(f"/besok/{enhet}/nytt/")
        page.get_by_label("Person").select_option(label="Fia Rönn")
        page.get_by_label("Dag", exact=True).fill("2026-06-02")
        page.get_by_label("Från klockan").fill(till)
        page.get_by_label("Till klockan").fill(fran)
        page.get_by_role("button", name="Registrera").click()
        expect(page.locator("#felsumma")).to_contain_text("slutar före det börjar")
        page.get_by_label("Från klockan").fill(fran)
        page.get_by_label("Till klockan").fill(till)
        page.get_by_role("button", name="Registrera").click()
    expect(page.locator("#felsumma")).to_contain_text("överlappar ett annat besök")
    sida.granska("besok-fraga")
    page.locator("label", has_text="Ja, det stämmer").click()
    page.get_by_role("button", name="Registrera").click()
    expect(page.locator("main")).to_contain_text("Besöket är registrerat.")
    assert Besok.objects.count() == 2


def test_the_month_is_checked_and_signed(sida: Sida, omsorg: Omsorg) -> None:
    enhet = omsorg.enhet().pk
    page = sida.logga_in(omsorg.ulla).oppna(f"/rapport/{enhet}/2026-05/")
    expect(page.locator("main")).to_contain_text(re.compile("58.dagar saknar registrering"))
    page.get_by_role("button", name="Signera maj 2026").click()
    expect(page.locator("main")).to_contain_text("Bekräfta att dagarna")
    page.locator("label", has_text="ska vara tomma").click()
    page.get_by_role("button", name="Signera maj 2026").click()
    expect(page.locator("main")).to_contain_text("Månaden är signerad.")
    signering = Signering.objects.get()
    assert (signering.av, signering.saknade_dagar) == (omsorg.ulla, 58)
    sida.granska("rapport")


def test_a_claim_for_arbetsbonus_is_sent_with_its_paper(sida: Sida, omsorg: Omsorg) -> None:
    page = sida.logga_in(omsorg.ulla).oppna(f"/arbetsbonus/{omsorg.enhet().pk}/ny/")
    page.get_by_label("Person").select_option(label="Anna Ek")
    page.get_by_label("Arbetsgivare").fill("Bageriet")
    page.get_by_label("Anställningens första dag").fill("2026-05-04")
    page.get_by_label("Sysselsättningsgrad").fill("50")
    page.get_by_label("Anställningsform").select_option("visstid")
    page.get_by_label("Anställningsavtal").set_input_files(
        {"name": "avtal.pdf", "mimeType": "application/pdf", "buffer": b"ingen pdf"}
    )
    page.get_by_role("button", name="Skicka in").click()
    expect(page.locator("#felsumma")).to_contain_text("ingen PDF-, PNG- eller JPG-fil")
    sida.granska("bonus-fel")
    page.get_by_label("Anställningsavtal").set_input_files(
        {"name": "avtal.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.get_by_role("button", name="Skicka in").click()
    expect(page.get_by_role("row", name=re.compile("Anna Ek"))).to_contain_text("Bageriet")
    with page.expect_download() as hamtad:
        page.get_by_role("link", name="Hämta").click()
    assert hamtad.value.suggested_filename == f"intyg-{Bonusansokan.objects.get().pk}.pdf"


@pytest.mark.parametrize(
    "adress",
    [
        "/",
        "/narvaro/",
        "/narvaro/{DV}/2026-05/",
        "/narvaro/{DV}/2026-05/?visa=vecka",
        "/narvaro/{HEM}/2026-05/",
        "/besok/{BO}/2026-06/",
        "/besok/{BO}/nytt/",
        "/besok/{BO}/planera/",
        "/rapport/{DV}/2026-05/",
        "/underlag/",
        "/arbetsbonus/",
        "/arbetsbonus/{DV}/",
        "/arbetsbonus/{DV}/ny/",
    ],
)
def test_the_pages_stand_in_every_browser(granska_overallt: Granskning, omsorg: Omsorg, adress: str) -> None:
    pk = {nyckel: omsorg.enhet(nyckel).pk for nyckel in ("DV", "HEM", "BO")}
    granska_overallt(adress.format(**pk), omsorg.ulla)


def test_somebody_without_an_enhet_is_told_what_to_do(sida: Sida, omsorg: Omsorg) -> None:
    ny = Anvandare.objects.create_user("ny", roller=["utforare"])
    page = sida.logga_in(ny).oppna("/narvaro/")
    expect(page.locator("main")).to_contain_text("be systemförvaltaren")
