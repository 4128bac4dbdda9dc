"""Pages of what went wrong that must render without a session or a database: with the code that finds it in the log."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from kombu.exceptions import OperationalError as BrokerFel
from redis.exceptions import RedisError

from grund.disken import ar_full

_BORTA = (OperationalError, InterfaceError, RedisError, BrokerFel)
_OM = "30"  # seconds, for what asks by itself


def _kod(request: HttpRequest) -> dict[str, str]:
    return {"felkod": getattr(request, "begaran", "")}


@requires_csrf_token
def serverfel(request: HttpRequest) -> HttpResponse:
    """500, or 503 when something that the page needs is away: that is not our fault, and passes.

    Django calls this while the fault is being handled, and has logged it. No context processor is run: one may be what
    failed.
    """
    fel = sys.exc_info()[1]
    full = ar_full(fel)
    if not full and not isinstance(fel, _BORTA):
        return HttpResponseServerError(render_to_string("500.html", _kod(request)))
    sida = render_to_string("503.html", {"full": full, **_kod(request)})
    return HttpResponse(sida, status=503, headers={"Retry-After": _OM, "Cache-Control": "no-store"})


def ogiltig(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:  # noqa: ARG001
    """400. What was wrong with the request is in the log."""
    return HttpResponseBadRequest(render_to_string("400.html", _kod(request)))
