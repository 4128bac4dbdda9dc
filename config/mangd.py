"""How many heavy pages one user may ask for in a minute: far above what a person can, far below what a script would.

A report, a PDF, a workbook or a file that is looked into takes a web process for a while; who asks for them without end
keeps others out. A search of persons is among them: whoever tries one number after the other is stopped early. Without
the cache nobody is stopped: those who are in go on working (ADR 0019).
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

from grund.models import Anvandare

Svar = Callable[[HttpRequest], HttpResponse]
_MINUT = 60

# By the names of their addresses. Every address that ends as a file does, or that starts a calculation, stands here.
TUNGA = frozenset(
    {
        "beslut:beslut_pdf",
        "beslut:loggprotokoll",
        "beslut:sok",
        "ersattning:ansok_om_bonus",
        "ersattning:bonusprovning",
        "ersattning:csv",
        "ersattning:forklara_pdf",
        "ersattning:individavtalens_arbetsbok",
        "ersattning:komplettera_bonusansokan",
        "ersattning:las_in_fakturor",
        "ersattning:ny_justering",
        "ersattning:prognosens_arbetsbok",
        "ersattning:prova_fakturor",
        "ersattning:rakna_prognos",
        "ersattning:rakna_simulering",
        "ersattning:simuleringens_arbetsbok",
        "ersattning:utforarens_forklaring",
        "uppfoljning:arssatser",
        "uppfoljning:dokumentbilaga",
        "uppfoljning:dokumentets_pdf",
        "uppfoljning:dokumentutgavans_pdf",
        "uppfoljning:gallringsprotokoll",
        "uppfoljning:individavtalsutlatande",
        "uppfoljning:leveranser",
        "uppfoljning:leveransens_fil",
        "uppfoljning:leveransens_protokoll",
        "uppfoljning:nivaandringarnas_arbetsbok",
        "uppfoljning:nivaandringsutlatande",
        "uppfoljning:ny_dokumentbilaga",
        "uppfoljning:prognosutlatande",
        "uppfoljning:rakna_om_rapport",
        "uppfoljning:rapportens_arbetsbok",
        "uppfoljning:rapportens_pdf",
        "uppfoljning:rapportutlatande",
        "uppfoljning:registerutdrag_data",
        "uppfoljning:registerutdrag_pdf",
        "uppfoljning:simuleringsutlatande",
        "uppfoljning:tjansteutlatande",
        "uppfoljning:uppgiftsslag",
    }
)


class Mangd:
    """Middleware: the next heavy page of somebody who has had this minute's is 429, with when to come back."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        traff = request.resolver_match
        if not (settings.TUNGA_PER_MINUT and traff and traff.view_name in TUNGA):
            return None
        if not isinstance(request.user, Anvandare) or _i_minuten(request.user.pk) <= settings.TUNGA_PER_MINUT:
            return None
        svar = render(request, "429.html", status=429)
        svar["Retry-After"] = str(_MINUT)
        return svar


def _i_minuten(pk: int) -> int:
    """Which of the user's heavy pages in this minute this is; 0 when nobody can tell."""
    nyckel = f"tunga:{pk}:{int(time.time()) // _MINUT}"
    try:
        cache.add(nyckel, 0, 2 * _MINUT)
        return int(cache.incr(nyckel))
    except (RedisError, ValueError):
        return 0
