"""A handlingsplan in the browser: laid down, followed up, refused, told to the nämnd, and read as a report."""

from datetime import date

import pytest

from grund.models import Anvandare
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida
from uppfoljning.models import Atgard, Handlingsplan

pytestmark = pytest.mark.django_db(transaction=True)
HART = "\N{NO-BREAK SPACE}"


def test_a_plan_goes_from_decision_to_report(
    klara: Anvandare, sida: Sida, mobil: Sida, granska_overallt: Granskning, settings: object
) -> None:
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    plan, atgard = _lagg_upp(sida.logga_in(klara))
    _folj_upp(mobil.logga_in(klara), atgard)
    _redovisa(sida, plan)
    for adress in (
        "/rapporter/handlingsplan/",
        "/rapporter/handlingsplan/planer/",
        f"/rapporter/handlingsplan/planer/{plan.pk}/",
        f"/rapporter/handlingsplan/atgarder/{atgard.pk}/",
    ):
        granska_overallt(adress, klara)
    text = _text(sida)
    assert "Rutinen är skriven." in text


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def _lagg_upp(sida: Sida) -> tuple[Handlingsplan, Atgard]:
    page = sida.oppna("/rapporter/handlingsplan/planer/")
    page.get_by_role("link", name="Ny handlingsplan").click()
    page.get_by_label("Titel").fill("Bättre boendestöd")
    page.get_by_label("Beslutad av nämnden").fill("2026-01-20")
    page.get_by_label("Diarienummer").fill("SN 2026/0012")
    page.get_by_label("Bakgrund").fill("Gäller 19900202-9818.")
    page.get_by_role("button", name="Spara handlingsplanen").click()
    assert "Texten har ett personnummer." in _text(sida)
    sida.granska("handlingsplan-ny")
    page.get_by_label("Bakgrund").fill("Kostnaden ökar.")
    page.get_by_role("button", name="Spara handlingsplanen").click()
    page.get_by_role("link", name="Ny åtgärd").click()
    page.get_by_label("Rubrik").fill("Registrera avbokningar")
    page.get_by_label("Behov").fill("Orsaken saknas.")
    page.get_by_label("Åtgärd", exact=True).fill("Varje avbokning får en orsak.")
    page.get_by_label("Ansvarig").fill("Enhetschef boendestöd")
    page.get_by_label("Börjar senast").fill("2026-02-01")
    page.get_by_label("Klar senast").fill("2026-04-30")
    sida.granska("handlingsplan-ny-atgard")
    page.get_by_role("button", name="Lägg till åtgärden").click()
    assert "34 dagar sen" in _text(sida)
    return Handlingsplan.objects.get(), Atgard.objects.get()


def _folj_upp(sida: Sida, atgard: Atgard) -> None:
    page = sida.oppna(f"/rapporter/handlingsplan/atgarder/{atgard.pk}/")
    page.get_by_label("Vad som kom fram").fill("Rutinen är skriven.")
    page.get_by_text("Pågår", exact=True).click()
    page.get_by_label("Klar senast").fill("2026-09-30")
    page.get_by_role("button", name="Lägg till uppföljningen").click()
    assert "Uppföljningen är tillagd." in page.content()
    assert "klar senast 30 september 2026" in _text(sida)


def _redovisa(sida: Sida, plan: Handlingsplan) -> None:
    page = sida.oppna(f"/rapporter/handlingsplan/planer/{plan.pk}/redovisad/")
    page.get_by_label("Redovisningen visar läget den").fill("2026-05-31")
    page.get_by_label("Nämndens sammanträde").fill("2026-06-02")
    page.get_by_label("Diarienummer").fill("SN 2026/0040")
    page.get_by_role("button", name="Notera redovisningen").click()
    assert "2 juni 2026, SN 2026/0040" in _text(sida)
