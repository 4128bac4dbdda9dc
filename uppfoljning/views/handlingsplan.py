"""Handlingsplaner: the list, a plan, its measures and their follow-ups, for those who look after them.

What everybody else reads is the report (uppfoljning/rapporter/handlingsplan/).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beslut.views.gemensamt import formularsida, lyckas
from grund import klocka
from grund.arbetsbok import Kolumn, Slag
from grund.behorighet import Ratt
from grund.text import datum_i_ord, stor_forsta
from grund.tillgang import inloggad, kraver
from uppfoljning import handlingsplaner
from uppfoljning.models import Atgard, Handlingsplan
from uppfoljning.rapport.innehall import Rad, Tabell
from uppfoljning.rapport.tabell import Rapporttabell
from uppfoljning.rapporter.handlingsplan.forms import (
    Atgardsform,
    Motesform,
    Planform,
    Redovisningsform,
    fran_laget,
)
from uppfoljning.rapporter.handlingsplan.lage import Planlage
from uppfoljning.rapporter.handlingsplan.queries import hamta, planer
from uppfoljning.rapporter.handlingsplan.rapport import status_i_ord
from utforare.views.steg import forsok

_OM_PLANEN = (
    "Handlingsplanen är om verksamheten, inte om personer. Den och redovisningarna av den är allmänna handlingar.",
    "Det som är sparat ändras aldrig. Det som är nytt läggs till, så att en tidigare redovisning kan göras om.",
)
_HJALP = (("Att veta", _OM_PLANEN),)


@require_safe
@kraver(Ratt.SKOTA_HANDLINGSPLAN)
def lista(request: HttpRequest) -> HttpResponse:
    """All plans, with how far they have come."""
    idag = klocka.idag()
    rader = [_planrad(hamta(plan, idag)) for plan in planer()]
    kolumner = (
        Kolumn("Handlingsplan"),
        Kolumn("Beslutad", Slag.DATUM),
        Kolumn("Åtgärder", Slag.HELTAL),
        Kolumn("Sena", Slag.HELTAL),
        Kolumn("Senast redovisad", Slag.DATUM),
    )
    tabell = Tabell("planer", "Handlingsplaner", kolumner, tuple(rader), tom="Ingen handlingsplan är upplagd.")
    return render(request, "uppfoljning/handlingsplan/lista.html", {"tabell": Rapporttabell(tabell)})


def _planrad(lage: Planlage) -> Rad:
    redovisad = lage.redovisningar[-1].sammantrade if lage.redovisningar else None
    celler = (lage.titel, lage.beslutad, len(lage.atgarder), len(lage.sena), redovisad)
    return Rad(celler, reverse("uppfoljning:handlingsplan", args=[lage.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_HANDLINGSPLAN)
def ny(request: HttpRequest) -> HttpResponse:
    """Lay down a plan that the nämnd has decided."""
    form, nya = Planform(request.POST or None), []

    def gor() -> None:
        nya.append(
            handlingsplaner.lagg_upp_plan(
                uppgifter=form.uppgifter, av=inloggad(request), idag=klocka.idag(), nu=klocka.nu()
            )
        )

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Handlingsplanen är sparad. Lägg till åtgärderna.")
        return redirect("uppfoljning:handlingsplan", nya[0].pk)
    return formularsida(
        request,
        form,
        rubrik="Ny handlingsplan",
        ingress="Lägg upp en plan som nämnden har beslutat.",
        knapp="Spara handlingsplanen",
        avbryt=reverse("uppfoljning:handlingsplaner"),
        smulor=_smulor("Ny handlingsplan"),
        hjalp=_HJALP,
    )


@require_safe
@kraver(Ratt.SKOTA_HANDLINGSPLAN)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan as it stands today, and what may be done with it."""
    lage = hamta(get_object_or_404(Handlingsplan, pk=pk), klocka.idag())
    kolumner = (Kolumn("Åtgärd"), Kolumn("Ansvarig"), Kolumn("Status"), Kolumn("Klar senast", Slag.DATUM))
    rader = tuple(
        Rad(
            (ett.namn, ett.ansvarig, status_i_ord(ett, lage.dag), ett.klar_senast),
            reverse("uppfoljning:atgard", args=[ett.pk]),
        )
        for ett in lage.atgarder
    )
    tabell = Tabell("atgarder", "Åtgärderna", kolumner, rader, tom="Planen har inga åtgärder än.")
    kontext = {"lage": lage, "tabell": Rapporttabell(tabell), "om": _OM_PLANEN}
    return render(request, "uppfoljning/handlingsplan/plan.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_HANDLINGSPLAN)
def ny_atgard(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a measure."""
    plan_ = get_object_or_404(Handlingsplan, pk=pk)
    form = Atgardsform(request.POST or None)

    def gor() -> None:
        handlingsplaner.lagg_till_atgard(plan=plan_, uppgifter=form.uppgifter, av=inloggad(request), nu=klocka.nu())

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Åtgärden är tillagd.")
        return redirect("uppfoljning:handlingsplan", pk)
    return _planens_sida(request, form, plan_, rubrik="Ny åtgärd", knapp="Lägg till åtgärden")


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_HANDLINGSPLAN)
def redovisa(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the nämnd has been told."""
    plan_ = get_object_or_404(Handlingsplan, pk=pk)
    form = Redovisningsform(request.POST or None)

    def gor() -> None:
        handlingsplaner.notera_redovisning(
            plan=plan_, uppgifter=form.uppgifter, av=inloggad(request), idag=klocka.idag(), nu=klocka.nu()
        )

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Redovisningen är noterad.")
        return redirect("uppfoljning:handlingsplan", pk)
    return _planens_sida(
        request,
        form,
        plan_,
        rubrik="Notera redovisning",
        knapp="Notera redovisningen",
        ingress="Nästa rapport visar vad som har hänt sedan dess.",
    )


def _planens_sida(request: HttpRequest, form: Any, plan_: Handlingsplan, **annat: Any) -> HttpResponse:
    adress = reverse("uppfoljning:handlingsplan", args=[plan_.pk])
    smulor = _smulor(annat["rubrik"], (plan_.titel, adress))
    return formularsida(request, form, avbryt=adress, smulor=smulor, hjalp=_HJALP, **annat)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_HANDLINGSPLAN)
def atgard(request: HttpRequest, pk: int) -> HttpResponse:
    """A measure with what each meeting has found of it, and the form that adds another."""
    ett, idag = get_object_or_404(Atgard.objects.select_related("plan"), pk=pk), klocka.idag()
    lage = next(en for en in hamta(ett.plan, idag).atgarder if en.pk == pk)
    form = Motesform(request.POST or None, initial=fran_laget(lage, idag))

    def gor() -> str:
        handlingsplaner.folj_upp_atgard(
            atgard=ett,
            sedda=form.cleaned_data["sedda"],
            uppgifter=form.uppgifter,
            av=inloggad(request),
            idag=idag,
            nu=klocka.nu(),
        )
        return "Uppföljningen är tillagd."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:atgard", pk)
    fakta = [
        ("Behov", lage.behov),
        ("Åtgärd", lage.atgard),
        ("Ansvarig", lage.ansvarig),
        ("Börjar senast", datum_i_ord(lage.start)),
        ("Klar senast", datum_i_ord(lage.klar_senast)),
        ("Status", status_i_ord(lage, idag)),
    ]
    moten = [(stor_forsta(mote.status.label), mote) for mote in reversed(lage.moten)]
    kontext = {"plan": ett.plan, "lage": lage, "fakta": fakta, "moten": moten, "form": form}
    return render(request, "uppfoljning/handlingsplan/atgard.html", kontext)


def _smulor(sist: str, *mellan: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Handlingsplaner", reverse("uppfoljning:handlingsplaner")),
        *mellan,
        (sist, ""),
    ]
