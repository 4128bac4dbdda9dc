"""A decision and an assessment for those who follow money: persons are known by initials, but the look is logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from beslut import queries, tillgang, visning
from beslut.models import Beslut, Nivabedomning
from grund.behorighet import Ratt
from grund.tillgang import kraver


@kraver(Ratt.SE_UNDERLAG)
def beslut(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision."""
    ett = get_object_or_404(Beslut.objects.select_related("person"), pk=pk)
    tillgang.anteckna(request, ett.person_id, sida="beslut")
    kontext = {
        "beslut": ett,
        "rubrik": visning.beslut_i_ord(ett),
        "person": visning.person_i_ord(ett.person),
        "fakta": visning.beslutsfakta(ett),
        "samma_insats": queries.beslut_om_samma(ett),
        "bedomningar": queries.nivabedomningar(ett.person_id, ett.insats),
        "historik": queries.beslutets_historik(ett),
    }
    return render(request, "beslut/beslut.html", kontext)


@kraver(Ratt.SE_UNDERLAG)
def niva(request: HttpRequest, pk: int) -> HttpResponse:
    """A nivåbedömning, among the earlier and later ones."""
    ett = get_object_or_404(Nivabedomning.objects.select_related("person"), pk=pk)
    tillgang.anteckna(request, ett.person_id, sida="nivåbedömning")
    alla = queries.nivabedomningar(ett.person_id, ett.insats)
    kontext = {
        "bedomning": ett,
        "rubrik": visning.bedomning_i_ord(ett),
        "fakta": visning.bedomningsfakta(ett),
        "bedomningar": alla,
        "andrar": queries.andrar_nivan(ett, alla),
        "historik": queries.bedomningens_historik(ett),
    }
    return render(request, "beslut/niva.html", kontext)
