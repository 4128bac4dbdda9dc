"""The reports on what was carried out, from the desk, on a phone and without scripts."""

from datetime import date
from pathlib import Path

import pytest

from grund.models import Anvandare
from tests.uppfoljning.test_avbokningar import bygg
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida

MAJ = "fran=2026-05&till=2026-05"

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_controller_follows_a_figure_to_the_persons(
    sida: Sida, granska_overallt: Granskning, klara: Anvandare, tmp_path: Path, settings: object
) -> None:
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    bygg(tmp_path, per_utforare=2)
    granska_overallt(f"/rapporter/narvaro/?{MAJ}", klara)
    granska_overallt(f"/rapporter/avbokningar/?{MAJ}")
    page = sida.page
    page.locator("#tabell-utforare_tid").get_by_role("link", name="Björken").click()
    assert page.get_by_label("Utförare", exact=True).locator("option:checked").inner_text() == "Björken"
    personer = page.locator("#tabell-personlista tbody tr")
    assert personer.count() == 2
    page.get_by_label("Tar inte emot: minst, procent").fill("101")
    page.get_by_role("button", name="Visa").click()
    assert page.get_by_text("Skriv 1–100.").first.is_visible()
    page.get_by_label("Tar inte emot: minst, procent").fill("50")
    page.get_by_role("button", name="Visa").click()
    page.locator("#tabell-tar_inte_emot").get_by_role("link", name="DP1").click()
    assert "/beslut/" in page.url
