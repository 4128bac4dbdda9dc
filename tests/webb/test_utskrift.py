"""Where backgrounds and colours are taken away: on paper, and with the high contrast of Windows."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from ersattning.models import Ersattningsrad
from grund.models import Anvandare
from tests.forklaring.conftest import kor_exempel
from tests.kedja import direkt
from tests.webb.webblasare import DATOR, Sida, flik

pytestmark = pytest.mark.django_db(transaction=True)
EXEMPEL = Path(__file__).parents[1] / "exempel"

# How a day, a step or a bar looks when all backgrounds are gone, unless the page says that its own are to be kept.
UTSEENDE = """(element, pseudo) => {
    const s = getComputedStyle(element, pseudo || null)
    const egen = s.forcedColorAdjust === 'none' ? [s.backgroundColor, s.color, s.fill, s.strokeDasharray] : []
    const over = [s.borderTopStyle, s.borderTopWidth, s.borderTopColor]
    const under = [s.borderBottomStyle, s.borderBottomWidth, s.borderBottomColor]
    return [...over, ...under, ...egen].join(' ')
}"""


def papper(page: Page) -> list[str]:
    """What stands on each sheet, printed as browsers do when nobody has asked for backgrounds."""
    bytes_ = page.pdf(print_background=False, prefer_css_page_size=True, format="A4")
    return [sida.extract_text().replace("\xa0", " ") for sida in pypdf.PdfReader(BytesIO(bytes_)).pages]


def utseenden(page: Page, *valjare: str) -> list[str]:
    return [page.locator(vad).first.evaluate(UTSEENDE) for vad in valjare]


def med_alla_dagar(page: Page) -> Page:
    """The strip of the page with every kind of day in it: its first five days, and the legend's marks."""
    page.evaluate("""() => {
        const dagar = [...document.querySelectorAll('.remsa li')].slice(0, 5)
        for (const [nr, klass] of ['', 'full', 'fran', 'har', 'helg'].entries()) dagar[nr].className = `${klass} d${nr}`
        const tecken = document.querySelector('.forklaring')
        tecken.innerHTML = ['f-tom', 'f-full', 'fran', 'f-har', 'f-helg'].map((k) => `<i class="${k}">1</i>`).join('')
    }""")
    return page


@pytest.fixture
def rad(db: None) -> Ersattningsrad:
    kor_exempel("1-bostad-dygn")
    return Ersattningsrad.objects.filter(artikel="dygn").order_by("-korning__manad", "pk")[0]


@pytest.fixture(params=["light", "dark"])
def kontrast(request: Any, chromium: Browser, live_server: LiveServer) -> Iterator[Sida]:
    with flik(chromium, live_server.url, DATOR) as sida:
        sida.page.emulate_media(forced_colors="active", color_scheme=request.param)
        yield sida


DAGAR = tuple(f".remsa .d{nr}" for nr in range(5))
TECKEN = tuple(f".forklaring .{klass}" for klass in ("f-tom", "f-full", "fran", "f-har", "f-helg"))
STEG = (".flode .klar", ".flode .nu", ".flode li:not([class])")


def test_on_paper_the_kinds_of_days_differ_without_backgrounds(
    rad: Ersattningsrad, klara: Anvandare, sida: Sida
) -> None:
    page = med_alla_dagar(sida.logga_in(klara).oppna(f"/rader/{rad.pk}/"))
    page.emulate_media(media="print")
    dagar, tecken = utseenden(page, *DAGAR), utseenden(page, *TECKEN)
    assert len(set(dagar)) == 5
    assert dagar == tecken


def test_in_high_contrast_the_kinds_of_days_differ_and_the_legend_is_theirs(
    rad: Ersattningsrad, klara: Anvandare, kontrast: Sida
) -> None:
    page = med_alla_dagar(kontrast.logga_in(klara).oppna(f"/rader/{rad.pk}/"))
    dagar, tecken = utseenden(page, *DAGAR), utseenden(page, *TECKEN)
    assert len(set(dagar)) == 5
    assert dagar == tecken


@pytest.fixture
def maj() -> None:
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-2")
    direkt.kor("2025-05")


def test_in_high_contrast_steps_and_bars_differ_and_can_be_read(maj: None, klara: Anvandare, kontrast: Sida) -> None:
    page = kontrast.logga_in(klara).oppna("/korningar/2025-05/")
    steg = [page.locator(vad).first.evaluate(UTSEENDE, "::before") for vad in STEG]
    assert len(set(steg)) == 3
    assert len(set(utseenden(page, ".diagram .s1", ".diagram .s2", ".diagram .upp, .diagram .ner"))) == 3
    farg = page.locator(".diagram text").first.evaluate("(text) => getComputedStyle(text).fill")
    assert farg == page.locator("body").evaluate("(body) => getComputedStyle(body).color")


def test_a_printed_month_has_no_menu_and_no_buttons_and_opens_what_is_folded(
    maj: None, klara: Anvandare, sida: Sida
) -> None:
    page = sida.logga_in(klara).oppna("/korningar/2025-05/")
    steg = "(li) => getComputedStyle(li, '::before').color"
    page.emulate_media(media="print")
    assert [page.locator(vad).first.evaluate(steg) for vad in STEG] == ["rgb(0, 0, 0)"] * 3
    text = " ".join(" ".join(papper(page)).split())
    assert "Körning maj 2025" in text
    assert "Fler eller färre dagar och timmar" in text
    for bara_pa_skarmen in ("Avtal och priser", "Logga ut", "Räkna om", "Klar med granskning", "Gör filerna"):
        assert bara_pa_skarmen not in text


def test_a_long_table_has_its_headings_on_every_sheet_and_all_its_columns(klara: Anvandare, sida: Sida) -> None:
    kor_exempel("3-boendestod-ledsagning-tid")
    page = sida.logga_in(klara).oppna("/korningar/2021-03/rader/")
    page.evaluate("""() => {
        const kropp = document.querySelector('.tabell tbody')
        const rad = kropp.rows[0]
        for (let nr = 0; nr < 60; nr++) kropp.append(rad.cloneNode(true))
    }""")
    page.emulate_media(media="print")
    assert page.evaluate("""() => {
        const papper = (210 - 2 * 13) / 25.4 * 96
        document.body.style.width = `${papper}px`
        return [...document.querySelectorAll('.tabell')].every((t) => t.getBoundingClientRect().right <= papper)
    }""")
    ark = papper(page)
    assert len(ark) > 2
    assert all("Verkställighet" in text and "Belopp" in text for text in ark)
    assert ["Summa" in text for text in ark] == [False] * (len(ark) - 1) + [True]
    assert [text.split()[0] for text in ark] == [str(nr) for nr in range(1, len(ark) + 1)]
    # Nothing is moved to the next sheet for being longer than one: the first is filled.
    assert ark[0].count("Boendestöd") + ark[0].count("Ledsag") > 10
