"""An appeal: registered, and taken step by step to a judgment."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from beslut.actions import overklagande as gor
from beslut.akt import handelserader
from beslut.forms.efter import Domform, Omprovaform, Overklagandeform, Overlamnaform, Rattidsform
from beslut.frister import OVERLAMNAS_INOM
from beslut.koder import Domsutfall, Overklagandesteg
from beslut.models import Overklagande
from beslut.overklagandevy import fakta, flode, hjalp
from beslut.views.efter import smulor
from beslut.views.gemensamt import formularsida, hamta_beslut, hamta_overklagande, lyckas
from beslut.visning import beslut_i_ord
from grund import klocka
from grund.behorighet import Ratt
from grund.models import Anvandare
from grund.tillgang import inloggad, kraver

Handling = Callable[[Overklagande, dict[str, Any], Anvandare], object]


@kraver(Ratt.HANDLAGGA)
def registrera(request: HttpRequest, pk: int) -> HttpResponse:
    """An appeal has come in."""
    beslut = hamta_beslut(request, pk, sida="nytt överklagande")
    form, nya = Overklagandeform(request.POST or None, initial={"inkom": klocka.idag()}), []

    def registrera_det() -> None:
        nya.append(
            gor.registrera_overklagande(beslut=beslut, av=inloggad(request), idag=klocka.idag(), **form.cleaned_data)
        )

    if form.is_bound and form.is_valid() and lyckas(form, registrera_det):
        messages.success(request, "Överklagandet är registrerat. Pröva nu om det kom in i tid.")
        return redirect("beslut:overklagande", nya[0].pk)
    return formularsida(
        request,
        form,
        rubrik="Registrera överklagande",
        ingress=f"{beslut_i_ord(beslut)}, {beslut.nyckel}.",
        knapp="Registrera",
        avbryt=reverse("utforare:akt", args=[beslut.person_id]),
        smulor=smulor(request, beslut, "Överklagande"),
        hjalp=[("Vad händer sedan?", hjalp())],
    )


@kraver(Ratt.HANDLAGGA)
def overklagande(request: HttpRequest, pk: int) -> HttpResponse:
    """An appeal, with the form of the step where it stands."""
    ett = hamta_overklagande(request, pk, sida="överklagande")
    val = _STEG.get(Overklagandesteg(ett.steg))
    form = val[0](request.POST or None) if val else None
    if request.method == "POST" and form is not None and val is not None and _samma_steg(request, ett):
        if form.is_valid() and lyckas(form, lambda: val[1](ett, form.cleaned_data, inloggad(request))):
            messages.success(request, "Steget är sparat.")
            return redirect("beslut:overklagande", ett.pk)
    elif request.method == "POST":
        messages.error(request, f"Överklagandet har redan kommit vidare: {ett.get_steg_display()}.")
        return redirect("beslut:overklagande", ett.pk)
    kontext = {
        "ett": ett,
        "form": form,
        "knapp": val[2] if val else "",
        "rubrik": beslut_i_ord(ett.beslut),
        "fakta": fakta(ett),
        "steg": flode(ett),
        "sent": gor.rattidshinder(ett) if ett.steg == Overklagandesteg.INKOMMET else [],
        "smulor": smulor(request, ett.beslut, "Överklagande"),
        "senast": ett.inkom + OVERLAMNAS_INOM,
        "arenden": list(ett.beslut.omprovningar.order_by("-pk")),
        "handelser": handelserader([f"beslut:{ett.beslut.nyckel}"]),
    }
    return render(request, "beslut/overklagande.html", kontext)


def _samma_steg(request: HttpRequest, ett: Overklagande) -> bool:
    """Whether the form that was sent is the one of the step where the appeal stands now."""
    return request.POST.get("steg") == ett.steg


def _rattid(ett: Overklagande, varden: dict[str, Any], av: Anvandare) -> None:
    i_tid = varden["i_tid"] == "ja"
    gor.rattidsprova(overklagande=ett, i_tid=i_tid, skal=varden["skal"], dag=klocka.idag(), av=av)


def _omprova(ett: Overklagande, varden: dict[str, Any], av: Anvandare) -> object:
    andras = varden["andras"] == "ja"
    return gor.omprova_overklagat(overklagande=ett, andras=andras, text=varden["text"], av=av, nu=klocka.nu())


def _overlamna(ett: Overklagande, varden: dict[str, Any], av: Anvandare) -> None:
    gor.overlamna(overklagande=ett, dag=varden["dag"], av=av, idag=klocka.idag())


def _dom(ett: Overklagande, varden: dict[str, Any], av: Anvandare) -> object:
    utfall = Domsutfall(varden["utfall"])
    return gor.registrera_dom(overklagande=ett, dom=gor.Dom(**varden | {"utfall": utfall}), av=av, nu=klocka.nu())


_STEG: dict[Overklagandesteg, tuple[type[forms.Form], Handling, str]] = {
    Overklagandesteg.INKOMMET: (Rattidsform, _rattid, "Spara rättidsprövningen"),
    Overklagandesteg.I_TID: (Omprovaform, _omprova, "Spara omprövningen"),
    Overklagandesteg.OMPROVAT: (Overlamnaform, _overlamna, "Spara överlämnandet"),
    Overklagandesteg.OVERLAMNAT: (Domform, _dom, "Registrera domen"),
}
