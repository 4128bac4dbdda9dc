"""What levels and individavtal cost, in the browser: looked at, followed to its ground, and told to the nämnd."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from openpyxl import load_workbook

from beslut.models import Lasning, Nivabedomning
from ersattning.models import Individavtalsmotiv
from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.nivakostnad.varld import IDAG, bygg
from tests.webb.webblasare import Sida
from utforare.models import Avtal, Prislista, Utforare

HART = "\N{NO-BREAK SPACE}"
IFYLLT = {
    "diarienummer": "SN 2026/0148",
    "datum": "2026-06-10",
    "sammantrade": "2026-06-16",
    "handlaggare": "Nora Sand",
    "handlaggare_titel": "nämndsekreterare",
    "undertecknare": "Gunnel Ask",
    "undertecknare_titel": "socialdirektör",
}

pytestmark = pytest.mark.django_db(transaction=True)


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def _anvandare(namn: str, roll: Roll) -> Anvandare:
    return Anvandare.objects.create_user(namn, first_name=namn.title(), last_name="Prov", roller=[roll])


def _klient(vem: Anvandare) -> Client:
    klient = Client()
    klient.force_login(vem)
    return klient


def _pdftext(pdf: bytes) -> str:
    return " ".join(" ".join(sida.extract_text() for sida in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def test_from_the_report_to_the_rows_and_to_the_namnd(
    klara: Anvandare, sida: Sida, mobil: Sida, tmp_path: Path, settings: object
) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    bygg(tmp_path)
    eva, nora = _anvandare("eva", Roll.AVTALSSAMORDNARE), _anvandare("nora", Roll.NAMNDSEKRETERARE)
    page = sida.logga_in(eva).oppna("/rapporter/nivaandringar/")
    assert "5 dyrare, 0 billigare" in _text(sida)
    assert page.locator("svg.diagram desc").inner_html().startswith("Mer per år")
    sida.granska("nivaandringar")
    page.get_by_label("Insats").select_option("LSS-10")
    page.get_by_role("button", name="Visa").click()
    page.get_by_role("link", name="2026-02-10").click()
    assert "Nivå 1 blev nivå 3" in page.get_by_role("heading", level=1).inner_text()
    assert "Rättelse" in _text(sida)
    assert page.locator("#betalt ~ * a").count() == 0  # who does not see ersättning has no way to the rows
    sida.granska("nivaandring")
    bedomning = Nivabedomning.objects.get(nyckel="N-narvaro-3")
    assert Lasning.objects.filter(anvandare=eva, person=bedomning.person_id, sida="nivåändring").exists()
    page = sida.logga_in(klara).oppna("/korningar/2026-05/")
    page.locator("summary", has_text="Vad som ligger i varje del").click()
    page.get_by_role("link", name="Nivåerna, och vad var och en gör").click()
    sida.granska("nivadelar")
    page.get_by_role("link", name="Nivå 2 och nivå 3 → nivå 3").click()
    page.get_by_role("link", name="Vad den ändrade nivån kostar").click()
    assert "Nivå 2 blev nivå 3" in page.get_by_role("heading", level=1).inner_text()
    mobil.logga_in(klara).oppna("/rapporter/nivaandringar/")
    mobil.granska("nivaandringar")
    bok = load_workbook(BytesIO(_klient(klara).get("/rapporter/nivaandringar/nivaandringar.xlsx").content))
    assert bok.sheetnames[0] == "Nivåändringar"
    assert "Test1" not in str([rad for blad in bok for rad in blad.values])
    _namnden(nora, sida)


def _namnden(nora: Anvandare, sida: Sida) -> None:
    """Four persons had another level in the spring, too few to tell of; and the half-year must be over."""
    klient = _klient(nora)
    assert klient.get("/rapporter/nivaandringar/").status_code == 403
    assert klient.get("/rapporter/nivaandringar/halvar/2026-1/").status_code == 404
    sida.logga_in(nora).oppna("/rapporter/nivaandringar/halvar/2025-2/")
    sida.granska("nivaandringar-namnden")
    svar = klient.post("/rapporter/nivaandringar/halvar/2025-2/", IFYLLT)
    text = _pdftext(svar.content)
    assert "andra halvåret 2025" in text
    assert "Ingen nivå ändrades" in text
    assert Handelse.objects.filter(handling="gor_tjansteutlatande").count() == 1


def test_an_individavtal_is_made_with_a_reason_and_told_of(
    sida: Sida, mobil: Sida, tmp_path: Path, settings: object
) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    bygg(tmp_path)
    eva = _anvandare("eva", Roll.AVTALSSAMORDNARE)
    utforare = Utforare.objects.get(nyckel="U")
    page = sida.logga_in(eva).oppna(f"/utforare/{utforare.pk}/avtal/nytt/")
    page.get_by_label("Insats", exact=True).select_option("LSS-9")
    page.get_by_label("Avtalsform").select_option("individavtal")
    page.get_by_label("Personens id").fill("P-dygn")
    page.get_by_label("Prislista", exact=True).select_option(label=Prislista.objects.get().namn)
    page.get_by_text("Dygn: varje dag betalas").click()
    page.get_by_label("Från och med").fill("2026-07-01")
    page.get_by_role("button", name="Registrera avtalet").click()
    assert "Skriv varför personen behöver ett eget avtal." in _text(sida)
    assert "Ett individavtal har en slutdag" in _text(sida)
    page.get_by_label("Varför personen har ett eget avtal").fill("Två personal på natten.")
    page.get_by_label("Till och med").fill("2026-12-31")
    page.get_by_role("button", name="Registrera avtalet").click()
    avtal = Avtal.objects.get(person__nyckel="P-dygn")
    assert (avtal.till, Individavtalsmotiv.objects.get(avtal=avtal).av) == (date(2027, 1, 1), eva)
    page.get_by_role("link", name="Varför det finns, och vad det kostar mer").click()
    assert "Två personal på natten." in _text(sida)
    sida.granska("individavtal")
    for flik in (sida, mobil.logga_in(eva)):
        flik.oppna("/avtal/individavtal/")
        flik.granska("individavtalen")
    bok = load_workbook(BytesIO(_klient(eva).get("/avtal/individavtal/individavtal.xlsx").content))
    assert [rad[0] for rad in bok["Individavtal"].values if rad[0] == avtal.nyckel] == [avtal.nyckel]
    assert Lasning.objects.filter(anvandare=eva, person=avtal.person_id, sida="individavtal (Excel)").exists()
    svar = _klient(_anvandare("nora", Roll.NAMNDSEKRETERARE)).post("/rapporter/individavtal/", IFYLLT)
    text = _pdftext(svar.content)
    assert "Färre än fem personer" in text
    assert "natten" not in text
