"""`manage.py bilder`: the pictures of the user guide, taken of the demo (docs/handbok/bilder.toml)."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client

from grund.handbok import BILDER, Bild, bilder
from grund.models import Anvandare

_FONSTER = {"width": 1280, "height": 800}


class Command(BaseCommand):
    help = "Tar handbokens bilder ur demokommunen och lägger dem i datamappen, där hjälpsidorna hittar dem."

    def handle(self, *args: Any, **options: Any) -> None:
        anvandare = {ett.username: ett for ett in Anvandare.objects.filter(username__in={b.som for b in bilder()})}
        if saknas := {bild.som for bild in bilder()} - set(anvandare):
            msg = f"Demokommunen saknas ({', '.join(sorted(saknas))} finns inte). Kör först: ./dev demo"
            raise CommandError(msg)
        BILDER.mkdir(parents=True, exist_ok=True)
        with _server() as adress, _webblasare() as webblasare:
            for bild in bilder():
                self.stdout.write(f"{bild.namn}.png{self._ta(webblasare, adress, bild, anvandare[bild.som])}")
        self.stdout.write(f"Bilderna ligger i {BILDER}.")

    def _ta(self, webblasare: Any, adress: str, bild: Bild, som: Anvandare) -> str:
        """Take one, as somebody who is signed in for the moment. What went wrong, or nothing."""
        klient = Client()
        klient.force_login(som)
        kaka = {"name": settings.SESSION_COOKIE_NAME, "value": klient.cookies[settings.SESSION_COOKIE_NAME].value}
        context = webblasare.new_context(viewport=_FONSTER, locale="sv-SE", reduced_motion="reduce")
        try:
            context.add_cookies([{**kaka, "url": adress}])
            sida = context.new_page()
            svar = sida.goto(f"{adress}{bild.adress}")
            if svar.status != 200:
                return f" togs inte: {bild.adress} svarade {svar.status}"
            sida.screenshot(path=bild.fil)
        finally:
            context.close()
            klient.session.flush()
        return ""


@contextmanager
def _server() -> Iterator[str]:
    """The web, on a free port, for as long as it is needed."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Tyst)
    server.set_app(get_wsgi_application())
    trad = Thread(target=server.serve_forever, daemon=True)
    trad.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        trad.join()


class _Tyst(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing of each request."""


@contextmanager
def _webblasare() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 – only who takes pictures needs a browser

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread, where we read the database
    with sync_playwright() as playwright:
        # With Debian's chromium-l10n the dates in fields become as Swedes write them.
        miljo: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "sv"}
        argument = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        webblasare = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=argument, env=miljo)
        try:
            yield webblasare
        finally:
            webblasare.close()
