"""The pages of a decision and of an assessment: what they say, what stands beside them, and what has changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from beslut import queries, visning
from beslut.models import Beslut, Nivabedomning
from grund.behorighet import Ratt
from grund.tillgang import kraver


@kraver(Ratt.SE_ERSATTNING)
def beslut(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision."""
    ett = get_object_or_404(Beslut.objects.select_related("person"), pk=pk)
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


@kraver(Ratt.SE_ERSATTNING)
def niva(request: HttpRequest, pk: int) -> HttpResponse:
    """A nivåbedömning, among the earlier and later ones."""
    ett = get_object_or_404(Nivabedomning.objects.select_related("person"), pk=pk)
    kontext = {
        "bedomning": ett,
        "rubrik": visning.bedomning_i_ord(ett),
        "fakta": visning.bedomningsfakta(ett),
        "bedomningar": queries.nivabedomningar(ett.person_id, ett.insats),
        "historik": queries.bedomningens_historik(ett),
    }
    return render(request, "beslut/niva.html", kontext)
