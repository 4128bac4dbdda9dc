"""The register of utförare: all of them, and forms for one and for its enheter."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver
from utforare import queries
from utforare.actions.register import spara_enhet, spara_utforare
from utforare.forms.register import Enhetsform, Utforarform
from utforare.models import Enhet, Utforare

T = TypeVar("T")


@kraver(Ratt.SE_AVTAL)
def lista(request: HttpRequest) -> HttpResponse:
    """Every utförare, with how many enheter and avtal it has today."""
    kontext = {
        "alla": queries.alla_utforare(klocka.idag()),
        "far_skota": har_ratt(inloggad(request).roller, Ratt.SKOTA_AVTAL),
    }
    return render(request, "utforare/lista.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def ny(request: HttpRequest) -> HttpResponse:
    """A new utförare."""
    return _utforarform(request, None)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def andra(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, organisationsnummer and regi of a utförare."""
    return _utforarform(request, get_object_or_404(Utforare, pk=pk))


def _utforarform(request: HttpRequest, utforare: Utforare | None) -> HttpResponse:
    falt = ("namn", "organisationsnummer", "regi")
    initial = {namn: getattr(utforare, namn) for namn in falt} if utforare else None
    form = Utforarform(request.POST or None, initial=initial)

    def spara() -> Utforare:
        data = {namn: form.cleaned_data[namn] for namn in falt}
        return spara_utforare(utforare=utforare, av=inloggad(request), idag=klocka.idag(), **data)

    if sparad := _forsok(request, form, spara):
        messages.success(request, f"{sparad.namn} är sparad.")
        return redirect("utforare:utforare", sparad.pk)
    return render(request, "utforare/utforare_form.html", {"form": form, "utforare": utforare})


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def ny_enhet(request: HttpRequest, pk: int) -> HttpResponse:
    """A new enhet of the utförare."""
    return _enhetsform(request, get_object_or_404(Utforare, pk=pk), None)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def andra_enhet(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and places of an enhet."""
    enhet = get_object_or_404(Enhet.objects.select_related("utforare"), pk=pk)
    return _enhetsform(request, enhet.utforare, enhet)


def _enhetsform(request: HttpRequest, utforare: Utforare, enhet: Enhet | None) -> HttpResponse:
    initial = {"namn": enhet.namn, "platser": enhet.platser} if enhet else None
    form = Enhetsform(request.POST or None, initial=initial)

    def spara() -> Enhet:
        data = form.cleaned_data
        return spara_enhet(
            utforare=utforare,
            enhet=enhet,
            namn=data["namn"],
            platser=data["platser"],
            av=inloggad(request),
            idag=klocka.idag(),
        )

    if sparad := _forsok(request, form, spara):
        messages.success(request, f"Enheten {sparad.namn} är sparad.")
        return redirect("utforare:utforare", utforare.pk)
    return render(request, "utforare/enhet_form.html", {"form": form, "utforare": utforare, "enhet": enhet})


def _forsok(request: HttpRequest, form: forms.Form, spara: Callable[[], T]) -> T | None:
    """Store what was posted, if it is in order; what the import's rules say against it stands beside the field."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return spara()
    except EjRegistrerad as brott:
        for fel in brott.fel:
            form.add_error(fel.kolumn if fel.kolumn in form.fields else None, fel.text)
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
    return None
