"""A work list of the start page, whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from beslut import attgora, tillgang
from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver


@kraver(Ratt.HANDLAGGA)
def bevakning(request: HttpRequest, nyckel: str) -> HttpResponse:
    """Everything of one kind that is to be done."""
    alla = tillgang.hela_enheten(request)
    try:
        grupp = attgora.hela(inloggad(request), klocka.idag(), nyckel, alla=alla)
    except KeyError:
        msg = "Det finns ingen sådan lista."
        raise Http404(msg) from None
    tillgang.anteckna_lista(request, grupp.personer, sida=f"att göra, {grupp.kort}{', hela enheten' if alla else ''}")
    return render(request, "beslut/bevakning.html", {"grupp": grupp, "alla": alla})
