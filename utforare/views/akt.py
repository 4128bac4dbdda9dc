"""A person's akt: what the app beslut knows, and how it is carried out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beslut import akt as personakt
from beslut.tillgang import namn
from beslut.views.gemensamt import hamta_person
from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver
from utforare import queries


@kraver(Ratt.HANDLAGGA)
def akt(request: HttpRequest, pk: int) -> HttpResponse:
    """All there is of a person."""
    person, vem = hamta_person(request, pk, sida="akt"), inloggad(request)
    kontext = personakt.sammanhang(person, vem, klocka.idag()) | {
        "namn": namn(vem, person),
        "verkstalligheter": queries.for_person(person.pk),
    }
    return render(request, "utforare/akt.html", kontext)
