"""Pages in Debian's chromium, against a server that runs for the test.

    def test_the_months_are_listed(sida, klara):
        page = sida.logga_in(klara).oppna("/korningar/")
        assert page.get_by_role("heading", level=1).inner_text() == "Körningar"
        sida.granska()

- `sida`, `mobil` and `utan_skript` are tabs (`webblasare.Sida`): 1440 px, 390 px, and 1440 px with scripts off.
- `klara` (controller) and `gustav` (gruppchef) are users. Other data the test makes itself; the database is emptied
  after each test, as a server in a thread of its own sees only what is committed.
- `granska_overallt("/korningar/", klara)` opens an address in all three and tries each: axe, console, requests, width.
- INSATSKOLLEN_BILDER=<folder> ./dev test tests/webb leaves pictures of all that is tried.
"""

import io
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.utils import override_settings
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from grund.behorighet import Roll
from grund.databas.roller import approll
from grund.insyn.logg import EjCelerysEgnaRader, formaterare
from grund.models import Anvandare
from tests.insyn.leta import personer_i
from tests.webb.webblasare import DATOR, LOSENORD, MOBIL, TALAMOD, Flikar, Sida

Granskning = Callable[..., None]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests. Without its own sandbox: as root it has none, and it only meets our own pages."""
    with pytest.MonkeyPatch.context() as miljo:
        # Playwright's loop runs in this thread, which makes Django take every query for one in async code.
        miljo.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            expect.set_options(timeout=TALAMOD)
            argument = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=argument)
            yield browser
            browser.close()


@pytest.fixture(autouse=True, scope="session")
def _servern_som_i_drift() -> Iterator[None]:
    """What the server does, it does with the rights that it has in operation. The test itself owns the tables."""

    def ta_rollen(connection: BaseDatabaseWrapper, **_: object) -> None:
        if approll() and threading.current_thread() is not threading.main_thread():
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {approll()}")

    connection_created.connect(ta_rollen)
    yield
    connection_created.disconnect(ta_rollen)


@pytest.fixture(autouse=True, scope="session")
def _filer_att_behalla() -> Iterator[None]:
    """The browser may keep the files that every page has, as it may those of a deployment."""
    servera = StaticFilesHandler.serve

    def med_tid(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        svar = servera(handler, request)
        svar["Cache-Control"] = "max-age=3600"
        return svar

    with pytest.MonkeyPatch.context() as byte:
        byte.setattr(StaticFilesHandler, "serve", med_tid)
        yield


@pytest.fixture(scope="session", autouse=True)
def _ingen_i_loggen() -> Iterator[None]:
    """Whatever these tests do, no made-up person's number or name is in what is logged, as it is logged."""
    strom = io.StringIO()
    hanterare = logging.StreamHandler(strom)
    hanterare.setFormatter(formaterare(json=True, hemligheter=[]))
    hanterare.addFilter(EjCelerysEgnaRader())
    logging.getLogger().addHandler(hanterare)
    yield
    logging.getLogger().removeHandler(hanterare)
    assert personer_i(strom.getvalue()) == []


@pytest.fixture(autouse=True)
def _for_sig(tmp_path: Path, inga_forsok: None) -> Iterator[None]:
    """Nobody has tried to sign in yet, and papers that are handed in stay in the test's own folder."""
    with override_settings(INTYG_DIR=tmp_path / "intyg"):
        yield


@pytest.fixture(scope="session")
def flikar(chromium: Browser) -> Flikar:
    return Flikar(chromium)


@pytest.fixture
def sida(flikar: Flikar, live_server: LiveServer) -> Iterator[Sida]:
    with flikar.flik(live_server.url, DATOR) as sida:
        yield sida


@pytest.fixture
def mobil(flikar: Flikar, live_server: LiveServer) -> Iterator[Sida]:
    with flikar.flik(live_server.url, MOBIL) as sida:
        yield sida


@pytest.fixture
def utan_skript(flikar: Flikar, live_server: LiveServer) -> Iterator[Sida]:
    with flikar.flik(live_server.url, DATOR, skript=False) as sida:
        yield sida


@pytest.fixture
def granska_overallt(sida: Sida, mobil: Sida, utan_skript: Sida) -> Granskning:
    def granska(adress: str, anvandare: Anvandare | None = None, status: int = 200, namn: str = "") -> None:
        for flik_ in (sida, mobil, utan_skript):
            if anvandare:
                flik_.logga_in(anvandare)
            flik_.oppna(adress, status)
            flik_.granska(namn)

    return granska


@pytest.fixture
def klara(live_server: LiveServer) -> Anvandare:
    return _anvandare("klara", "Klara", "Lind", Roll.CONTROLLER)


@pytest.fixture
def gustav(live_server: LiveServer) -> Anvandare:
    return _anvandare("gustav", "Gustav", "Ek", Roll.GRUPPCHEF)


def _anvandare(namn: str, fornamn: str, efternamn: str, roll: Roll) -> Anvandare:
    return Anvandare.objects.create_user(namn, None, LOSENORD, first_name=fornamn, last_name=efternamn, roller=[roll])
