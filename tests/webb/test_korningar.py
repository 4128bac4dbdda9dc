"""The months' pages: what they show, and a month's way from the page to a settled month by two people."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ersattning import actions
from ersattning.models import Ersattningsrad, Fil, Korning
from ersattning.regler import Status
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.pengar import kronor
from grund.tid import Manad
from tests.kedja import direkt
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida

EXEMPEL = Path(__file__).parents[1] / "exempel" / "6-rattelse"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maj(tmp_path: Path, settings: object) -> Korning:
    """April settled, May calculated with rättelser of April."""
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    direkt.las_in(EXEMPEL / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    direkt.las_in(EXEMPEL / "paket-2")
    return direkt.kor("2025-05")


@pytest.fixture
def genast() -> Iterator[None]:
    """Tasks are done here and now, instead of by a worker."""
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


SIDOR = ["", "rader/", "rader/?typ=kreditering", "avvikelser/", "handelser/", "faststall/"]


@pytest.mark.parametrize("sida_", SIDOR)
def test_a_page_of_the_month_stands_in_every_browser(
    sida_: str, maj: Korning, klara: Anvandare, granska_overallt: Granskning
) -> None:
    granska_overallt(f"/korningar/2025-05/{sida_}", klara)


def test_the_list_of_months_stands_in_every_browser(
    maj: Korning, klara: Anvandare, granska_overallt: Granskning
) -> None:
    granska_overallt("/korningar/", klara)


def test_the_list_is_empty_before_the_first_month(klara: Anvandare, granska_overallt: Granskning) -> None:
    granska_overallt("/korningar/", klara, namn="korningar-tom")


def test_the_month_says_what_the_database_says(maj: Korning, klara: Anvandare, sida: Sida) -> None:
    page = sida.logga_in(klara).oppna("/korningar/2025-05/")
    total = Ersattningsrad.objects.filter(korning=maj).aggregate(s=Sum("belopp"))["s"]
    assert kronor(total) in page.locator(".nyckeltal").inner_text()
    fot = page.get_by_role("table", name="Ersättning per utförare, kronor").locator("tfoot")
    assert _tal(fot.locator("td").nth(4).inner_text()) == round(total)


def _tal(text: str) -> int:
    return int("".join(text.split()).replace("\N{MINUS SIGN}", "-"))


def test_the_sum_of_filtered_rows_is_theirs(maj: Korning, klara: Anvandare, sida: Sida) -> None:
    page = sida.logga_in(klara).oppna("/korningar/2025-05/rader/")
    page.get_by_label("Typ").select_option("rattelse")
    page.wait_for_url("**typ=rattelse**")
    rattelser = Ersattningsrad.objects.filter(korning=maj, typ="rattelse")
    page.wait_for_function(f"document.querySelectorAll('#traffar tbody tr').length === {rattelser.count()}")
    assert kronor(sum(rattelser.values_list("belopp", flat=True), Decimal(0))).removesuffix("\N{NO-BREAK SPACE}kr") in (
        page.locator("#traffar tfoot").inner_text()
    )
    sida.granska("rader-rattelse")


def test_a_faulty_filter_says_so_and_shows_nothing(maj: Korning, klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    svar = klient.get("/korningar/2025-05/rader/?typ=nagot")
    assert svar.status_code == 200
    assert "Inga rader passar urvalet" in svar.content.decode()


def test_two_people_take_a_month_from_the_page_to_settled(
    maj: Korning, genast: None, klara: Anvandare, gustav: Anvandare, sida: Sida, mobil: Sida
) -> None:
    page = sida.logga_in(klara).oppna("/korningar/2025-05/")
    page.get_by_role("button", name="Räkna om").click()
    assert "har startat" in page.locator("main").inner_text()
    page.get_by_role("button", name="Klar med granskning").click()
    assert "får inte fastställa" in page.locator("main").inner_text()  # who calculated may not settle
    assert "Månaden kan fastställas av anna, bo eller Gustav Ek." in page.locator("main").inner_text()
    sida.granska("granskad")

    page = mobil.logga_in(gustav).oppna("/korningar/2025-05/")
    page.get_by_role("link", name="Fastställ …").click()
    page.get_by_role("button", name="Fastställ maj 2025").click()
    assert "är fastställd" in page.locator("main").inner_text()
    mobil.granska("faststalld")
    maj.refresh_from_db()
    assert (maj.status, maj.faststalld_av, maj.granskad_av) == (Status.FASTSTALLD, gustav, klara)
    assert Fil.objects.filter(korning=maj).exists()


def test_nobody_settles_figures_that_have_been_calculated_anew_since(
    maj: Korning, klara: Anvandare, gustav: Anvandare, sida: Sida
) -> None:
    actions.granska_manad(manad=Manad(2025, 5), av=klara, nu=timezone.now())
    page = sida.logga_in(gustav).oppna("/korningar/2025-05/faststall/")
    direkt.kor("2025-05")
    actions.granska_manad(manad=Manad(2025, 5), av=klara, nu=timezone.now())
    page.get_by_role("button", name="Fastställ maj 2025").click()
    assert "har räknats om sedan du såg siffrorna" in page.locator("main").inner_text()
    maj.refresh_from_db()
    assert maj.status == Status.GRANSKAD


def test_a_reviewed_month_is_not_calculated_anew_unasked(
    maj: Korning, genast: None, klara: Anvandare, utan_skript: Sida
) -> None:
    actions.granska_manad(manad=Manad(2025, 5), av=klara, nu=timezone.now())
    page = utan_skript.logga_in(klara).oppna("/korningar/2025-05/")
    page.get_by_role("button", name="Räkna om").click()
    assert "Klara Lind granskade 2025-05" in page.locator("main").inner_text()
    utan_skript.granska("rakna-om")
    maj.refresh_from_db()
    assert (maj.status, maj.omgang) == (Status.GRANSKAD, 1)
    page.get_by_role("button", name="Räkna om ändå").click()
    maj.refresh_from_db()
    assert (maj.status, maj.omgang, maj.granskad_av) == (Status.BERAKNAD, 2, None)
    handelse = Handelse.objects.filter(handling="starta_korning").latest("pk")
    assert "Klara Lind granskade 2025-05" in handelse.text


def test_a_review_that_came_meanwhile_is_asked_about_too(maj: Korning, klara: Anvandare) -> None:
    actions.granska_manad(manad=Manad(2025, 5), av=klara, nu=timezone.now())
    klient = Client()
    klient.force_login(klara)
    svar = klient.post("/korningar/starta/", {"manad": "2025-05", "omgang": "0"})  # from the list of months
    assert "Räkna om ändå" in svar.content.decode()
    with pytest.raises(Hindrad, match="Klara Lind granskade"):
        actions.starta_korning(manad=Manad(2025, 5), av=klara, nu=timezone.now(), slapp_granskning=False)


def test_a_running_month_is_followed_until_it_is_done(maj: Korning, klara: Anvandare, sida: Sida) -> None:
    Korning.objects.filter(pk=maj.pk).update(status=Status.BERAKNAS)
    page = sida.logga_in(klara).oppna("/korningar/2025-05/")
    assert page.get_by_role("heading", name="Beräkningen pågår").is_visible()
    sida.granska("beraknas")
    Korning.objects.filter(pk=maj.pk).update(status=Status.BERAKNAD)
    page.get_by_role("heading", name="Ersättning per utförare").wait_for()


def test_a_file_is_given_as_it_was_made_and_an_altered_one_is_not(maj: Korning, klara: Anvandare) -> None:
    from ersattning.filer.actions import skapa_filer_direkt  # noqa: PLC0415
    from ersattning.filer.lager import plats  # noqa: PLC0415

    skapa_filer_direkt(korning=maj)
    fil = Fil.objects.filter(korning=maj).first()
    assert fil
    klient = Client()
    klient.force_login(klara)
    svar = klient.get(reverse("ersattning:fil", args=[fil.pk]))
    assert b"".join(svar) == plats(fil.sokvag).read_bytes()  # type: ignore[arg-type]
    plats(fil.sokvag).write_bytes(b"annat")
    svar = klient.get(reverse("ersattning:fil", args=[fil.pk]), follow=True)
    assert "har ändrats sedan den gjordes" in svar.content.decode()


def test_the_csv_files_are_those_of_the_command(maj: Korning, klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    svar = klient.get("/korningar/2025-05/ersattning.csv")
    assert b"".join(svar) == (EXEMPEL / "ersattning-2025-05.csv").read_bytes()  # type: ignore[arg-type]
    assert klient.get("/korningar/2025-05/annat.csv").status_code == 404


@pytest.mark.parametrize(("adress", "hogst"), [("", 16), ("rader/", 10), ("avvikelser/", 10)])
def test_the_number_of_queries_does_not_grow_with_the_month(
    adress: str, hogst: int, maj: Korning, klara: Anvandare
) -> None:
    klient = Client()
    klient.force_login(klara)
    with CaptureQueriesContext(connection) as fragor:
        klient.get(f"/korningar/2025-05/{adress}")
    assert len(fragor) <= hogst


def test_a_month_that_was_never_run_is_no_page(klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    for adress in ("/korningar/2031-01/", "/korningar/2031-13/", "/korningar/2031-01/rader/"):
        assert klient.get(adress).status_code == 404


def test_a_utforare_that_only_has_avvikelser_is_there_too(tmp_path: Path, klara: Anvandare) -> None:
    direkt.las_in(EXEMPEL / "paket-1")
    paket = tmp_path / "utan-avtal"
    paket.mkdir()
    for fil, text in {
        "utforare": "utforare_id;namn;organisationsnummer;regi\nUA;Utan avtal AB;5566002357;privat\n",
        "enheter": "enhet_id;utforare_id;namn;platser\nUA-1;UA;Enhet UA-1;5\n",
        "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;fran\nV9;B1;UA-1;2025-05-01\n",
    }.items():
        (paket / f"{fil}.csv").write_text(text, encoding="utf-8")
    direkt.las_in(paket)
    direkt.kor("2025-05")
    klient = Client()
    klient.force_login(klara)
    assert "Utan avtal AB" in klient.get("/korningar/2025-05/").content.decode()


@pytest.mark.parametrize(
    "fraga", ["per_page=100000", "page=abc", "page=0", "page=99999", "sort=person__personnummer", "sort=--"]
)
def test_the_address_cannot_ask_for_more_than_a_page(
    fraga: str, maj: Korning, klara: Anvandare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ersattning.views.rader.PER_SIDA", 2)
    klient = Client()
    klient.force_login(klara)
    svar = klient.get(f"/korningar/2025-05/rader/?{fraga}")
    assert svar.status_code == 200
    assert svar.content.decode().count('href="/rader/') in {1, 2}
