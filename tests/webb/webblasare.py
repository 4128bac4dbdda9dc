"""Looking at pages as a browser shows them, and what every page must stand."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response
from playwright.sync_api import Error as PlaywrightFel

from grund.models import Anvandare

LOSENORD = "ekstad-demo-2026"
DATOR = {"width": 1440, "height": 900}
MOBIL = {"width": 390, "height": 844}
TALAMOD = 60_000  # ms that anything may take: a machine with much to do makes no test fail
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
BREDARE_AN_FONSTRET = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Sida:
    """A tab that remembers what it should not have had to say: messages of the console, and requests that failed.

    `sida.page` is Playwright's; `oppna` goes to an address, `logga_in` gives it a session without the login page,
    `granska` tries what it shows.
    """

    def __init__(self, context: BrowserContext, adress: str, *, skript: bool = True) -> None:
        self.context, self.adress, self.skript = context, adress, skript
        self.anmarkningar: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._konsol)
        self.page.on("pageerror", lambda fel: self.anmarkningar.append(f"fel i skript: {fel}"))
        self.page.on("requestfailed", self._misslyckad)
        self.page.on("response", self._svar)

    def logga_in(self, anvandare: Anvandare) -> "Sida":
        klient = Client()
        klient.force_login(anvandare)
        kaka = klient.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kaka, "url": self.adress}])
        return self

    def oppna(self, adress: str, status: int = 200) -> Page:
        """Go to `adress` and see that the answer is `status`."""
        svar = self.page.goto(f"{self.adress}{adress}")
        assert svar is not None
        assert svar.status == status, f"{adress} svarade {svar.status}"
        self.anmarkningar = [rad for rad in self.anmarkningar if not _ar_sidans_egen(rad, status)]
        return self.page

    def granska(self, namn: str = "") -> None:
        """No fault that axe finds, no message of the console, no failed request, no scrolling sideways.

        axe is a script: where scripts are off it would never answer.
        With INSATSKOLLEN_BILDER=<folder> a picture is left there, by `namn` or the address.
        """
        if mapp := os.environ.get("INSATSKOLLEN_BILDER"):
            self._fotografera(Path(mapp), namn)
        assert self.page.evaluate(BREDARE_AN_FONSTRET) == 0, "sidan går att rulla i sidled"
        brott = _axe(self.page) if self.skript else []
        assert not brott, "\n".join(brott)
        assert not self.anmarkningar, "\n".join(self.anmarkningar)

    def _fotografera(self, mapp: Path, namn: str) -> None:
        mapp.mkdir(parents=True, exist_ok=True)
        namn = namn or re.sub(r"\W+", "-", urlsplit(self.page.url).path).strip("-") or "start"
        bredd = self.page.viewport_size["width"] if self.page.viewport_size else 0
        self.page.screenshot(path=mapp / f"{namn}-{bredd}.png", full_page=True, caret="initial")

    def _konsol(self, meddelande: ConsoleMessage) -> None:
        self.anmarkningar.append(f"konsolen: {meddelande.text} ({meddelande.location['url']})")

    def _misslyckad(self, begaran: Request) -> None:
        if begaran.failure == "net::ERR_ABORTED" and begaran.resource_type in ("image", "other"):
            return  # the tab went on to another page before the icon had come
        self.anmarkningar.append(f"misslyckades: {begaran.url}")

    def _svar(self, svar: Response) -> None:
        if svar.status >= 400:
            self.anmarkningar.append(f"{svar.status}: {svar.url}")


def _ar_sidans_egen(anmarkning: str, status: int) -> bool:
    """Whether the remark only says that the page itself has the status that was expected of it."""
    return status >= 400 and (anmarkning.startswith(f"{status}: ") or f"status of {status} " in anmarkning)


def _axe(page: Page) -> list[str]:
    """Violations, as what and where. Run from outside the page: its policy would not let a script tag in."""
    page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    svar: dict[str, Any] = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [f"{brott['id']}: {nod['html']}" for brott in svar["violations"] for nod in brott["nodes"]]


class Flikar:
    """Tabs of one browser, one after the other in the same few windows: the files that every page has are in the
    window's memory then, and to fetch and read them takes longer than the page itself. Nothing else is left in it.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._lediga: dict[tuple[int, bool], list[BrowserContext]] = {}

    @contextmanager
    def flik(self, adress: str, storlek: dict[str, int], *, skript: bool = True) -> Iterator[Sida]:
        """A tab as if its window were new."""
        lediga = self._lediga.setdefault((storlek["width"], skript), [])
        context = lediga.pop() if lediga else _fonster(self._browser, storlek, skript=skript)
        sida = Sida(context, adress, skript=skript)
        yield sida
        if _tomd(sida):
            lediga.append(context)
        else:
            context.close()


def _tomd(sida: Sida) -> bool:
    """Whether what the tab has left in its window could be taken away. One that hangs is not used again."""
    lagrat = "local_storage,indexeddb,cache_storage,service_workers"
    try:
        cdp = sida.context.new_cdp_session(sida.page)
        cdp.send("Storage.clearDataForOrigin", {"origin": sida.adress, "storageTypes": lagrat})
        for page in sida.context.pages:
            page.close()
        sida.context.clear_cookies()
        sida.context.clear_permissions()
        sida.context.set_offline(offline=False)
    except PlaywrightFel:
        return False
    return True


@contextmanager
def flik(browser: Browser, adress: str, storlek: dict[str, int], *, skript: bool = True) -> Iterator[Sida]:
    """A tab in a window of its own, closed afterwards."""
    context = _fonster(browser, storlek, skript=skript)
    try:
        yield Sida(context, adress, skript=skript)
    finally:
        context.close()


def _fonster(browser: Browser, storlek: dict[str, int], *, skript: bool) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": storlek["width"], "height": storlek["height"]},
        java_script_enabled=skript,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
    )
    context.set_default_timeout(TALAMOD)
    return context
