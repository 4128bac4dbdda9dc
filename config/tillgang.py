"""What a page answers when the person on it may not be shown, or not before the user has said why."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beslut.tillgang import ArSkyddad, SagVarfor
from beslut.views.varfor import fraga

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
            return fraga(request, fel.person)
        return None
