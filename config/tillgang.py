"""What a page answers when the person on it may not be shown, or not before the user has said why."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beslut.forms.varfor import Varforform
from beslut.tillgang import ArSkyddad, SagVarfor

Svar = Callable[[HttpRequest], HttpResponse]


class Personskydd:
    """Middleware: ArSkyddad becomes a page without the person, SagVarfor a page that asks why (both 403)."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fel: Exception) -> HttpResponse | None:
        if isinstance(fel, ArSkyddad):
            return render(request, "beslut/skyddad.html", status=403)
        if isinstance(fel, SagVarfor):
            nasta = request.get_full_path() if request.method == "GET" else _sidan_med_knappen(request)
            kontext = {"form": Varforform(), "person": fel.person, "nasta": nasta}
            return render(request, "beslut/varfor.html", kontext, status=403)
        return None


def _sidan_med_knappen(request: HttpRequest) -> str:
    """Where what was posted stood: an address that only takes a post cannot be gone to."""
    fran = urlsplit(request.headers.get("Referer", ""))
    return fran.path if fran.netloc == request.get_host() and fran.path else request.path
