"""The terms for arbetsbonus: their versions, a new one with what is known of others', and an end."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beslut.views.gemensamt import formularsida
from ersattning import bonusansokningar, bonusregler
from ersattning.bonusformular import Avslutaform, Regelform, ifylld
from ersattning.bonusforval import FORVAL
from ersattning.formfalt import krav_pa_bekraftelse
from ersattning.models import Bonusregel
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.text import giltig_i_ord
from grund.tid import EN_DAG, Manad
from grund.tillgang import inloggad, kraver

_BEKRAFTA = "Jag har läst varningen, och det är så det ska vara"
_LISTA = "ersattning:bonusregler"


@require_safe
@kraver(Ratt.SE_BONUS)
def lista(request: HttpRequest) -> HttpResponse:
    """Every version, the latest first, and what it asks for."""
    idag = klocka.idag()
    kontext = {
        "regler": [_rad(ett, idag) for ett in Bonusregel.objects.order_by("-fran", "nyckel")],
        "far_skota": har_ratt(inloggad(request).roller, Ratt.SKOTA_AVTAL),
    }
    return render(request, "ersattning/bonus/regler.html", kontext)


def _rad(regel: Bonusregel, idag: date) -> dict[str, Any]:
    lage = "kommande" if regel.fran > idag else "tidigare" if regel.till and regel.till <= idag else "galler"
    return {"regel": regel, "lage": lage, "villkor": bonusansokningar.villkor_i_ord(regel)}


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def ny(request: HttpRequest) -> HttpResponse:
    """A new rule; the address may say which municipality's known terms the form begins with."""
    forval = FORVAL.get(request.GET.get("forval", ""))
    initial = {"fran": Manad.av(klocka.idag()).till} | (forval.initial if forval else {})
    if forval and "andel_vid_start" in initial:
        initial["andel_vid_start"] = initial["andel_vid_start"] * 100
    return _svara(request, Regelform(request.POST or None, initial=initial), None, forval=forval)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def ny_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Other terms from a day: the version ends the day before, and the new one goes on."""
    regel = get_object_or_404(Bonusregel, pk=pk)
    fran = max(Manad.av(klocka.idag()).till, regel.fran + EN_DAG)
    return _svara(request, Regelform(request.POST or None, initial=ifylld(regel, fran)), regel)


def _svara(request: HttpRequest, form: Regelform, efter: Bonusregel | None, **kontext: Any) -> HttpResponse:
    varningar: list[str] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        forslag = bonusregler.Forslag(form.rad, data["fran"], data["sista"], efter)
        varningar, sagt = bonusregler.varningar(forslag), "bekrafta" in request.POST
        if varningar:
            krav_pa_bekraftelse(form, "bekrafta", _BEKRAFTA, sagt=sagt)
        if form.is_valid() and _registrera(request, form, forslag, bekraftat=sagt):
            return redirect(_LISTA)
    kontext |= {"form": form, "efter": efter, "varningar": varningar, "alla_forval": FORVAL.values()}
    kontext["efter_i_ord"] = giltig_i_ord(efter.fran, efter.till) if efter else ""
    return render(request, "ersattning/bonus/regel_form.html", {"forval": None} | kontext)


def _registrera(request: HttpRequest, form: Regelform, forslag: bonusregler.Forslag, *, bekraftat: bool) -> bool:
    try:
        regel = bonusregler.registrera_regel(
            forslag=forslag, av=inloggad(request), idag=klocka.idag(), bekraftat=bekraftat
        )
    except Hindrad as hinder:
        _lagg_fel(form, hinder)
        return False
    messages.success(request, f"Bonusregeln {regel.nyckel} är registrerad.")
    return True


def _lagg_fel(form: forms.Form, hinder: Hindrad) -> None:
    if isinstance(hinder, EjRegistrerad):
        for ett in hinder.fel:
            namn = "sista" if ett.kolumn == "till" else ett.kolumn
            form.add_error(namn if namn in form.fields else None, ett.text)
        return
    for orsak in hinder.orsaker:
        form.add_error("fran" if "fran" in form.fields else "sista", orsak)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """End a version without another one."""
    regel = get_object_or_404(Bonusregel, pk=pk)
    form = Avslutaform(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bonusregler.avsluta_regel(regel=regel, sista=form.cleaned_data["sista"], av=inloggad(request))
        except Hindrad as hinder:
            _lagg_fel(form, hinder)
        else:
            messages.success(request, f"Bonusregeln {regel.nyckel} är avslutad.")
            return redirect(_LISTA)
    return formularsida(
        request,
        form,
        rubrik=f"Avsluta bonusregeln {regel.nyckel}",
        knapp="Avsluta regeln",
        avbryt=reverse(_LISTA),
        smulor=[
            ("Arbetsbonus", reverse("ersattning:kommunens_bonusansokningar")),
            ("Villkor", reverse(_LISTA)),
            ("Avsluta", ""),
        ],
        ingress=f"Gäller {giltig_i_ord(regel.fran, regel.till)}.",
    )
