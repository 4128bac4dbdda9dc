"""The outermost middleware: names each request, measures it, and says in one line how it went."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from grund.insyn import id as begaransid
from grund.insyn import lagring, raknare
from grund.insyn.logg import rad
from grund.insyn.matning import Matning, normaliserad, samlare
from grund.models import Anvandare

Svar = Callable[[HttpRequest], HttpResponse]
STATISK, OKAND = "statisk", "okänd"
# Asked every few seconds by machines: on a line only when they answer ill.
TYSTA = frozenset({STATISK, "halsa", "halsa_redo", "matvarden"})


def rutt(request: HttpRequest, status: int) -> str:
    """The name of the page, never its address, which holds keys and what somebody wrote."""
    traff = getattr(request, "resolver_match", None)
    if traff is not None:
        return str(traff.view_name or OKAND)
    return STATISK if status < 400 and request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else OKAND


def vem(request: HttpRequest) -> Anvandare | None:
    """Who was signed in, if the page asked for it: to find out now would be a question to the database more."""
    anvandare = getattr(request, "_cached_user", None)
    return anvandare if isinstance(anvandare, Anvandare) else None


class Insyn:
    """Middleware: `request.begaran` is the id that error pages show; the answer says it too."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        namn = begaransid.ur(request)
        request.begaran = namn  # type: ignore[attr-defined]
        with _namngiven(namn):
            borjan, matning = time.perf_counter(), Matning(settings.LANGSAM_FRAGA)
            with connection.execute_wrapper(matning):
                svar = self.get_response(request)
            svar[begaransid.HUVUD] = namn
            _bokfor(request, svar.status_code, time.perf_counter() - borjan, matning)
        return svar


@contextmanager
def _namngiven(namn: str) -> Iterator[None]:
    with structlog.contextvars.bound_contextvars(request_id=namn):
        yield


def _bokfor(request: HttpRequest, status: int, sekunder: float, matning: Matning) -> None:
    vilken, anvandare = rutt(request, status), vem(request)
    raknare.rakna(
        rutt=vilken,
        metod=request.method or "",
        status=status,
        sekunder=sekunder,
        antal=matning.antal,
        i_databasen=matning.sekunder,
    )
    if vilken not in TYSTA or status >= 500:
        rad(
            logging.ERROR if status >= 500 else logging.INFO,
            "begäran",
            method=request.method if request.method in raknare.METODER else "annan",
            route=vilken,
            status=status,
            duration_ms=round(sekunder * 1000, 1),
            queries=matning.antal,
            query_ms=round(matning.sekunder * 1000, 1),
            user_id=anvandare.pk if anvandare else None,
            roles=list(anvandare.roller) if anvandare else [],
        )
    notera_langsamt("sida", vilken, sekunder, settings.LANGSAM_SIDA, matning)
    lagring.spara_langsamt()


def notera_langsamt(slag: str, plats: str, sekunder: float, grans: float, matning: Matning) -> None:
    """Keep what was slow until it is stored."""
    if grans and sekunder >= grans:
        samlare.lagg_till(slag, plats, "", sekunder)
    for sql, tog in matning.langsamma:
        samlare.lagg_till("fraga", plats, normaliserad(sql), tog)
