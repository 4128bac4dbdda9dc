"""A new avtal, a new version of one, and its end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ersattning import avtalsandring
from ersattning.avtalsformular import Avslutaform, Avtalsformular, falt, initial_av
from ersattning.formfalt import krav_pa_bekraftelse
from grund import klocka
from grund.behorighet import Ratt
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from utforare.models import Avtal, Utforare
from utforare.visning import avtal_i_ord

_BEKRAFTA = "Jag har läst varningarna, och det är så det ska vara"
_AVTAL = Avtal.objects.select_related("utforare", "prislista", "person")


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def nytt(request: HttpRequest, pk: int) -> HttpResponse:
    """A new avtal of the utförare."""
    utforare = get_object_or_404(Utforare, pk=pk)
    form = Avtalsformular(request.POST or None, initial={"fran": Manad.av(klocka.idag()).till})
    return _svara(request, form, utforare, None)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def ny_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Other terms from a day: the avtal ends the day before, and the new one goes on."""
    avtal = get_object_or_404(_AVTAL, pk=pk)
    fran = max(Manad.av(klocka.idag()).till, avtal.fran)
    return _svara(request, Avtalsformular(request.POST or None, initial=initial_av(avtal, fran)), avtal.utforare, avtal)


def _svara(request: HttpRequest, form: Avtalsformular, utforare: Utforare, foljer: Avtal | None) -> HttpResponse:
    varningar: list[str] = []
    if request.method == "POST" and form.is_valid():
        forslag, sagt = form.forslag(utforare, foljer), "bekrafta" in request.POST
        varningar = avtalsandring.varningar(forslag)
        if varningar:
            krav_pa_bekraftelse(form, "bekrafta", _BEKRAFTA, sagt=sagt)
        if form.is_valid() and (nytt_avtal := _registrera(request, form, forslag, bekraftat=sagt)):
            messages.success(request, f"Avtalet {nytt_avtal.nyckel} är registrerat.")
            return redirect("utforare:avtal", nytt_avtal.pk)
    kontext = {"utforare": utforare, "foljer": foljer, "form": form, "varningar": varningar}
    return render(request, "ersattning/avtal_form.html", kontext | _rubrik(foljer))


def _rubrik(foljer: Avtal | None) -> dict[str, Any]:
    return {"foljer_i_ord": avtal_i_ord(foljer) if foljer else ""}


def _registrera(
    request: HttpRequest, form: Avtalsformular, forslag: avtalsandring.Forslag, *, bekraftat: bool
) -> Avtal | None:
    """Do it; or leave in the form why not."""
    av, idag = inloggad(request), klocka.idag()
    try:
        return avtalsandring.registrera_avtal(forslag=forslag, av=av, idag=idag, bekraftat=bekraftat)
    except Hindrad as hinder:
        _lagg_fel(form, hinder)
    return None


def _lagg_fel(form: forms.Form, hinder: Hindrad) -> None:
    if isinstance(hinder, EjRegistrerad):
        for ett in hinder.fel:
            form.add_error(falt(form, ett.kolumn), ett.text)
        return
    for orsak in hinder.orsaker:
        form.add_error("fran" if "fran" in form.fields else None, orsak)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """End the avtal without another one."""
    avtal = get_object_or_404(_AVTAL, pk=pk)
    form, varningar = Avslutaform(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        sista, sagt = form.cleaned_data["sista"], "bekrafta" in request.POST
        varningar = avtalsandring.avslutsvarningar(avtal, sista)
        if varningar:
            krav_pa_bekraftelse(form, "bekrafta", _BEKRAFTA, sagt=sagt)
        if form.is_valid():
            try:
                avtalsandring.avsluta_avtal(avtal=avtal, sista=sista, av=inloggad(request), bekraftat=sagt)
            except Hindrad as hinder:
                _lagg_fel(form, hinder)
            else:
                messages.success(request, "Avtalet är avslutat.")
                return redirect("utforare:avtal", avtal.pk)
    kontext = {"avtal": avtal, "form": form, "varningar": varningar, "i_ord": avtal_i_ord(avtal)}
    return render(request, "ersattning/avtal_avsluta.html", kontext)
