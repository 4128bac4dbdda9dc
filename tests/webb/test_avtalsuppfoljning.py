"""In a browser: an enhet is followed up, a brist is found and closed, a notice is given, a key gets a new version."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from grund.behorighet import Roll
from grund.models import Handelse
from tests.uppfoljning.avtal import NU, START, kravlista, nyckel
from tests.webb.conftest import Granskning
from tests.webb.varld import Varld, bygg
from tests.webb.webblasare import Sida
from uppfoljning.enhetsfakta import registrera_enhetsfakta
from uppfoljning.models import Bemanningsnyckel, Brist, Underrattelse
from utforare.models import Enhet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def varld(live_server: object, tmp_path: Path, settings: object) -> Varld:
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    return bygg(tmp_path)


def test_from_a_follow_up_to_a_closed_brist_a_notice_and_a_new_key(
    sida: Sida, mobil: Sida, utan_skript: Sida, granska_overallt: Granskning, varld: Varld
) -> None:
    kravlista()
    nyckel()
    eken = Enhet.objects.get(nyckel="E-EGEN")
    registrera_enhetsfakta(enhet=eken, fran=START, kommun="Lindviks kommun", boendeform="annan", av=None, nu=NU)
    klara, enhet = varld.anvandare[Roll.CONTROLLER], f"/rapporter/avtalsuppfoljning/enheter/{eken.pk}/"

    page = mobil.logga_in(klara).oppna(enhet)
    page.get_by_role("link", name="Registrera uppföljning").click()
    page.get_by_label("Vem som följde upp").fill("Eva Sandström")
    page.get_by_label("Hur", exact=True).select_option("oanmalt")
    page.get_by_label("Bedömning").first.select_option("uppfyllt")
    page.get_by_label("Bedömning").nth(1).select_option("ej")
    page.get_by_role("button", name="Spara uppföljningen").click()
    expect(page.locator("#felsumma")).to_contain_text("Skriv vad som brister i A2 Dokumentation")
    mobil.granska("folj-upp")
    page.get_by_label("Vad som sågs").nth(1).fill("Anteckningar saknas.")
    page.get_by_role("button", name="Spara uppföljningen").click()
    expect(page.get_by_role("link", name="AU-")).to_be_visible()

    page = utan_skript.logga_in(klara).oppna(enhet)
    page.get_by_role("link", name="Registrera brist").click()
    page.get_by_label("Brist", exact=True).fill("Anteckningar saknas.")
    page.get_by_label("Åtgärd", exact=True).fill("Skriv dem samma dag.")
    page.get_by_label("Åtgärdas senast").fill("2026-07-01")
    page.get_by_role("button", name="Registrera bristen").click()
    brist = Brist.objects.get()
    page.get_by_role("link", name=brist.nyckel).click()
    page.get_by_role("link", name="Lägg till eller stäng").click()
    page.get_by_label("Vad", exact=True).select_option("stangd")
    page.get_by_label("Anteckning").fill("Visat vid besök.")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("Bristen är stängd.")).to_be_visible()
    utan_skript.granska("brist")

    page = sida.logga_in(klara).oppna("/rapporter/avtalsuppfoljning/underrattelser/ny/")
    page.get_by_label("Riktning").select_option("mottagen")
    page.get_by_label("Den andra kommunen").fill("Lindviks kommun")
    page.get_by_label("Avtalets dag").fill("2026-05-01")
    page.get_by_role("button", name="Registrera").click()
    expect(page.get_by_role("rowheader", name=Underrattelse.objects.get().nyckel)).to_be_visible()

    ett = Bemanningsnyckel.objects.get()
    page = sida.oppna(f"/rapporter/behov-mot-bemanning/nycklar/ny/?efter={ett.pk}")
    page.get_by_label("Vad nyckeln bygger på").fill("Tidmätning i maj.")
    page.get_by_label("Dag, timmar").first.fill("14,5")
    sida.granska("nyckel-ny")
    page.get_by_role("button", name="Spara versionen").click()
    ny = Bemanningsnyckel.objects.get(version=2)
    assert [str(rad.dag) for rad in ny.nivaer.all()] == ["14.50", "20.00"]
    assert Handelse.objects.filter(av=klara).count() == 5

    for adress in (
        enhet,
        "/rapporter/avtalsuppfoljning/",
        "/rapporter/avtalsuppfoljning/kravlistor/ny/",
        "/rapporter/behov-mot-bemanning/?insats=LSS-10",
    ):
        granska_overallt(adress)
