"""The konteringsmall: its rows, a new one, a new version of one, and its end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ersattning import kontering, konteringslista
from ersattning.konteringsform import Konteringsform, Slutform, ifylld
from ersattning.models import Kontering
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.tid import EN_DAG, Manad
from grund.tillgang import inloggad, kraver

_RADER = Kontering.objects.select_related("utforare")


@kraver(Ratt.SE_ERSATTNING)
def mallen(request: HttpRequest) -> HttpResponse:
    """Every row, earlier and coming ones too."""
    kontext = {
        "grupper": konteringslista.grupper(klocka.idag()),
        "far_skota": har_ratt(inloggad(request).roller, Ratt.SKOTA_KONTERING),
    }
    return render(request, "ersattning/konteringsmall.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_KONTERING)
def ny(request: HttpRequest) -> HttpResponse:
    """A new row; the address may say what it is for."""
    vad = {namn: request.GET.get(namn, "") for namn in ("regi", "insats", "artikel")}
    form = Konteringsform(request.POST or None, initial=vad | {"fran": konteringslista.forsta_obokforda(klocka.idag())})
    if request.method == "POST" and form.is_valid():
        uppgifter, av = form.uppgifter, inloggad(request)
        if _forsok(form, lambda: kontering.lagg_till(uppgifter=uppgifter, av=av)):
            return _klar(request, "Konteringen är tillagd.")
    return _visa(request, form, None, "Ny kontering")


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_KONTERING)
def ny_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Other accounts from a day: the row ends the day before, and the new one goes on."""
    ett = get_object_or_404(_RADER, pk=pk)
    senast = kontering.senast_anvand(ett)
    fran = senast.till if senast else max(Manad.av(klocka.idag()).till, ett.fran + EN_DAG)
    form = Konteringsform(request.POST or None, initial=ifylld(ett) | {"fran": fran, "sista": _slut(ett, fran)})
    if request.method == "POST" and form.is_valid():
        uppgifter, av = form.uppgifter, inloggad(request)
        if _forsok(form, lambda: kontering.lagg_till(uppgifter=uppgifter, av=av, efter=ett)):
            return _klar(request, "Den nya versionen är tillagd.")
    return _visa(request, form, ett, "Ny version")


def _slut(ett: Kontering, fran: date) -> date | None:
    return ett.till - EN_DAG if ett.till and ett.till > fran else None


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_KONTERING)
def andra(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a row, or only its last day when a month is booked by it."""
    ett = get_object_or_404(_RADER, pk=pk)
    senast, av = kontering.senast_anvand(ett), inloggad(request)
    form: Konteringsform | Slutform
    if senast:
        form = Slutform(request.POST or None, initial={"sista": ett.till - EN_DAG if ett.till else None})
    else:
        form = Konteringsform(request.POST or None, initial=ifylld(ett))
    if request.method == "POST" and form.is_valid() and _forsok(form, _andring(form, ett, av)):
        return _klar(request, "Konteringen är ändrad.")
    return _visa(request, form, ett, "Avsluta kontering" if senast else "Ändra kontering", senast=senast)


def _andring(form: Konteringsform | Slutform, ett: Kontering, av: Any) -> Callable[[], object]:
    if isinstance(form, Konteringsform):
        uppgifter = form.uppgifter
        return lambda: kontering.andra(kontering=ett, uppgifter=uppgifter, av=av)
    sista = form.cleaned_data["sista"]
    return lambda: kontering.avsluta(kontering=ett, sista=sista, av=av)


@require_POST
@kraver(Ratt.SKOTA_KONTERING)
def ta_bort(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a row that no month is booked by."""
    ett = get_object_or_404(Kontering, pk=pk)
    try:
        kontering.ta_bort(kontering=ett, av=inloggad(request))
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
        return redirect("ersattning:kontering", pk)
    return _klar(request, "Konteringen är borttagen.")


def _forsok(form: forms.Form, gor: Callable[[], object]) -> bool:
    """Do it, or leave in the form why not."""
    try:
        gor()
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    return True


def _klar(request: HttpRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("ersattning:konteringsmall")


def _visa(
    request: HttpRequest, form: forms.Form, ett: Kontering | None, rubrik: str, *, senast: Manad | None = None
) -> HttpResponse:
    kontext = {
        "form": form,
        "kontering": ett,
        "rubrik": rubrik,
        "senast": senast,
        "i_ord": kontering.vad_i_ord(ett) if ett else "",
        "tas_bort": ett is not None and rubrik == "Ändra kontering",
    }
    return render(request, "ersattning/kontering.html", kontext)
