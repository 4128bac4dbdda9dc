"""Guards of pages: who may see what. Closed by default; every view has one of these, or is named as open in a test."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from grund.behorighet import Ratt, hinder_for_ratt
from grund.inskick import en_gang
from grund.models import Anvandare

P = ParamSpec("P")
Vy = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def kraver(ratt: Ratt, *, egen_transaktion: bool = False) -> Callable[[Vy[P]], Vy[P]]:
    """Let only someone with `ratt` in: others sign in first, or are told why they may not (403).

    A form is taken once, and all that comes of it in one transaction (grund.inskick). `egen_transaktion`: the view
    sends work on that must find what it stored, so it commits by itself; its steps must bear to be sent twice.
    """

    def vakta(vy: Vy[P]) -> Vy[P]:
        @login_required
        @wraps(vy)
        def vaktad(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if hinder := hinder_for_ratt(inloggad(request).roller, ratt):
                raise PermissionDenied(" ".join(hinder))
            if egen_transaktion:
                return vy(request, *args, **kwargs)
            return en_gang(request, partial(vy, request, *args, **kwargs))

        return cast("Vy[P]", vaktad)

    return vakta


def inloggad(request: HttpRequest) -> Anvandare:
    """Who is signed in. Only behind a guard."""
    return cast("Anvandare", request.user)


def i_bakgrunden(vy: Vy[P]) -> Vy[P]:
    """A page that asks by itself, again and again: to be asked is no sign that somebody is there."""
    vy.i_bakgrunden = True  # type: ignore[attr-defined]
    return vy


def sedd_version(request: HttpRequest, falt: str = "version") -> int:
    """Which version of a thing the posted form was made from; 0, which nothing has, when it does not say."""
    text = request.POST.get(falt, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
