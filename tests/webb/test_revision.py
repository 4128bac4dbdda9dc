"""The log is drawn from, marked and finished in a browser; events and reports are read: every width, with axe."""

from datetime import timedelta
from pathlib import Path

import pytest

from beslut.models import Kontrollbedomning, Lasning, Loggkontroll, Person
from grund import klocka
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.webb.conftest import Granskning
from tests.webb.varld import bygg
from tests.webb.webblasare import LOSENORD, Sida
from utforare.models import Avtal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lasningar(live_server: object, tmp_path: Path, gustav: Anvandare) -> None:
    """Two readings by maria, one of them outside her assignments, and one by gustav himself."""
    varld = bygg(tmp_path)
    maria, i_gar = varld.anvandare[Roll.HANDLAGGARE], klocka.nu() - timedelta(days=1)
    egen, annans = Person.objects.get(nyckel="P-EGEN"), Person.objects.get(nyckel="P-ANNANS")
    rader = [(maria, egen, ""), (maria, annans, "vikarierar för Jonas"), (gustav, egen, "")]
    Lasning.objects.bulk_create(
        Lasning(tidpunkt=i_gar, anvandare=vem, person=person, sida="akt", utanfor_uppdrag=bool(motiv), motiv=motiv)
        for vem, person, motiv in rader
    )


@pytest.fixture
def agneta(live_server: object) -> Anvandare:
    return Anvandare.objects.create_user("agneta", None, LOSENORD, first_name="Agneta", roller=[Roll.GRUPPCHEF])


def _dra(sida: Sida) -> None:
    page = sida.oppna("/loggkontroll/")
    page.get_by_role("link", name="Dra ett urval").click()
    page.get_by_label("Från och med").fill((klocka.idag() - timedelta(days=7)).isoformat())
    page.get_by_label("Till och med").fill(klocka.idag().isoformat())
    sida.granska("loggkontroll-ny")
    page.get_by_role("button", name="Dra").click()


def test_a_control_is_drawn_marked_by_two_and_finished(
    sida: Sida, utan_skript: Sida, lasningar: None, gustav: Anvandare, agneta: Anvandare
) -> None:
    sida.logga_in(gustav)
    _dra(sida)
    page = sida.page
    assert "3 av 3 läsningar" in page.locator(".ingress").inner_text().replace("\xa0", " ")
    assert page.get_by_text("Din egen läsning.").count() == 1
    grupper = page.get_by_role("group", name="Läsning")
    grupper.nth(0).get_by_label("Bedömning").select_option("I ordning")
    grupper.nth(1).get_by_label("Bedömning").select_option("Inte i ordning")
    page.get_by_role("button", name="Spara bedömningarna").click()
    assert "Skriv vad som inte är i ordning" in page.get_by_text("Fel:").locator("..").inner_text()
    sida.granska("loggkontroll-fel")
    assert not Kontrollbedomning.objects.exists()
    grupper.nth(1).get_by_label("Anteckning").fill("Jonas var inte borta.")
    page.get_by_role("button", name="Spara bedömningarna").click()
    assert page.get_by_text("2 bedömningar är sparade.").count() == 1
    assert page.get_by_text("Den bedöms av någon annan.").first.is_visible()
    sida.granska("loggkontroll-pagar")
    andra = utan_skript.logga_in(agneta).oppna(page.url.removeprefix(sida.adress))
    andra.get_by_role("group", name="Läsning 3").get_by_label("Bedömning").select_option("I ordning")
    andra.get_by_role("button", name="Spara bedömningarna").click()
    andra.get_by_label("Slutsats").fill("Samtal förs.")
    andra.get_by_role("button", name="Avsluta").click()
    assert andra.get_by_role("link", name="Hämta protokollet (PDF)").is_visible()
    with andra.expect_download() as hamtning:
        andra.get_by_role("link", name="Hämta protokollet (PDF)").click()
    utan_skript.anmarkningar.clear()  # a page that becomes a file is a request that the browser breaks off
    assert hamtning.value.suggested_filename == f"loggkontroll-{Loggkontroll.objects.get().pk}.pdf"
    utan_skript.granska("loggkontroll-avslutad")


def test_the_pages_of_the_log_stand_every_trial(
    granska_overallt: Granskning, sida: Sida, lasningar: None, gustav: Anvandare
) -> None:
    _dra(sida.logga_in(gustav))
    person, kontroll = Person.objects.get(nyckel="P-EGEN").pk, Loggkontroll.objects.get().pk
    for adress in (
        "/",
        "/loggkontroll/",
        f"/loggkontroll/{kontroll}/",
        "/lasningar/",
        f"/personer/{person}/lasningar/",
    ):
        granska_overallt(adress, gustav)


def test_the_events_stand_every_trial(granska_overallt: Granskning, lasningar: None, gustav: Anvandare) -> None:
    for adress in ("/handelser/", "/handelser/person/P-EGEN/", "/handelser/datapaket/"):
        granska_overallt(adress, gustav)


def test_the_events_follow_the_choice_at_once_and_lead_to_the_thing(
    sida: Sida, lasningar: None, gustav: Anvandare
) -> None:
    page = sida.logga_in(gustav).oppna("/handelser/")
    page.get_by_label("Slag").select_option("Datapaket")
    page.get_by_text("Läste in datapaketet").wait_for()
    page.get_by_role("link", name="Datapaket").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Datapaket"
    page = sida.oppna(f"/avtal/{Avtal.objects.get(nyckel='A1').pk}/")
    page.get_by_role("link", name="Händelser", exact=True).last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Avtal A1"
    page.get_by_role("link", name="Öppna").click()
    assert "/avtal/" in page.url
