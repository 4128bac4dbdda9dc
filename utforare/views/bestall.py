"""A handläggare orders, and follows the orders."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from beslut.models import Beslut
from beslut.regler import Utfall
from beslut.tillgang import anteckna_lista, far_se, far_visa_alla, hela_enheten, mina, oppna
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver
from utforare import bestallningar as visning
from utforare import valbara
from utforare.actions import bestallning as actions
from utforare.bestallningsregler import OPPNA, Bestallningsstatus, hinder_for_beslutet
from utforare.forms.bestallning import Bestallningsform, Orsaksform
from utforare.models import Bestallning, Enhet
from utforare.views.steg import forsok

_MED = Bestallning.objects.select_related(
    "beslut__person", "enhet__utforare", "skickad_av", "besvarad_av", "avslutad_av", "verkstallighet"
)
PER_SIDA = 50


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def bestall(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an enhet and what to order. What there is to choose follows the wished day."""
    beslut = get_object_or_404(Beslut.objects.select_related("person"), pk=pk)
    oppna(request, beslut.person, sida="beställ")
    dag = _dag(request, beslut)
    valbara_ = valbara.valbara(beslut, dag)
    form = Bestallningsform(valbara=valbara_, initial={"onskad_start": dag})
    varningar: list[str] = []
    if request.method == "POST" and "visa" not in request.POST:
        form = Bestallningsform(request.POST, valbara=valbara_, varningar=request.POST.getlist("varning"))
        ny, varningar = _forsok_bestalla(request, beslut, form)
        if ny:
            return redirect("utforare:bestallning", ny.pk)
        if varningar:
            form = _med_varningar(request, form, valbara_, varningar)
    elif request.method == "POST":
        form = Bestallningsform(valbara=valbara_, initial=request.POST.dict() | {"onskad_start": dag})
    return render(request, "utforare/bestall.html", _bestallbild(request, beslut, dag, valbara_, form, varningar))


def _dag(request: HttpRequest, beslut: Beslut) -> date:
    """The wished day that the form names; else the first that the beslut holds, from today."""
    try:
        return date.fromisoformat(request.POST.get("onskad_start", ""))
    except ValueError:
        return max(klocka.idag(), beslut.fran or klocka.idag())


def _forsok_bestalla(
    request: HttpRequest, beslut: Beslut, form: Bestallningsform
) -> tuple[Bestallning | None, list[str]]:
    """The order, or None and the warnings that must be read first. Refusals stand in the form."""
    if not form.is_valid():
        return None, request.POST.getlist("varning")
    data = form.cleaned_data
    try:
        ny = actions.bestall(
            beslut=beslut,
            enhet=Enhet.objects.select_related("utforare").get(pk=data["enhet"]),
            onskad_start=data["onskad_start"],
            omfattning=data["omfattning"],
            mangd=form.mangd,
            meddelande=data["meddelande"],
            lasta=request.POST.getlist("varning") if data.get("last") else (),
            av=inloggad(request),
            nu=klocka.nu(),
        )
    except actions.Olast as olast:
        return None, olast.orsaker
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return None, []
    messages.success(request, f"Beställning {ny.nyckel} är skickad till {ny.enhet.namn}.")
    return ny, []


def _med_varningar(
    request: HttpRequest, form: Bestallningsform, valbara_: Sequence[valbara.Valbar], varningar: list[str]
) -> Bestallningsform:
    """The form as it was filled in, with the box to tick. Warnings that were read before are not asked of again."""
    if form.errors:
        return form
    ny = Bestallningsform(initial=request.POST.dict(), valbara=valbara_, varningar=varningar)
    ny.initial["last"] = False
    return ny


def _bestallbild(
    request: HttpRequest,
    beslut: Beslut,
    dag: date,
    valbara_: Sequence[valbara.Valbar],
    form: Bestallningsform,
    varningar: Sequence[str],
) -> dict[str, Any]:
    hinder = hinder_for_beslutet(
        gynnande=beslut.utfall != Utfall.AVSLAG,
        till=beslut.till,
        avliden=beslut.person.avliden,
        idag=klocka.idag(),
    )
    return {
        **visning.huvud(inloggad(request), beslut),
        "form": form,
        "hinder": hinder,
        "varningar": varningar,
        "dag": dag,
        "valbara": valbara_,
        "utan": valbara.utan(beslut, dag),
        "niva": next((ett.niva for ett in valbara_ if ett.niva), ""),
    }


@kraver(Ratt.HANDLAGGA)
def lista(request: HttpRequest) -> HttpResponse:
    """The orders of one's own persons; those that wait first."""
    vem, alla = inloggad(request), hela_enheten(request)
    status = request.GET.get("lage", "")
    urval = _MED if alla else _MED.filter(beslut__person__in=mina(vem, klocka.idag()))
    if status == "oppna":
        urval = urval.filter(status__in=OPPNA)
    elif status in Bestallningsstatus.values:
        urval = urval.filter(status=status)
    sida = Paginator(urval.order_by("-skickad", "-pk"), PER_SIDA).get_page(request.GET.get("page"))
    lagen = dict([("", "alla"), ("oppna", "öppna"), *visning.lagesval()])
    text = f"beställningar, {lagen.get(status, 'alla')}{', hela enheten' if alla else ''}"
    anteckna_lista(request, [ett.beslut.person_id for ett in sida if far_se(vem, ett.beslut.person)], sida=text)
    kontext = {
        "kan_visa_alla": far_visa_alla(vem),
        "sida": sida,
        "rader": [visning.rad(vem, ett) for ett in sida],
        "alla": alla,
        "lage": status,
        "lagen": [("", "Alla"), ("oppna", "Öppna"), *visning.lagesval()],
    }
    return render(request, "utforare/bestallningar.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def bestallning(request: HttpRequest, pk: int) -> HttpResponse:
    """An order, how far it has come, and the way to take it back."""
    ett = get_object_or_404(_MED, pk=pk)
    oppna(request, ett.beslut.person, sida="beställning")
    vem = inloggad(request)
    form = Orsaksform(request.POST or None)

    def gor() -> str:
        actions.aterkalla(bestallning=ett, orsak=form.cleaned_data["orsak"], av=vem, nu=klocka.nu())
        return f"Beställning {ett.nyckel} är återkallad."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("utforare:bestallning", pk)
    kontext = {
        **visning.huvud(vem, ett.beslut),
        "bestallning": ett,
        "fakta": visning.fakta(ett),
        "steg": visning.steg(ett),
        "handelser": visning.handelser(ett),
        "erbjudanden": ett.erbjudanden.order_by("-datum"),
        "form": form,
        "hinder": actions.hinder_for_aterkallande(ett, vem),
    }
    return render(request, "utforare/bestallning.html", kontext)
