"""The controller's month and the new year's prices, done in the browser: journey 4."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page

from ersattning.models import Avvikelsebedomning, Korning, Pris
from ersattning.prisandring import avtryck
from ersattning.regler import Bedomning, Status
from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.kedja import direkt
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Avtal, Enhet, Prislista, Utforare

EXEMPEL = Path(__file__).parents[1] / "exempel"
HART = "\N{NO-BREAK SPACE}"
NYAR = date(2026, 1, 1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def genast(tmp_path: Path, settings: object) -> Iterator[None]:
    """It is 3 November 2024, and tasks are done here and now, instead of by a worker."""
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    settings.IDAG = date(2024, 11, 3)  # type: ignore[attr-defined]
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


@pytest.fixture
def oktober(tmp_path: Path) -> None:
    """Underlag of October 2024, where an enhet has reported nothing for one of its persons; nothing is run."""
    direkt.las_in(EXEMPEL / "7-kanter" / "paket")
    paket = tmp_path / "orapporterat"
    paket.mkdir()
    text = "verkstallighet_id;beslut_id;enhet_id;omfattning;fran;till;slutorsak\nV7b;B7;KNT-2;heltid;2024-10-01;;\n"
    (paket / "verkstalligheter.csv").write_text(text, encoding="utf-8")
    direkt.las_in(paket)


@pytest.fixture
def petra() -> Anvandare:
    ny = Anvandare.objects.create_user("petra", first_name="Petra", last_name="Öhman", roller=[Roll.UTFORARE])
    satt_enheter(anvandare=ny, enheter=list(Enhet.objects.all()), av=None)
    return ny


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def test_the_month_from_underlag_to_settled(
    oktober: None, petra: Anvandare, klara: Anvandare, gustav: Anvandare, sida: Sida, mobil: Sida
) -> None:
    sida.logga_in(klara).oppna("/")
    assert "Underlag saknas för oktober 2024" in _text(sida)
    sida.granska("start-fore-korning")
    sida.page.get_by_role("link", name="Se underlaget och kör").click()
    _paminn(sida, klara)
    _kor(sida)
    _bedom_flera(sida)
    _bedom_en(sida)
    mobil.logga_in(klara)
    _granska(mobil)
    mobil.logga_in(gustav)
    _faststall(mobil)
    korning = Korning.objects.get()
    assert (korning.status, korning.faststalld_av) == (Status.FASTSTALLD, gustav)
    assert Avvikelsebedomning.objects.filter(bedomning=Bedomning.ATGARDAS, av=klara).count() == 3


def _paminn(sida: Sida, klara: Anvandare) -> None:
    """Whom to remind; a second click is no second reminder."""
    page = sida.page
    assert "utan något rapporterat" in _text(sida)
    assert "Petra Öhman" in _text(sida)
    sida.granska("underlag")
    page.get_by_role("button", name="Anteckna påmind").first.click()
    page.get_by_text("är antecknad.").wait_for()
    assert "Påmind 3 november 2024" in _text(sida)
    page.get_by_role("button", name="Anteckna påmind").first.click()
    page.get_by_text("Redan antecknat i dag.").wait_for()
    assert Handelse.objects.filter(handling="paminn_om_rapportering", av=klara).count() == 1


def _kor(sida: Sida) -> None:
    sida.page.get_by_role("button", name="Beräkna oktober 2024").click()
    sida.page.wait_for_url("**/korningar/2024-10/")
    assert Korning.objects.get().status == Status.BERAKNAD
    sida.oppna("/korningar/2024-10/")
    assert "0 av 13 avvikelser bedömda." in _text(sida)
    sida.granska("korning-obedomd")


def _bedom_flera(sida: Sida) -> None:
    """Many of one kind with one note, first without saying anything."""
    page = sida.page
    page.get_by_role("link", name="Avtal saknas").click()
    page.get_by_role("link", name="Markera alla på sidan").click()
    page.get_by_role("button", name="Anteckna bedömningen").click()
    assert "Välj vad du har kommit fram till." in _text(sida)
    assert page.locator("input[name=avvikelse]:checked").count() == 3  # the ticks stay
    sida.granska("bedom-med-fel")
    page.locator("#bedomning").get_by_text("Åtgärdas", exact=True).click()
    page.get_by_label("Anteckning").fill("Eva lägger upp avtalet i dag.")
    page.get_by_role("button", name="Anteckna bedömningen").click()
    page.get_by_text("bedömda: åtgärdas.").wait_for()
    sida.granska("bedomda")


def _bedom_en(sida: Sida) -> None:
    """One on its own page."""
    page = sida.oppna("/korningar/2024-10/avvikelser/?bedomning=ingen&kod=besok_utan_tid")
    page.locator("#traffar").get_by_role("link", name="Besöket blev noll minuter").click()
    page.get_by_text("Godtas som den är", exact=True).click()
    page.get_by_label("Anteckning").fill("Tiderna är rätt enligt utföraren.")
    page.get_by_role("button", name="Anteckna bedömningen").click()
    page.get_by_text("Tiderna är rätt enligt utföraren.").wait_for()
    sida.granska("avvikelse-bedomd")


def _godta_luckor(page: Page) -> None:
    if page.get_by_text("Jag vet att underlag saknas").count():
        page.get_by_text("Jag vet att underlag saknas").click()


def _granska(mobil: Sida) -> None:
    """The review warns of those that are left."""
    page = mobil.oppna("/korningar/2024-10/")
    assert "4 av 13 avvikelser bedömda." in _text(mobil)
    mobil.granska("korning-nagra-bedomda")
    page.get_by_role("link", name="Klar med granskning …").click()
    assert "9 avvikelser är obedömda." in _text(mobil)
    mobil.granska("granska-obedomda")
    page.get_by_text("Granskningen är klar fast").click()
    _godta_luckor(page)
    page.get_by_role("button", name="Klar med granskning").click()
    page.get_by_text("Granskningen av oktober 2024 är klar.").wait_for()


def _faststall(mobil: Sida) -> None:
    """Somebody else finds it on the start page and settles it."""
    page = mobil.oppna("/")
    mobil.granska("start-faststall")
    page.get_by_role("link", name="Fastställ").first.click()
    _godta_luckor(page)
    page.get_by_role("button", name="Fastställ oktober 2024").click()
    page.get_by_text("är fastställd").first.wait_for()


@pytest.mark.parametrize("flik", ["sida", "mobil", "utan_skript"])
def test_new_years_prices_from_a_spreadsheet(flik: str, klara: Anvandare, request: pytest.FixtureRequest) -> None:
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    vy: Sida = request.getfixturevalue(flik)
    dv = Prislista.objects.get(nyckel="DV")
    page = vy.logga_in(klara).oppna(f"/prislistor/{dv.pk}/")
    vy.granska("prislista-att-andra")
    page.get_by_role("link", name="Nya priser").click()

    # An aid proposes, and what it proposes is only in the boxes
    page.get_by_label("De nya priserna gäller från").fill("2026-01-01")
    page.get_by_label("Räkna upp med, procent").fill("2,5")
    page.get_by_role("button", name="Visa förslag").click()
    assert page.get_by_label("Daglig verksamhet (LSS), nivå 2, heltid, per dag").input_value() == "702"  # 702,13
    vy.granska("nya-priser")
    assert not Pris.objects.filter(fran=NYAR).exists()

    # Pasted, first with a fault in it
    page.get_by_text("Klistra in från Excel i stället").click()
    rubrik = "Insats\tNivå\tOmfattning\tEnhet\tBelopp\n"
    page.get_by_label("Celler från Excel").fill(
        f"{rubrik}LSS-10\t2\theltid\tdag\t1.702\nLSS-10\t6\theltid\tvecka\t2 900\n"
    )
    page.get_by_role("button", name="Fyll i rutorna").click()
    assert "Rad 2: ”1.702” kan läsas på två sätt" in _text(vy)
    assert "Rad 3: Enheten ”vecka” är okänd" in _text(vy)
    vy.granska("klistra-med-fel")
    page.get_by_label("Celler från Excel").fill(
        f"{rubrik}LSS-10\t2\theltid\tdag\t1702\nLSS-10\t6\theltid\tdag\t2 900\n"
    )
    page.get_by_role("button", name="Fyll i rutorna").click()
    page.get_by_text("2 priser ifyllda.".replace(" ", HART, 1)).wait_for()

    # Seen beside the old ones, put right, and stored
    page.get_by_role("button", name="Jämför med dagens priser").click()
    assert "+148,5 %" in _text(vy)
    assert "15 procent eller mer" in _text(vy)
    vy.granska("jamfor-priser")
    page.get_by_role("button", name="Ändra").click()
    page.get_by_label("Daglig verksamhet (LSS), nivå 2, heltid, per dag").fill("702,50")
    page.get_by_role("button", name="Jämför med dagens priser").click()
    assert "+2,6 %" in _text(vy)
    page.get_by_role("button", name="Registrera priserna").click()
    page.get_by_text("är registrerade från").wait_for()
    vy.granska("prislista-efter")
    nya = Pris.objects.filter(prislista=dv, fran=NYAR).order_by("niva").values_list("niva", "belopp", "till")
    assert list(nya) == [("2", Decimal("702.50"), None), ("6", Decimal(2900), None)]
    assert Pris.objects.get(prislista=dv, niva="2", omfattning="heltid", till=NYAR).belopp == 685


def test_a_used_price_shows_why_it_cannot_be_changed(klara: Anvandare, granska_overallt: Granskning) -> None:
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    pris = Pris.objects.get(prislista__nyckel="DV", niva="2", omfattning="heltid")
    granska_overallt(f"/priser/{pris.pk}/", klara, namn="anvant-pris")
    klient = Client()
    klient.force_login(klara)
    text = klient.get(f"/priser/{pris.pk}/").content.decode().replace(HART, " ")
    assert "har använts i april 2025, som är fastställd" in text
    nytt = {"belopp": "999", "sista": "2025-04-15", "sedda": avtryck(pris.prislista)}
    svar = klient.post(f"/priser/{pris.pk}/", nytt).content.decode()
    assert "kan ge rättelser i 1" in svar
    pris.refresh_from_db()
    assert (pris.belopp, pris.till) == (685, None)
    klient.post(f"/priser/{pris.pk}/", nytt | {"rattelser": "on"})
    pris.refresh_from_db()
    assert (pris.belopp, pris.till) == (685, date(2025, 4, 16))  # the amount of a disabled field is not taken


def test_an_avtals_new_version(klara: Anvandare, sida: Sida, mobil: Sida) -> None:
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    avtal = Avtal.objects.get(nyckel="A2")
    page = sida.logga_in(klara).oppna(f"/avtal/{avtal.pk}/")
    page.get_by_role("link", name="Ny version").click()
    sida.granska("ny-avtalsversion")
    page.get_by_label("Från och med").fill("2026-01-01")
    page.get_by_label("Frånvarotrappa").fill("1-14:100,16-30:50")
    page.get_by_label("Bomtid: andel av priset, procent").fill("50")
    page.get_by_role("button", name="Registrera avtalet").click()
    assert "ska börja på dag 15" in _text(sida)
    sida.granska("avtal-med-fel")
    page.get_by_label("Frånvarotrappa").fill("1-14:100, 15-30:50")
    page.get_by_role("button", name="Registrera avtalet").click()
    assert "Modellen närvaro använder inte bomtid" in _text(sida)
    sida.granska("avtal-med-varning")
    page.locator("label").filter(has_text="Jag har läst varningarna").click()
    page.get_by_role("button", name="Registrera avtalet").click()
    page.get_by_text("är registrerat.").wait_for()
    nytt = Avtal.objects.get(fran=NYAR)
    assert (nytt.franvaro, nytt.bomtid_andel) == ("1-14:100,15-30:50", Decimal("0.5"))
    avtal.refresh_from_db()
    assert avtal.till == NYAR
    sida.granska("avtal-nytt")

    page = mobil.logga_in(klara).oppna(f"/avtal/{nytt.pk}/avsluta/")
    page.get_by_label("Sista dagen som avtalet gäller").fill("2026-12-31")
    page.get_by_role("button", name="Avsluta avtalet").click()
    assert "inget avtal om insatsen" in _text(mobil)
    mobil.granska("avsluta-avtal")
    page.locator("label").filter(has_text="Jag har läst varningarna").click()
    page.get_by_role("button", name="Avsluta avtalet").click()
    page.get_by_text("Avtalet är avslutat.").wait_for()


def test_from_an_empty_database_to_an_avtal_with_prices(klara: Anvandare, sida: Sida, mobil: Sida) -> None:
    page = mobil.logga_in(klara).oppna("/prislistor/")
    mobil.granska("inga-prislistor")
    page.get_by_role("link", name="Ny prislista").click()
    page.get_by_label("Namn").fill("Daglig verksamhet, LOV")
    page.get_by_role("button", name="Lägg upp").click()
    page.get_by_label("Insats").first.select_option("LSS-10")
    page.get_by_label("Nivå").first.fill("3")
    page.get_by_role("button", name="Jämför med dagens priser").click()
    assert "Välj vad priset gäller för." in _text(mobil)
    mobil.granska("forsta-priset-med-fel")
    page.get_by_label("Per", exact=True).first.select_option("dag")
    page.get_by_label("Nytt belopp, kr").first.fill("1 193,50")
    page.get_by_label("De nya priserna gäller från").first.fill("2025-01-01")
    page.get_by_role("button", name="Jämför med dagens priser").click()
    page.get_by_role("button", name="Registrera priserna").click()
    page.get_by_text("är registrerat från").wait_for()

    page = sida.logga_in(klara).oppna("/utforare/")
    page.get_by_role("link", name="Ny utförare").click()
    page.get_by_label("Namn").fill("Björken AB")
    page.get_by_label("Organisationsnummer").fill("556600-2374")
    page.get_by_text("Privat regi").click()
    page.get_by_role("button", name="Spara").click()
    assert "Kontrollsiffran stämmer inte" in _text(sida)
    sida.granska("utforare-med-fel")
    page.get_by_label("Organisationsnummer").fill("556600-2373")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("är sparad.").wait_for()
    page.get_by_role("link", name="Ny enhet").click()
    page.get_by_label("Namn").fill("Verkstan")
    page.get_by_label("Platser").fill("12")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Enheten Verkstan är sparad.").wait_for()
    page.get_by_role("link", name="Nytt avtal").click()
    page.get_by_label("Insats").select_option("LSS-10")
    page.get_by_label("Prislista").select_option(label="Daglig verksamhet, LOV")
    page.get_by_label("Från och med").fill("2025-01-01")
    page.get_by_text("Närvaro: dagar med registrerad").click()
    page.get_by_role("button", name="Registrera avtalet").click()
    page.get_by_text("är registrerat.").wait_for()
    assert Utforare.objects.get().avtal.get().modell == "narvaro"
    sida.oppna("/utforare/")
    sida.granska("alla-utforare")


@pytest.mark.parametrize(
    ("adress", "hogst"),
    [
        ("/", 42),  # the groups of each app that has something to say to a controller
        ("/korningar/2024-10/", 20),
        ("/korningar/2024-10/avvikelser/", 12),
        ("/korningar/2024-10/underlag/", 18),
        ("/utforare/", 6),
    ],
)
def test_the_number_of_queries_is_bounded(adress: str, hogst: int, oktober: None, klara: Anvandare) -> None:
    direkt.kor("2024-10")
    klient = Client()
    klient.force_login(klara)
    with CaptureQueriesContext(connection) as fragor:
        assert klient.get(adress).status_code == 200
    assert len(fragor) <= hogst, len(fragor)


def test_what_ends_soon_is_on_the_start_page(klara: Anvandare, granska_overallt: Granskning, settings: object) -> None:
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    settings.IDAG = date(2025, 12, 1)  # type: ignore[attr-defined]
    klient = Client()
    klient.force_login(klara)
    avtal = Avtal.objects.get(nyckel="A2")
    assert "upphör" not in klient.get("/").content.decode()
    adress = reverse("ersattning:avsluta_avtal", args=[avtal.pk])
    klient.post(adress, {"sista": "2025-12-31", "bekrafta": "on"})
    pris = Pris.objects.get(prislista__nyckel="BM", niva="1")
    klient.post(f"/priser/{pris.pk}/", {"belopp": "1242", "sista": "2025-12-10", "sedda": avtryck(pris.prislista)})
    granska_overallt("/", klara, namn="start-upphor")
    text = klient.get("/").content.decode().replace(HART, " ")
    assert "Avtal och priser som upphör" in text
    assert "om 30 dagar" in text
    assert "BmSS 2025" in text
