"""A vite in the browser: proposed with a look at what it does, approved by another, paid, explained, and undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from celery import current_app

from ersattning.models import Ersattningsrad, Justering
from grund.models import Anvandare
from tests.kedja import direkt
from tests.webb.varld_rapport import pdf
from tests.webb.webblasare import Sida

EXEMPEL = Path(__file__).parents[1] / "exempel"
HART = "\N{NO-BREAK SPACE}"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def genast(tmp_path: Path, settings: object) -> Iterator[None]:
    """It is 3 November 2024, and tasks are done here and now."""
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    settings.IDAG = date(2024, 11, 3)  # type: ignore[attr-defined]
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def test_a_vite_goes_from_proposal_to_explained_row(
    klara: Anvandare, gustav: Anvandare, sida: Sida, mobil: Sida, utan_skript: Sida, tmp_path: Path
) -> None:
    direkt.las_in(EXEMPEL / "7-kanter" / "paket")
    direkt.kor("2024-10")
    papper = tmp_path / "beslut.pdf"
    papper.write_bytes(pdf())

    _foresla(sida.logga_in(klara), papper)
    _godkann(mobil.logga_in(gustav))

    sida.oppna("/korningar/2024-10/")
    assert "1 godkänd justering på −10 000,50 kr är inte med i oktober 2024." in _text(sida)
    direkt.kor("2024-10")
    _betald(sida)
    _ta_tillbaka(utan_skript.logga_in(klara))
    assert Ersattningsrad.objects.filter(typ="justering").count() == 1


def _foresla(sida: Sida, papper: Path) -> None:
    page = sida.oppna("/justeringar/")
    page.get_by_role("link", name="Ny justering").first.click()
    page.get_by_role("button", name="Visa vad den gör").click()
    page.get_by_text("Det går inte att visa än:").wait_for()
    sida.granska("justering-ny")
    _fyll_i(sida)
    page.get_by_label("Bilaga").set_input_files(papper)
    page.get_by_role("button", name="Visa vad den gör").click()
    page.get_by_text("Inget är sparat.").wait_for()
    assert "Utförare KNT med justeringen" in _text(sida)
    assert "Oktober 2024 är redan beräknad." in _text(sida)
    sida.granska("justering-effekt")
    page.get_by_role("button", name="Föreslå justeringen").click()  # the paper is still chosen
    assert "klara har föreslagit J-" in _text(sida)
    sida.granska("justering-egen")
    sida.oppna("/korningar/2024-10/")
    assert "1 föreslagen justering på −10 000,50 kr väntar" in _text(sida)


def _godkann(mobil: Sida) -> None:
    page = mobil.oppna("/")
    page.get_by_role("link", name="Godkänn eller neka").click()
    mobil.granska("justering-att-godkanna")
    page.get_by_role("button", name="Neka").click()
    assert "Skriv varför justeringen nekas." in _text(mobil)
    page.get_by_role("button", name="Godkänn −10").click()
    assert "är godkänd." in _text(mobil)
    assert "måste räknas om" in _text(mobil)
    mobil.oppna("/justeringar/?status=godkand")
    mobil.granska("justeringar")


def _betald(sida: Sida) -> None:
    page = sida.oppna("/korningar/2024-10/")
    assert "är inte med" not in _text(sida)
    sida.granska("korning-med-justering")
    page = sida.oppna("/korningar/2024-10/rader/?typ=justering")
    page.get_by_role("link", name="−10").click()
    assert "Rapporten kom för sent." in _text(sida)
    assert "Av Gustav Ek." in _text(sida)
    sida.granska("justering-forklarad")


def _ta_tillbaka(utan_skript: Sida) -> None:
    page = utan_skript.oppna(f"/justeringar/{Justering.objects.get().pk}/")
    page.get_by_role("link", name="Ta tillbaka …").click()
    utan_skript.granska("justering-ta-tillbaka")
    page.get_by_label("Motivering").fill("Rapporten kom i tid.")
    page.get_by_role("button", name="Föreslå att den tas tillbaka").click()
    page.get_by_role("button", name="Återkalla").click()
    assert "är återkallad." in _text(utan_skript)
    utan_skript.granska("justering-aterkallad")
    page.get_by_role("link", name="J-").last.click()
    page.get_by_role("link", name="Ny med samma uppgifter").click()
    page.get_by_role("button", name="Visa vad den gör").click()
    assert "Utförare KNT med justeringen" in _text(utan_skript)


def _fyll_i(sida: Sida) -> None:
    page = sida.page
    page.get_by_label("Utförare", exact=True).select_option(label="Utförare KNT")
    page.get_by_label("Insats", exact=True).select_option("LSS-9")
    page.get_by_label("Slag", exact=True).select_option("vite")
    page.get_by_label("Belopp, kr").fill("10 000,50")
    page.get_by_label("Månad som justeringen avser").select_option("2024-10")
    page.get_by_label("Motivering").fill("Rapporten kom för sent.")
