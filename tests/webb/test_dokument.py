"""A document to the nämnd in the browser: from a mall to a signed edition, also by phone and without scripts."""

import pytest
from django.db import transaction

from beslut.models import Person
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.webb.conftest import Granskning
from tests.webb.varld_dokument import mall
from tests.webb.webblasare import LOSENORD, Sida
from uppfoljning.dokument.mallar import skapa_mall
from uppfoljning.models import Dokument, Dokumentutgava

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nora(live_server: object) -> Anvandare:
    namn = {"first_name": "Nora", "last_name": "Sand", "roller": [Roll.NAMNDSEKRETERARE]}
    return Anvandare.objects.create_user("nora", None, LOSENORD, **namn)


def test_a_document_is_written_stopped_signed_and_looked_at_everywhere(
    utan_skript: Sida, granska_overallt: Granskning, klara: Anvandare, gustav: Anvandare, nora: Anvandare
) -> None:
    Person.objects.create(nyckel="P1", personnummer="199002029818", fornamn="Anna", efternamn="Ek")
    page = utan_skript.logga_in(nora).oppna("/dokument/mallar/ny/?ordning=taby")
    page.get_by_label("Mallens namn").fill("Till nämnden")
    page.get_by_role("button", name="Spara").click()
    assert page.get_by_text("Mallen är sparad.").is_visible()

    page = utan_skript.logga_in(klara).oppna("/dokument/ny/")
    page.get_by_label("Mall", exact=True).select_option("Till nämnden")
    page.get_by_label("Titel").first.fill("Redovisning av kvartalet")
    page.get_by_label("Diarienummer").fill("SN 2026/0148")
    datum = page.get_by_label("Dokumentets datum").input_value()
    page.get_by_label("Nämndens sammanträde").fill(datum)
    page.get_by_role("button", name="Skapa dokumentet").click()
    page.get_by_label("Förslag till beslut").fill("1. Nämnden godkänner redovisningen.")
    page.get_by_label("Ärendet").fill("Stöd till Anna Ek.")
    page.get_by_role("button", name="Spara", exact=True).click()
    assert page.get_by_text("ett namn som finns i personregistret (”Anna Ek”)").first.is_visible()
    assert page.get_by_label("Ärendet").input_value() == "Stöd till Anna Ek."
    page.get_by_label("Ärendet").fill("Stöd.\n\nTabell: En\n\n| a | b |\n|---|--:|\n| c | 1 |")
    page.get_by_label("Slutsatser").fill("Bra.")
    page.get_by_label("Sammanfattning").fill("Kort.")
    page.get_by_role("button", name="Spara", exact=True).click()
    ett = Dokument.objects.get()
    adress = f"/dokument/{ett.pk}/"
    assert page.get_by_text("Det saknas innehåll under ”Ekonomiska överväganden”.").is_visible()
    for sida in ("", "redigera/", "versioner/", "bilagor/"):
        granska_overallt(f"{adress}{sida}", klara, namn=f"dokument-{sida.strip('/') or 'ett'}")
    granska_overallt(f"/dokument/infoga/ej-verkstallda/?dokument={ett.pk}", klara, namn="dokument-infoga")

    page = utan_skript.logga_in(klara).oppna(f"/dokument/infoga/ej-verkstallda/?dokument={ett.pk}")
    page.get_by_label("Dokument och rubrik").select_option("Ekonomiska överväganden")
    page.get_by_role("button", name="Lägg in").click()
    granska_overallt(f"{adress}siffror/1/", klara, namn="dokument-siffror")
    page = utan_skript.logga_in(klara).oppna(adress)
    page.get_by_role("button", name="Signera").click()
    assert page.get_by_role("link", name="Utgåva 1 (PDF)").is_visible()
    assert Dokumentutgava.objects.get().sha256
    granska_overallt("/dokument/", gustav, namn="dokument-lista")
    granska_overallt(adress, gustav, namn="dokument-signerat")
    granska_overallt("/dokument/mallar/", nora, namn="dokument-mallar")
    granska_overallt("/dokument/mallar/ny/", nora, namn="dokument-mall")


def test_the_chef_signs_or_gives_back_with_a_reason(sida: Sida, klara: Anvandare, gustav: Anvandare) -> None:
    from tests.uppfoljning.test_namnddokument import IDAG, NU, ifyllt  # noqa: PLC0415
    from uppfoljning.dokument.actions import skapa_dokument  # noqa: PLC0415
    from uppfoljning.dokument.signering import signera  # noqa: PLC0415

    with transaction.atomic():
        version = skapa_mall(namn="Mall", innehall=mall(kontrasigneras=True), logotyp=b"", av=klara, nu=NU)
        ett = skapa_dokument(mallversion=version, innehall=ifyllt(), av=klara, nu=NU)
        signera(dokument=ett, sedd=1, av=klara, idag=IDAG, nu=NU)
    page = sida.logga_in(gustav).oppna("/")
    page.get_by_role("link", name="Kontrasignera eller lämna tillbaka").first.click()
    page.get_by_label("Varför").fill("Skriv mer om barn.")
    page.get_by_role("button", name="Lämna tillbaka").click()
    page = sida.logga_in(klara).oppna(f"/dokument/{ett.pk}/")
    assert page.get_by_text("Tillbakalämnat: Skriv mer om barn.").is_visible()
    page.get_by_role("button", name="Signera").click()
    page = sida.logga_in(gustav).oppna(f"/dokument/{ett.pk}/")
    page.get_by_role("button", name="Kontrasignera").click()
    assert page.get_by_text("Dokumentet är kontrasignerat.").is_visible()
    sida.granska("dokument-kontrasignerat")
