"""In a browser: a finding is read, what is made of it is noted, a signal is looked at, a limit is changed."""

from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.tid import STOCKHOLM
from tests.webb.conftest import Granskning
from tests.webb.varld import Varld, bygg
from tests.webb.webblasare import Sida
from uppfoljning.kontroll.korning import kontrollera
from uppfoljning.models import Fynd, Fyndbedomning

IDAG, NU = date(2026, 6, 3), datetime(2026, 6, 3, 3, 10, tzinfo=STOCKHOLM)
_MORGNAR = [f"2026-04-{dag:02}" for dag in range(1, 21)]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def varld(live_server: object, tmp_path: Path, settings: object) -> Varld:
    """Anna's insats is decided twice, and her visits are alike to the minute."""
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    bygd = bygg(tmp_path)
    rad = lagrad_rad("beslut", "B-EGEN") | {"beslut_id": "B-TVA", "beslutsdatum": "2026-02-01", "fran": "2026-02-01"}
    besok = [
        {
            "besok_id": f"K{nr}",
            "verkstallighet_id": "V-EGEN",
            "utford_start": f"{dag}T22:00",
            "utford_slut": f"{dag}T22:45",
            "registrering": "efterhand",
        }
        for nr, dag in enumerate(_MORGNAR)
    ]
    registrera(rader={"beslut": [rad], "besok": besok}, spar=Spar(None, "registrera", "datapaket", "Lades in."))
    kontrollera(idag=IDAG, nu=NU)
    return bygd


def test_what_is_wrong_is_read_noted_and_closed_and_a_pattern_is_looked_at(
    mobil: Sida, utan_skript: Sida, sida: Sida, varld: Varld, granska_overallt: Granskning
) -> None:
    maria, klara = varld.anvandare[Roll.HANDLAGGARE], varld.anvandare[Roll.CONTROLLER]
    page = mobil.logga_in(maria).oppna("/")
    page.locator("#fynd").get_by_role("link", name="Anna Ek", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Ek")
    mobil.granska("fynd-mitt")
    page.get_by_role("button", name="Anteckna").click()
    expect(page.locator("#felsumma")).to_contain_text("Välj vad det ledde till")
    page.locator("label.radio-button__label").filter(has_text="Åtgärdas").click()
    page.get_by_label("Anteckning", exact=True).fill("Det äldre beslutet avslutas i dag.")
    page.get_by_role("button", name="Anteckna").click()
    expect(page.locator("main")).to_contain_text("Det äldre beslutet avslutas i dag.")
    assert Fyndbedomning.objects.get().av == maria

    spar = Spar(maria, "registrera", "beslut:B-EGEN", "Det äldre slutar gälla.")
    registrera(rader={"beslut": [lagrad_rad("beslut", "B-EGEN") | {"till": "2026-01-31"}]}, spar=spar)
    mobil.oppna("/mina-fynd/")
    expect(page.locator("#traffar")).not_to_contain_text("Två beslut om samma insats")  # looked at at once
    assert Fynd.objects.get(regel="dubbla_beslut").stangd == IDAG

    page = utan_skript.logga_in(klara).oppna("/rapporter/fusk-och-fel/")
    page.locator("#signaler").get_by_role("link", name="V-EGEN").first.click()
    expect(page.locator("#besok")).to_contain_text("22.00–22.45")
    utan_skript.granska("signal")
    page.locator("label.radio-button__label").filter(has_text="Lämnat vidare").click()
    page.get_by_label("Anteckning", exact=True).fill("Lämnat till avtalssamordnaren.")
    page.get_by_role("button", name="Anteckna").click()
    utan_skript.oppna("/rapporter/fusk-och-fel/")
    expect(page.locator("#signaler")).to_contain_text("Lämnat vidare")

    page = sida.logga_in(klara).oppna("/signaler/regler/")
    page.locator("#nattbesok").get_by_role("link", name="4 besök").click()
    page.get_by_label("Ny gräns, besök").fill("30")
    page.get_by_label("Varför").fill("Många har beslut om stöd på natten.")
    page.get_by_role("button", name="Ändra gränsen").click()
    expect(page.locator("main")).to_contain_text("Gränsen är 30 besök.")
    sida.granska("grans")
    kontrollera(idag=IDAG, nu=NU)
    assert Fynd.objects.get(regel="nattbesok").stangd == IDAG

    fynd = Fynd.objects.filter(omrade="kvalitet", stangd=None, person__isnull=False).earliest("pk")
    granska_overallt("/rapporter/datakvalitet/", klara)
    granska_overallt("/fynd/?lage=alla", klara)
    granska_overallt(f"/fynd/{fynd.pk}/", klara)
