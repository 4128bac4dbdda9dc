"""How long each kind of page takes for each who works in the demo: what they reach by the links of their pages."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from demokommun.medarbetare import MEDARBETARE
from grund.minne import lat_sidor_vara_i_fred
from grund.models import Anvandare

EXEMPEL = 3  # addresses of one kind that are tried for each user


@dataclass
class Sidslag:
    """One kind of page, as one user: seconds of each answer, and the most queries that one took."""

    vem: str
    slag: str
    tider: list[float] = field(default_factory=list)
    fragor: int = 0
    storst: str = ""


class _Lankar(HTMLParser):
    def __init__(self, bas: str) -> None:
        super().__init__()
        self.bas, self.funna = bas, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (mal := dict(attrs).get("href")):
            delar = urlsplit(urljoin(self.bas, mal))
            if not delar.netloc:
                self.funna.append(delar.path + (f"?{delar.query}" if delar.query else ""))


def mat(varv: int) -> list[Sidslag]:
    """Every kind of page of every user of the demo, `varv` times each; nothing of it is left in the database."""
    lat_sidor_vara_i_fred()  # as config.wsgi
    svar: list[Sidslag] = []
    for medarbetare in MEDARBETARE:
        with transaction.atomic():
            svar += _som(Anvandare.objects.get(username=medarbetare.namn), varv)
            transaction.set_rollback(True)  # the log would tell of readings that nobody did
    return svar


def _som(vem: Anvandare, varv: int) -> list[Sidslag]:
    webb = Client(SERVER_NAME="localhost")
    webb.force_login(vem)
    slag: dict[str, Sidslag] = {}
    sedda, per_slag = {"/"}, defaultdict[str, int](int)
    ko = ["/"]
    while ko:
        adress = ko.pop(0)
        html = _mat_sida(webb, adress, varv, lambda namn: slag.setdefault(namn, Sidslag(vem.username, namn)))
        for lank in _nya(adress, html):
            if lank not in sedda and per_slag[namn := _slag(lank)] < EXEMPEL:
                sedda.add(lank)
                per_slag[namn] += 1
                ko.append(lank)
    return list(slag.values())


def _mat_sida(webb: Client, adress: str, varv: int, slaget: Callable[[str], Sidslag]) -> str:
    """The page's HTML, empty when it is no page (a file, a refusal); its times are added to those of its kind."""
    svar = webb.get(adress)  # templates are read and plans are made the first time
    if svar.status_code != 200 or not svar.get("Content-Type", "").startswith("text/html"):
        return ""
    ett = slaget(_slag(adress))
    for _ in range(varv):
        with _raknar() as fragor:
            start = time.perf_counter()
            webb.get(adress)
            tog = time.perf_counter() - start
        if not ett.tider or tog > max(ett.tider):
            ett.storst = adress
        ett.tider.append(tog)
        ett.fragor = max(ett.fragor, fragor[0])
    return svar.content.decode()


def _nya(adress: str, html: str) -> Iterator[str]:
    lankar = _Lankar(adress)
    lankar.feed(html)
    return (lank for lank in lankar.funna if _slag(lank))


def _slag(lank: str) -> str:
    """The route that answers, with a mark when something is asked for; empty for what is none of ours."""
    delar = urlsplit(lank)
    try:
        route = resolve(delar.path).route
    except Resolver404:
        return ""
    return f"/{route}{'?…' if delar.query else ''}"


@contextmanager
def _raknar() -> Iterator[list[int]]:
    antal = [0]

    def rakna(execute: Callable[..., Any], *argument: Any) -> Any:
        antal[0] += 1
        return execute(*argument)

    with connection.execute_wrapper(rakna):
        yield antal
