"""What machines ask of the system: does it live, can it work, what does it measure. No session, nobody's data."""

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from grund.insyn import halsa as prov
from uppfoljning.driften import matvarden as matning

_LOKALT = frozenset({"127.0.0.1", "::1", ""})  # empty: over a Unix socket


def fran_insidan(request: HttpRequest) -> bool:
    """Whether the details may be told: to this machine itself, not through the proxy, or to who has the token."""
    nyckel = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.INSYN_TOKEN and hmac.compare_digest(nyckel.encode(), settings.INSYN_TOKEN.encode()):
        return True
    vidare = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return not vidare and request.META.get("REMOTE_ADDR", "") in _LOKALT


@require_safe
@never_cache
def halsa(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process answers. Asks nobody else: a database that is away is no reason to start the web anew."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def redo(request: HttpRequest) -> JsonResponse:
    """Whether it can do its work; 503 when not. From outside only that; from inside what is wrong, also
    what does not stop it."""
    alla = prov.prova()
    redo = all(ett.ok for ett in alla if ett.kravs)
    svar: dict[str, object] = {"redo": redo}
    if fran_insidan(request):
        svar["prov"] = {ett.namn: {"ok": ett.ok, "text": ett.text} for ett in alla}
    return JsonResponse(svar, status=200 if redo else 503, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@never_cache
def matvarden(request: HttpRequest) -> HttpResponse:
    """Measurements for Prometheus; for nobody from outside without the token."""
    if not fran_insidan(request):
        return HttpResponse("Mätvärdena lämnas bara ut inifrån eller med en nyckel.", status=403)
    return HttpResponse(matning.som_text(), content_type=matning.INNEHALLSTYP)
