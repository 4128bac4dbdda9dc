"""A nivåbedömning from the handläggare's first answer to the utförare's synpunkt, in a browser."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Locator, Page

from beslut.actions.tilldelning import tilldela
from beslut.models import Instrument, Lasning, Nivaarende, Nivabedomning, Person
from beslut.models.nivaarende import Arendelage
from ersattning.models import Ersattningsrad
from ersattning.regler import Radtyp
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.pengar import kronor
from tests.kedja import direkt
from tests.niva.hus import OMRADEN, SVAR_FOR, anvandare, inskickad, instrument_i_bruk
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Enhet, Verkstallighet

PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
IDAG, FRAN = date(2025, 6, 3), date(2025, 4, 1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kommunen(settings: object, live_server: object) -> None:
    """April is settled; it is June."""
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    direkt.las_in(PAKET)
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    instrument_i_bruk("LSS-9", "LSS-10", fran=date(2025, 1, 1))


@pytest.fixture
def maria(kommunen: None) -> Anvandare:
    maria = anvandare("maria", Roll.HANDLAGGARE, fornamn="Maria", efternamn="Lindqvist")
    for person in Person.objects.all():
        tilldela(person=person, handlaggare=maria, fran=FRAN, av=None)
    return maria


@pytest.fixture
def eva(kommunen: None) -> Anvandare:
    return anvandare("eva", Roll.AVTALSSAMORDNARE, fornamn="Eva", efternamn="Sandström")


@pytest.fixture
def petra(kommunen: None) -> Anvandare:
    petra = anvandare("petra", Roll.UTFORARE, fornamn="Petra", efternamn="Öhman")
    satt_enheter(anvandare=petra, enheter=list(Enhet.objects.all()), av=None)
    return petra


@pytest.fixture
def arende(maria: Anvandare) -> Nivaarende:
    return inskickad(Person.objects.get(nyckel="P1"), "LSS-9", niva="3", fran=FRAN, av=maria, idag=IDAG)


def _huvud(page: Page) -> str:
    return page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def _valj(rot: Page | Locator, text: str | re.Pattern[str]) -> None:
    """Radio buttons are drawn by their labels: that is what people click on."""
    rot.locator("label.radio-button__label").filter(has_text=text).click()


def _svara(page: Page, niva: str) -> None:
    for omrade, svar in zip(OMRADEN, SVAR_FOR[niva], strict=True):
        ruta = page.get_by_role("group", name=omrade.namn)
        _valj(ruta, re.compile(rf"^\s*{svar} "))
        if svar:
            ruta.get_by_role("textbox").fill("Behöver stöd.")


def _klient(vem: Anvandare) -> Client:
    klient = Client()
    klient.force_login(vem)
    return klient


def test_a_level_goes_from_the_first_answer_to_the_last_word(
    maria: Anvandare, eva: Anvandare, petra: Anvandare, sida: Sida, mobil: Sida
) -> None:
    _maria_bedomer(sida, maria)
    _eva_skickar_tillbaka(sida, eva)
    _maria_kompletterar(mobil, maria)
    _eva_godkanner_fran_en_annan_dag(sida, eva)
    direkt.kor("2025-05")
    rattelser = Ersattningsrad.objects.filter(typ__in=[Radtyp.KREDITERING, Radtyp.RATTELSE])
    assert kronor(sum(rattelser.values_list("belopp", flat=True))).replace("\N{NO-BREAK SPACE}", " ") == "16 050,00 kr"
    _petra_begar_omprovning(sida, petra)
    _eva_svarar(sida, eva)


def _maria_bedomer(sida: Sida, maria: Anvandare) -> None:
    """The sum follows as she answers."""
    page = sida.logga_in(maria).oppna("/nivabedomningar/mina/")
    page.get_by_label("Person", exact=True).select_option(label="Test1 Exempel")
    page.get_by_role("button", name="Välj").click()
    page.get_by_role("button", name="Börja bedöma").click()
    page.get_by_role("button", name="Skicka in").click()
    assert "Utkastet är sparat, men bedömningen är inte inskickad." in _huvud(page)
    assert "4 områden är inte besvarade." in _huvud(page)
    _svara(page, "3")
    page.locator("#poang").get_by_text("Nivå 3").wait_for()
    assert "24 av högst 40 poäng" in page.locator("#poang").inner_text()
    sida.granska("niva-fyll-i")
    page.get_by_label("Ska gälla från").fill("2025-04-01")
    page.get_by_label("Sammanfattning").fill("Behöver mer stöd sedan i vintras.")
    page.get_by_role("button", name="Skicka in").click()
    assert "Bedömningen är inskickad" in _huvud(page)
    sida.granska("niva-inskickad")


def _eva_skickar_tillbaka(sida: Sida, eva: Anvandare) -> None:
    """When she has seen what it costs."""
    page = sida.logga_in(eva).oppna("/")
    page.get_by_role("link", name=re.compile("^Besluta")).click()
    huvud = _huvud(page)
    assert "Nivåbedömning: nivå 2 föreslås bli nivå 3" in huvud
    assert "+390 550 kr" in huvud  # 365 days of 1 070 kr more
    assert "1 863 → 2 933 kr" in huvud
    assert "Fastställd. Rättas i körning maj 2025." in huvud
    assert "+32 100,00" in huvud
    sida.granska("niva-prova")
    _valj(page, "Skicka tillbaka för komplettering")
    page.get_by_role("button", name="Spara beslutet").click()
    assert "Motivering: Skriv en motivering." in _huvud(page)
    page.get_by_label("Motivering").fill("Beskriv vad som behövs på natten.")
    page.get_by_role("button", name="Spara beslutet").click()
    assert "Skickad tillbaka till Maria Lindqvist." in _huvud(page)


def _maria_kompletterar(mobil: Sida, maria: Anvandare) -> None:
    """On her phone."""
    page = mobil.logga_in(maria).oppna("/")
    page.get_by_role("link", name=re.compile("^Komplettera")).click()
    assert "Beskriv vad som behövs på natten." in _huvud(page)
    page.get_by_label("Sammanfattning").fill("Behöver mer stöd sedan i vintras, och två väckningar varje natt.")
    page.get_by_role("button", name="Skicka in").click()
    assert "Bedömningen är inskickad" in _huvud(page)
    mobil.granska("niva-kompletterad")


def _eva_godkanner_fran_en_annan_dag(sida: Sida, eva: Anvandare) -> None:
    """And sees the cost of that day first."""
    page = sida.logga_in(eva).oppna("/nivabedomningar/")
    page.get_by_role("link", name="Test1 Exempel").first.click()
    _valj(page, "Godkänn nivå 3")
    page.get_by_label("Gäller från").fill("2025-04-16")
    page.get_by_label("Motivering").fill("Väl underbyggd.")
    page.get_by_role("button", name="Spara beslutet").click()
    assert "Du har ändrat dagen. Kostnaden är nu räknad från 16 april 2025." in _huvud(page)
    assert "+16 050,00" in _huvud(page)
    sida.granska("niva-annan-dag")
    page.get_by_role("button", name="Spara beslutet").click()
    assert "Godkänd: nivå 3 från 16 april 2025." in _huvud(page)


def _petra_begar_omprovning(sida: Sida, petra: Anvandare) -> None:
    """Once."""
    arende = Nivaarende.objects.get()
    page = sida.logga_in(petra).oppna(f"/enheter/nivabedomningar/{arende.pk}/")
    page.get_by_label("Vad invänder du mot, och varför?").fill("Behovet fanns redan den 1 april.")
    page.get_by_role("button", name="Lämna synpunkten").click()
    assert "Synpunkten är lämnad." in _huvud(page)
    assert not page.get_by_role("button", name="Lämna synpunkten").count()
    sida.granska("niva-synpunkt")


def _eva_svarar(sida: Sida, eva: Anvandare) -> None:
    page = sida.logga_in(eva).oppna("/")
    page.get_by_role("link", name=re.compile("^Svara")).click()
    _valj(page, "Beslutet står fast")
    page.get_by_label("Motivering").fill("Bedömningen gäller tiden från den 16 april.")
    page.get_by_role("button", name="Spara svaret").click()
    assert "Synpunkten är besvarad." in _huvud(page)
    sida.granska("niva-besvarad")


def test_all_of_it_works_without_scripts(maria: Anvandare, utan_skript: Sida) -> None:
    person = Person.objects.get(nyckel="P2")
    page = utan_skript.logga_in(maria).oppna(f"/personer/{person.pk}/nivabedomning/")
    page.get_by_role("button", name="Börja bedöma").click()
    _svara(page, "4")
    page.get_by_role("button", name="Räkna").click()
    assert "Nivå 4" in page.locator("#poang").inner_text()
    assert "30 av högst 40 poäng" in page.locator("#poang").inner_text()
    page.get_by_role("button", name="Spara utkast").click()
    assert "Utkastet är sparat." in _huvud(page)
    page.get_by_label("Ska gälla från").fill("2025-05-01")
    page.get_by_label("Sammanfattning").fill("Mer stöd.")
    page.get_by_role("button", name="Skicka in").click()
    assert "Bedömningen är inskickad" in _huvud(page)
    utan_skript.granska()


def test_an_utforare_assesses_a_brukare_of_its_own(petra: Anvandare, mobil: Sida) -> None:
    page = mobil.logga_in(petra).oppna("/enheter/nivabedomningar/")
    page.get_by_role("link", name=re.compile("^Ny bedömning.*Test1")).click()
    page.get_by_role("button", name="Börja bedöma").click()
    _svara(page, "5")
    page.get_by_label("Ska gälla från").fill("2025-06-01")
    page.get_by_label("Sammanfattning").fill("Mer stöd.")
    page.get_by_role("button", name="Skicka in").click()
    assert "Bedömningen är inskickad" in _huvud(page)
    assert Nivabedomning.objects.get(nyckel__startswith="NB-").bedomd_av == "Petra Öhman (petra)"


def test_a_new_version_of_the_instrument_is_made_and_taken_into_use(eva: Anvandare, sida: Sida) -> None:
    page = sida.logga_in(eva).oppna("/instrument/")
    page.get_by_role("link", name="Ekstadsskalan, version 1").click()
    sida.granska("instrument")
    page.get_by_role("button", name="Gör en ny version").click()
    sida.granska("instrument-andra")
    page.get_by_role("group", name="Område 2").get_by_label("Vikt").fill("2,5")
    page.get_by_role("button", name="Spara utkastet").click()
    assert "38" in page.get_by_role("table").locator("tfoot").inner_text()
    page.get_by_label("Används från").fill("2025-07-01")
    page.get_by_role("button", name="Ta i bruk").click()
    assert "används från 1 juli 2025" in _huvud(page)
    assert list(Instrument.objects.order_by("version").values_list("fran", "till")) == [
        (date(2025, 1, 1), date(2025, 7, 1)),
        (date(2025, 7, 1), None),
    ]


def test_the_pages_stand_in_every_browser(
    arende: Nivaarende, maria: Anvandare, eva: Anvandare, petra: Anvandare, granska_overallt: Granskning
) -> None:
    person, enhet = arende.person_id, Enhet.objects.get().pk
    granska_overallt("/nivabedomningar/", eva)
    granska_overallt(f"/nivabedomningar/prova/{arende.pk}/", eva, namn="niva-prova")
    granska_overallt("/instrument/", eva)
    granska_overallt("/instrument/nytt/", eva)
    granska_overallt("/", eva, namn="start-eva")
    granska_overallt("/nivabedomningar/mina/", maria)
    granska_overallt(f"/nivabedomningar/arende/{arende.pk}/", maria, namn="niva-visa")
    granska_overallt(f"/personer/{person}/nivabedomning/", maria, namn="niva-ny")
    granska_overallt(f"/enheter/{enhet}/nivabedomningar/", petra, namn="niva-enhet")


def test_the_lists_are_empty_before_the_first(maria: Anvandare, eva: Anvandare, granska_overallt: Granskning) -> None:
    granska_overallt("/nivabedomningar/", eva, namn="nivabedomningar-tom")
    granska_overallt("/nivabedomningar/mina/", maria, namn="nivabedomningar-mina-tom")


def test_the_queries_are_few_and_the_same_whatever_waits(
    arende: Nivaarende, maria: Anvandare, eva: Anvandare, petra: Anvandare
) -> None:
    inskickad(Person.objects.get(nyckel="P2"), "LSS-10", niva="4", fran=FRAN, av=maria, idag=IDAG)
    for vem, adress, flest in (
        (eva, "/nivabedomningar/", 26),
        (eva, f"/nivabedomningar/prova/{arende.pk}/", 42),
        (eva, "/", 32),
        (maria, "/nivabedomningar/mina/", 10),
        (maria, f"/nivabedomningar/arende/{arende.pk}/", 24),
        (petra, f"/enheter/{Enhet.objects.get().pk}/nivabedomningar/", 14),
    ):
        klient = _klient(vem)
        klient.get(adress)
        with CaptureQueriesContext(connection) as fragor:
            assert klient.get(adress).status_code == 200
        assert len(fragor) <= flest, (adress, len(fragor))


def test_somebody_elses_draft_is_not_there(maria: Anvandare, petra: Anvandare) -> None:
    verk = Verkstallighet.objects.get(beslut__person__nyckel="P1")
    _klient(petra).post(f"/verkstalligheter/{verk.pk}/nivabedomning/")
    utkast = Nivaarende.objects.get()
    assert utkast.lage == Arendelage.UTKAST
    assert _klient(maria).get(f"/nivabedomningar/arende/{utkast.pk}/").status_code == 404
    assert _klient(petra).get(f"/enheter/nivabedomningar/{utkast.pk}/").status_code == 200


def test_what_begins_after_the_insats_has_ended_is_the_next_utforares(arende: Nivaarende, petra: Anvandare) -> None:
    verk, klient = Verkstallighet.objects.filter(beslut__person=arende.person_id), _klient(petra)
    adress, lista = f"/enheter/nivabedomningar/{arende.pk}/", f"/enheter/{verk.get().enhet_id}/nivabedomningar/"
    assert klient.get(adress).status_code == 200
    assert adress in klient.get(lista).content.decode()
    verk.update(till=date(2025, 5, 20), slutorsak="annat")
    assert klient.get(adress).status_code == 404
    assert adress not in klient.get(lista).content.decode()
    nytt = f"/verkstalligheter/{verk.get().pk}/nivabedomning/"
    assert "Insatsen hos er slutade 19\N{NO-BREAK SPACE}maj 2025." in klient.get(nytt).content.decode()
    klient.post(nytt)
    assert Nivaarende.objects.count() == 1


def test_what_one_may_not_do_is_refused_with_a_reason_and_changes_nothing(
    arende: Nivaarende, maria: Anvandare, eva: Anvandare
) -> None:
    """Tampered posts: another's answers, a level without motive, a cost that was not seen, a stale page."""
    adress = f"/nivabedomningar/prova/{arende.pk}/"
    assert _klient(maria).post(adress, {"beslut": "godkann"}).status_code == 403
    jonas = anvandare("jonas", Roll.HANDLAGGARE)
    tilldela(person=arende.person, handlaggare=jonas, fran=FRAN, av=None)
    svar = _klient(jonas).post(f"/nivabedomningar/arende/{arende.pk}/fyll-i/", {"gor": "skicka"}, follow=True)
    assert "Bara den som gör bedömningen ändrar den." in svar.content.decode()
    klient = _klient(eva)
    val = {"beslut": "godkann", "fran": "2025-04-01", "motiv": "Väl underbyggd.", "version": arende.version}
    assert "Du har ändrat dagen" in klient.post(adress, val).content.decode()
    langt = {"fran": "2005-04-01", "visad_fran": "2025-04-01"}
    assert "mer än tio år från den som önskades" in klient.post(adress, val | langt).content.decode()
    osett = klient.post(adress, val | {"visad_fran": "2025-04-01", "lofte": "x"}).content.decode()
    assert "Kostnaden har ändrats sedan du öppnade sidan" in osett
    gammal = {"beslut": "avvisa", "motiv": "Räcker inte.", "version": arende.version - 1}
    assert "har ändrats sedan du öppnade den" in klient.post(adress, gammal, follow=True).content.decode()
    arende.refresh_from_db()
    assert arende.lage == Arendelage.INSKICKAD


def test_to_count_while_one_fills_in_is_no_new_look(maria: Anvandare) -> None:
    klient, person = _klient(maria), Person.objects.get(nyckel="P2")
    klient.post(f"/personer/{person.pk}/nivabedomning/", {"insats": "LSS-10"})
    arende, fore = Nivaarende.objects.get(), Lasning.objects.count()
    omrade = arende.instrument.omraden.all()[0]
    data = {"gor": "rakna", f"svar_{omrade.pk}": "4"}
    svar = klient.post(f"/nivabedomningar/arende/{arende.pk}/fyll-i/", data, headers={"HX-Request": "true"})
    assert "8 av högst 40 poäng" in svar.content.decode()
    assert Lasning.objects.count() == fore
    assert all(ett.svar is None for ett in arende.svar.all())


def test_a_protected_person_is_a_marked_row_without_a_link(arende: Nivaarende, eva: Anvandare) -> None:
    Person.objects.filter(pk=arende.person_id).update(skyddad=True)
    lista = _klient(eva).get("/nivabedomningar/").content.decode()
    assert "Skyddade uppgifter" in lista
    assert f"/nivabedomningar/prova/{arende.pk}/" not in lista
    assert "Test1" not in lista
