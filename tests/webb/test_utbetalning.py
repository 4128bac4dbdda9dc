"""The last step of the month in the browser: the mall, the files, and utbetald."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from celery import current_app
from django.test import Client

from ersattning.models import Fil, Kontering, Korning
from ersattning.models.fil import UTBETALNINGSFILER
from ersattning.regler import Status
from grund.models import Anvandare
from tests.kedja import direkt
from tests.utbetalning import mall, sielasare
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida

EXEMPEL = Path(__file__).parents[1] / "exempel"
HART = "\N{NO-BREAK SPACE}"
SIDAN = "/korningar/2024-10/utbetalning/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def genast(tmp_path: Path, settings: object) -> Iterator[None]:
    """It is 3 November 2024, and tasks are done here and now."""
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    settings.IDAG = date(2024, 11, 3)  # type: ignore[attr-defined]
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


@pytest.fixture
def oktober() -> Korning:
    direkt.las_in(EXEMPEL / "7-kanter" / "paket")
    korning = direkt.kor("2024-10")
    direkt.faststall("2024-10")
    return korning


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def test_a_month_is_booked_and_marked_paid(
    oktober: Korning, klara: Anvandare, sida: Sida, mobil: Sida, utan_skript: Sida
) -> None:
    page = sida.logga_in(klara).oppna("/")
    page.get_by_role("link", name="Gör underlaget").wait_for()
    page = sida.oppna("/korningar/2024-10/")
    sida.granska("korning-fast")
    page.get_by_role("link", name="Utbetalning …").click()
    assert "Konteringsmallen räcker inte till" in _text(sida)
    sida.granska("utbetalning-saknas")
    page.get_by_role("link", name="Lägg till en rad").first.click()
    _lagg_till(sida)
    page = mobil.logga_in(klara).oppna(SIDAN)
    mobil.granska("utbetalning-att-gora")
    page.get_by_role("button", name="Gör utbetalningsunderlaget").click()
    page.get_by_text("Utbetalningsunderlaget är gjort").wait_for()
    mobil.granska("utbetalning-gjord")
    with page.expect_download() as hamtad:
        page.get_by_role("link", name="SIE 4I").first.click()
    assert sielasare.las(Path(hamtad.value.path()).read_bytes()).ver
    page = utan_skript.logga_in(klara).oppna(SIDAN)
    page.get_by_text("Filerna är inlästa i ekonomisystemet").click()
    page.get_by_role("button", name="Markera som utbetald").click()
    assert "Oktober 2024 är markerad som utbetald." in _text(utan_skript)
    utan_skript.granska("utbetalning-utbetald")
    sida.oppna(SIDAN)
    sida.granska("utbetalning-utbetald")
    oktober.refresh_from_db()
    assert (oktober.status, oktober.utbetald_av) == (Status.UTBETALD, klara)
    sida.oppna("/korningar/2024-10/")
    assert "av Klara Lind." in _text(sida)
    sida.oppna("/konteringsmall/")
    page = sida.page
    page.get_by_role("link", name="Avsluta").first.click()
    assert "En månad är bokförd efter raden" in _text(sida)
    sida.granska("kontering-anvand")


def _lagg_till(sida: Sida) -> None:
    """What the address says is filled in; a wrong account is refused beside its field."""
    page = sida.page
    assert page.get_by_label("Regi", exact=True).input_value() == "privat"
    assert page.get_by_label("Gäller från").input_value() == "2024-10-01"
    page.get_by_label("Insats", exact=True).select_option("")
    page.get_by_label("Artikel").select_option("")
    page.get_by_label("Konto", exact=True).fill("46")
    page.get_by_label("Kontots namn", exact=True).fill("Köp av verksamhet")
    page.get_by_label("Verksamhet", exact=True).fill("513")
    page.get_by_label("Motkonto", exact=True).fill("2998")
    page.get_by_label("Motkontots namn").fill("Upplupna kostnader")
    page.get_by_role("button", name="Spara").click()
    assert "Ett konto har 3–10 siffror." in _text(sida)
    sida.granska("kontering-med-fel")
    page.get_by_label("Konto", exact=True).fill("4640")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Konteringen är tillagd.").wait_for()
    sida.granska("konteringsmall")


def test_the_pages_are_right_everywhere(oktober: Korning, klara: Anvandare, granska_overallt: Granskning) -> None:
    rad, _ = mall.hel_mall()
    mall.kontering(fran=date(2009, 1, 1), till=date(2009, 2, 1), konto="4649", kontonamn="Annat")
    for adress in (SIDAN, "/konteringsmall/", "/konteringsmall/ny/", f"/konteringsmall/{rad.pk}/"):
        granska_overallt(adress, klara)


def test_the_mall_is_changed_versioned_and_a_row_removed(oktober: Korning, klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    rad, egen = mall.hel_mall()
    falt = {
        "regi": "privat",
        "konto": "4641",
        "kontonamn": "Köp",
        "motkonto": "2998",
        "motkontonamn": "Upplupna kostnader",
        "fran": "2024-01-01",
    }
    assert klient.post(f"/konteringsmall/{rad.pk}/", falt).status_code == 302
    rad.refresh_from_db()
    assert (rad.konto, rad.ansvar) == ("4641", "")
    svar = klient.post("/konteringsmall/ny/", falt)
    assert "Mallen har redan en kontering för samma sak" in svar.content.decode()
    assert klient.post(f"/konteringsmall/{rad.pk}/ny-version/", falt | {"fran": "2025-01-01"}).status_code == 302
    rad.refresh_from_db()
    assert rad.till == date(2025, 1, 1)
    assert klient.post(f"/konteringsmall/{egen.pk}/ta-bort/").status_code == 302
    assert not Kontering.objects.filter(pk=egen.pk).exists()


def test_who_settled_is_told_who_may_not_and_nothing_happens(oktober: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    bo = Anvandare.objects.get(username="bo")
    klient = Client()
    klient.force_login(bo)
    assert klient.post(f"{SIDAN}underlag/").status_code == 302
    assert Fil.objects.filter(slag__in=UTBETALNINGSFILER).exists()
    klient.post(f"{SIDAN}markera/", {"ar_betald": "ja"})
    text = klient.get(SIDAN).content.decode().replace(HART, " ")
    assert "bo har fastställt 2024-10 och får inte markera den som utbetald." in text
    klient.force_login(klara)
    klient.post(f"{SIDAN}markera/")
    assert "Bekräfta att filerna är inlästa" in klient.get(SIDAN).content.decode()
    oktober.refresh_from_db()
    assert oktober.status == Status.FASTSTALLD


def test_a_month_that_is_not_settled_has_nothing_to_pay(klara: Anvandare) -> None:
    direkt.las_in(EXEMPEL / "7-kanter" / "paket")
    direkt.kor("2024-10")
    klient = Client()
    klient.force_login(klara)
    assert "Månaden är inte fastställd" in klient.get(SIDAN).content.decode()
    klient.post(f"{SIDAN}underlag/")
    assert "Bara en fastställd månad betalas ut" in klient.get(SIDAN).content.decode()
