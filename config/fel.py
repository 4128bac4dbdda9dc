"""What a page answers when something that it needs is away: not that it is our fault, but that it passes."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error
from kombu.exceptions import OperationalError as BrokerFel
from redis.exceptions import RedisError

from grund.disken import ar_full

_BORTA = (OperationalError, InterfaceError, RedisError, BrokerFel)
_OM = "30"  # seconds, for what asks by itself


@requires_csrf_token
def fel500(request: HttpRequest) -> HttpResponse:
    """Django calls this while the fault is being handled, whether a view or a middleware raised it, and has logged it.

    Made without context: what is away is what a page's frame would ask for.
    """
    fel = sys.exc_info()[1]
    full = ar_full(fel)
    if not full and not isinstance(fel, _BORTA):
        return server_error(request)
    sida = loader.get_template("503.html").render({"full": full})
    return HttpResponse(sida, status=503, headers={"Retry-After": _OM, "Cache-Control": "no-store"})
