"""An extract is asked for, its texts are read, and its files are fetched; outside the assignment one says why first."""

from pathlib import Path

import pytest

from beslut.models import Lasning
from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.webb.varld import Vems, bygg
from tests.webb.varld_arenden import arenden
from tests.webb.webblasare import LOSENORD, Sida

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(live_server: object, tmp_path: Path) -> int:
    varld = bygg(tmp_path, arenden)
    maria = varld.anvandare[Roll.HANDLAGGARE]
    maria.set_password(LOSENORD)
    maria.save()
    return int(varld.ids[Vems.EGEN]["person"])


def test_an_extract_is_decided_on_and_fetched(sida: Sida, person: int) -> None:
    sida.logga_in(Anvandare.objects.get(username="en-handlaggare"))
    page = sida.oppna(f"/personer/{person}/")
    page.get_by_role("link", name="Registerutdrag").click()
    page.get_by_role("button", name="Besluta om utdraget").click()
    assert page.get_by_text("Skriv när begäran kom in.").first.is_visible()
    sida.granska("registerutdrag-fel")
    page.get_by_label("När begäran kom in").fill("2026-05-20")
    page.get_by_label("Vem som begär det").select_option("Personen själv")
    page.get_by_label("Hur du vet vem det är").fill("visade legitimation")
    page.get_by_label("Varför utdraget görs").fill("begäran enligt artikel 15")
    grupp = page.get_by_role("group", name="Ärende: vad som söks")
    grupp.get_by_label("Lämnas texten ut?").select_option("annan")
    page.get_by_role("button", name="Besluta om utdraget").click()
    assert page.get_by_text("Ärende: vad som söks").is_visible()
    sida.granska("registerutdrag")
    for knapp, slut in (("Hämta som PDF", "pdf"), ("Hämta som data (zip)", "zip")):
        with page.expect_download() as hamtning:
            page.get_by_role("button", name=knapp).click()
        assert hamtning.value.suggested_filename.endswith(f".{slut}")
    sida.anmarkningar.clear()  # a page that becomes a file is a request that the browser breaks off
    assert Handelse.objects.filter(handling="hamta_registerutdrag").count() == 2
    assert Lasning.objects.filter(person=person, sida="registerutdrag").count() >= 4
