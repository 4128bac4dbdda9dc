"""What each of them does, for locust: sign in, go from page to page by the links there, and report närvaro.

Run by `manage.py last`. It reads the pages as a browser does; nothing of Django is in it.
"""

import os
import random
import re
from collections import deque
from http import HTTPStatus
from threading import Lock
from urllib.parse import urljoin, urlsplit

import lxml.html
from locust import HttpUser, between, task
from locust.clients import ResponseContextManager

VILANDE = float(os.environ.get("LAST_SEKUNDER", "30"))  # a user's pace: a page each half minute on average
FOLK = deque(os.environ["LAST_FOLK"].split(","))
LOSENORD = os.environ["LAST_LOSENORD"]
FIL = re.compile(r"/(pdf|arbetsbok|fil|filer|csv|xlsx|hamta|ladda-ner|bilaga|utskrift)(/|$)|\.(pdf|csv|xlsx|zip|xml)$")
UNDVIK = re.compile(r"^/(logga-ut|konto|logga-in|static)")
ERSATT = "ersätts allt den gav"
FILER = 0.05  # how often a link to a file is followed; the rest are pages
_las = Lock()


class Nagon(HttpUser):
    """Somebody at work."""

    wait_time = between(VILANDE / 2, VILANDE * 1.5)

    def on_start(self) -> None:
        with _las:
            self.namn = FOLK.popleft()
        self.slump = random.Random(self.namn)
        self.lankar: list[str] = []
        svar = self.client.get("/logga-in/", name="/logga-in/")
        falt = dict(lxml.html.fromstring(svar.content).forms[0].form_values())
        falt |= {"login": self.namn, "password": LOSENORD}
        url = svar.url
        with self.client.post(
            "/logga-in/", falt, headers={"Referer": url}, name="/logga-in/ POST", catch_response=True
        ) as svar:
            if "/logga-in/" in svar.url:
                svar.failure("kom inte in")
            self._las(svar)

    @task
    def ga_vidare(self) -> None:
        """The start page now and then, else a link of the page that is open."""
        sidor = [lank for lank in self.lankar if not FIL.search(lank)]
        filer = [lank for lank in self.lankar if FIL.search(lank)]
        if filer and self.slump.random() < FILER:
            self._hamta(self.slump.choice(filer))
        elif not sidor or self.slump.random() < 0.15:
            self._hamta("/")
        else:
            self._hamta(self.slump.choice(sidor))

    def _hamta(self, adress: str) -> None:
        with self.client.get(adress, name=_slag(adress), catch_response=True) as svar:
            if "/logga-in/" in svar.url:
                svar.failure("utloggad")
            elif svar.status_code == HTTPStatus.NOT_FOUND and ERSATT in svar.text:
                svar.success()  # the month was run anew since the link was shown, and the page says so
            self._las(svar)

    def _las(self, svar: ResponseContextManager) -> None:
        """Notes where the page leads, and reports what the grid waits for if it is one."""
        if svar.status_code != 200 or not svar.headers.get("Content-Type", "").startswith("text/html"):
            self.lankar = []
            return
        sida = lxml.html.fromstring(svar.content)
        hit = urlsplit(svar.url)
        mal = (urlsplit(urljoin(svar.url, lank)) for lank in sida.xpath("//main//a/@href | //nav//a/@href"))
        self.lankar = [
            ett.path + (f"?{ett.query}" if ett.query else "")
            for ett in mal
            if ett.netloc == hit.netloc and not UNDVIK.match(ett.path)
        ]
        for blad in sida.xpath("//form[@data-narvaro]"):
            self._rapportera(blad, svar.url)

    def _rapportera(self, blad: lxml.html.FormElement, url: str) -> None:
        """As the page's script does: some of the days that wait, in one batch."""
        tomma = [falt for falt in blad.xpath(".//tbody//select") if not falt.value][:8]
        celler = [{"namn": falt.name, "nytt": "F|||sjuk", "sag": ""} for falt in tomma]
        token = blad.xpath(".//input[@name='csrfmiddlewaretoken']/@value")[0]
        if not celler or blad.get("data-kraver-skal") is not None:
            return
        with self.client.post(
            blad.get("data-adress"),
            json={"celler": celler, "skal": ""},
            headers={"X-CSRFToken": token, "Referer": url},
            name="spara närvaro",
            catch_response=True,
        ) as svar:
            lagen = {cell["lage"] for cell in svar.json()["celler"]} if svar.ok else {str(svar.status_code)}
            if lagen - {"sparad", "konflikt"}:
                svar.failure(f"närvaron blev {', '.join(sorted(lagen))}")


def _slag(adress: str) -> str:
    """The kind of address: what names one thing is a star."""
    delar = urlsplit(adress).path.split("/")
    return "/".join("*" if re.search(r"\d|[A-ZÅÄÖ]", del_) else del_ for del_ in delar)
