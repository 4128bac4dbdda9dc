"""To take over, or end, a nivåbedömning that somebody else has begun. Nothing of what it says is shown before that."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beslut import nivaarenden, nivaovertaganden, nivavisning, tillgang
from beslut.actions.nivaovertagande import kasta_andras, ta_over
from beslut.forms.nivaovertagande import KASTA, Overtagandeform
from beslut.models import Nivaarende
from beslut.models.nivaarende import Arendelage
from beslut.ord import insats_i_ord
from beslut.views.gemensamt import Smulor, formularsida
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.text import datum_i_ord
from grund.tid import lokal_dag
from grund.tillgang import inloggad, kraver

_OM = [
    (
        "Vad som händer",
        [
            "Du får utkastet med de svar som finns, och blir den som gör bedömningen.",
            "Du får inte själv besluta om den sedan. Det får inte heller den som hade den.",
            "Vem som tog över, när och varför står i bedömningens händelser.",
        ],
    )
]


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def ta(request: HttpRequest, pk: int) -> HttpResponse:
    """A handläggare takes over; a gruppchef may throw a draft away too."""
    arende, vem = hamta(pk), inloggad(request)
    tillgang.oppna(request, arende.person, sida="nivåbedömning, övertagande")
    if not tillgang.inom_uppdrag(vem, arende.person, klocka.idag()):
        messages.error(request, "Du handlägger inte personens ärenden. Den som gör det tar över bedömningen.")
        return redirect("beslut:niva_mina")
    kan_kasta = har_ratt(vem.roller, Ratt.KASTA_NIVA) and arende.lage == Arendelage.UTKAST
    return sida(request, arende, rymd="beslut", tillbaka=reverse("beslut:niva_mina"), kan_kasta=kan_kasta)


def hamta(pk: int) -> Nivaarende:
    """The nivåbedömning; whether it is such that may be taken over, the rules say."""
    return get_object_or_404(nivaarenden.i_lista(), pk=pk)


def sida(request: HttpRequest, arende: Nivaarende, *, rymd: str, tillbaka: str, kan_kasta: bool) -> HttpResponse:
    """The form, and what it leads to. Whose person it is, the caller has looked at."""
    vem = inloggad(request)
    form = Overtagandeform(request.POST or None, kan_kasta=kan_kasta, initial={"version": arende.version})
    if hinder := nivaovertaganden.hinder_for_overtagande(arende, vem):
        return _sag(request, hinder, tillbaka)
    if request.method == "POST" and form.is_valid():
        try:
            return _gor(request, arende, form, rymd, tillbaka)
        except Hindrad as fel:
            for orsak in fel.orsaker:
                form.add_error(None, orsak)
    return formularsida(
        request,
        form,
        rubrik=f"Ta över nivåbedömning: {tillgang.namn(vem, arende.person)}",
        knapp="Spara" if kan_kasta else "Ta över",
        avbryt=tillbaka,
        smulor=_smulor(tillbaka),
        ingress=lage_i_ord(arende),
        hjalp=_OM,
    )


def lage_i_ord(arende: Nivaarende) -> str:
    """Whose it is and since when, and nothing of what has been answered."""
    vem, dag = nivavisning.vem(arende.bedomare), datum_i_ord(lokal_dag(arende.skapad))
    stangt = "" if arende.bedomare.is_active else " Kontot är avstängt."
    lage = "återskickad för komplettering" if arende.lage == Arendelage.ATERSKICKAD else "ett utkast"
    return f"{insats_i_ord(arende.insats)}. {vem} påbörjade bedömningen {dag}. Den är {lage}.{stangt}"


def _gor(request: HttpRequest, arende: Nivaarende, form: forms.Form, rymd: str, tillbaka: str) -> HttpResponse:
    ifyllt, vem = form.cleaned_data, inloggad(request)
    if ifyllt.get("gor") == KASTA:
        kasta_andras(arende=arende, skal=ifyllt["skal"], av=vem, version=ifyllt["version"])
        messages.success(request, "Utkastet är kastat. Nu går det att börja en ny bedömning.")
        return redirect(tillbaka)
    ta_over(arende=arende, skal=ifyllt["skal"], av=vem, nu=klocka.nu(), version=ifyllt["version"])
    messages.success(request, "Du har tagit över bedömningen.")
    return redirect(f"{rymd}:nivaarende_fyll_i", arende.pk)


def _smulor(tillbaka: str) -> Smulor:
    return [("Nivåbedömningar", tillbaka), ("Ta över", "")]


def _sag(request: HttpRequest, hinder: Sequence[str], tillbaka: str) -> HttpResponse:
    for orsak in hinder:
        messages.error(request, orsak)
    return redirect(tillbaka)
