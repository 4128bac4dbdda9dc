"""To note that an insats is interrupted for a time, and that it is taken up again: for the utförare and the
handläggare, who come by ways of their own (each with its guard) and go back to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beslut.tillgang import oppna
from grund import klocka
from grund.behorighet import Ratt
from grund.text import datum_i_ord
from grund.tillgang import inloggad, kraver
from utforare import bestallningar, tillgang
from utforare.actions import uppehall as actions
from utforare.forms.uppehall import Aterupptaform, Uppehallsform
from utforare.models import Uppehall, Verkstallighet
from utforare.views.steg import forsok


@dataclass(frozen=True, slots=True)
class _Vag:
    """Where one came from and goes back to."""

    namn: str
    adress: str


def _utforarens(verk: Verkstallighet) -> _Vag:
    return _Vag("Brukaren", reverse("utforare:brukaren", args=[verk.pk]))


def _handlaggarens(verk: Verkstallighet) -> _Vag:
    return _Vag("Hur beslutet utförs", reverse("utforare:utforande", args=[verk.beslut_id]))


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def anmal(request: HttpRequest, pk: int) -> HttpResponse:
    """The utförare notes an uppehåll."""
    verk = tillgang.hamta_verkstallighet(request, pk, sida="anmäl uppehåll")
    return _anmal(request, verk, _utforarens(verk))


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def registrera(request: HttpRequest, pk: int) -> HttpResponse:
    """The handläggare does."""
    verk = get_object_or_404(Verkstallighet.objects.select_related("beslut__person", "enhet__utforare"), pk=pk)
    oppna(request, verk.beslut.person, sida="registrera uppehåll")
    return _anmal(request, verk, _handlaggarens(verk))


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def ateruppta(request: HttpRequest, pk: int) -> HttpResponse:
    """The utförare says that it is taken up again."""
    ett = Uppehall.objects.filter(pk=pk).first()
    if ett is None:
        msg = "Uppehållet finns inte bland dina."
        raise Http404(msg)
    verk = tillgang.hamta_verkstallighet(request, ett.verkstallighet_id, sida="återupptagen insats")
    return _ateruppta(request, ett, verk, _utforarens(verk))


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """The handläggare does."""
    ett = get_object_or_404(
        Uppehall.objects.select_related("verkstallighet__beslut__person", "verkstallighet__enhet__utforare"), pk=pk
    )
    oppna(request, ett.verkstallighet.beslut.person, sida="återupptagen insats")
    return _ateruppta(request, ett, ett.verkstallighet, _handlaggarens(ett.verkstallighet))


def _anmal(request: HttpRequest, verk: Verkstallighet, vag: _Vag) -> HttpResponse:
    vem, idag = inloggad(request), klocka.idag()
    form = Uppehallsform(request.POST or None, initial={"fran": idag})

    def gor() -> str:
        actions.anmal_uppehall(verk=verk, **form.cleaned_data, av=vem, nu=klocka.nu())
        return "Uppehållet är sparat."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect(vag.adress)
    hinder = actions.hinder_for_uppehall(verk, vem, idag)
    return _sida(request, verk, vag, form, hinder, rubrik="Anmäl uppehåll", knapp="Spara uppehållet")


def _ateruppta(request: HttpRequest, ett: Uppehall, verk: Verkstallighet, vag: _Vag) -> HttpResponse:
    vem, idag = inloggad(request), klocka.idag()
    form = Aterupptaform(request.POST or None, initial={"dag": idag})

    def gor() -> str:
        actions.ateruppta(uppehall=ett, dag=form.cleaned_data["dag"], av=vem, nu=klocka.nu())
        return "Sparat."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect(vag.adress)
    hinder = actions.hinder_for_ateruppta(ett, vem, idag)
    rubrik = f"Uppehåll från {datum_i_ord(ett.fran)}: återuppta"
    return _sida(request, verk, vag, form, hinder, rubrik=rubrik, knapp="Återupptagen")


def _sida(
    request: HttpRequest,
    verk: Verkstallighet,
    vag: _Vag,
    form: forms.Form,
    hinder: Sequence[str],
    *,
    rubrik: str,
    knapp: str,
) -> HttpResponse:
    kontext = {**bestallningar.huvud(inloggad(request), verk.beslut), "verk": verk, "vag": vag, "form": form}
    kontext |= {"hinder": hinder, "rubrik": rubrik, "knapp": knapp}
    return render(request, "utforare/uppehall.html", kontext)
