"""New prices, typed or pasted, seen before they are stored; one price; and a new price list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ersattning import prisandring
from ersattning.formfalt import krav_pa_bekraftelse
from ersattning.models import Pris
from ersattning.prisandring import avtryck, planera, registrera_priser
from ersattning.prisformular import (
    PRISRADER,
    Klistraform,
    Prisform,
    Prislistaform,
    Prisradsformset,
    Uppraknaform,
    cell,
    radinitialer,
    utrakningar,
)
from ersattning.prisinmatning import NYCKEL, las_klistrat
from ersattning.prislistor import priser_pa_dag
from ersattning.pristabell import Jamforelsetabell
from grund import klocka
from grund.behorighet import Ratt
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.text import antal_ord, datum_i_ord
from grund.tillgang import inloggad, kraver
from utforare.models import Prislista


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def nya_priser(request: HttpRequest, pk: int) -> HttpResponse:
    """The list's cells to fill in. Each step posts all of them to the next; only the last one stores."""
    prislista = get_object_or_404(Prislista, pk=pk)
    if request.method == "GET":
        return _rutnat(request, prislista, _hjalpen(request.GET or None, prislista))
    hjalp = _hjalpen({"fran": request.POST.get("fran", "")}, prislista)
    if not hjalp.is_valid():
        return _rutnat(request, prislista, hjalp)
    steg = _STEG.get(request.POST.get("steg", ""), _granska)
    return steg(request, prislista, hjalp)


def _hjalpen(data: Any, prislista: Prislista) -> Uppraknaform:
    return Uppraknaform(data, prislista=prislista, initial={"fran": _nyar()})


def _nyar() -> date:
    return date(klocka.idag().year + 1, 1, 1)


def _dag(hjalp: Uppraknaform) -> date:
    return hjalp.cleaned_data["fran"] if hjalp.is_bound and hjalp.is_valid() else _nyar()


def _rutnat(
    request: HttpRequest,
    prislista: Prislista,
    hjalp: Uppraknaform,
    rader: Prisradsformset | None = None,
    klistra: Klistraform | None = None,
    **extra: Any,
) -> HttpResponse:
    fran = _dag(hjalp)
    nu = priser_pa_dag(prislista, fran)
    kallan = priser_pa_dag(hjalp.kopierar, fran) if hjalp.kopierar else None
    raknat = utrakningar(nu if kallan is None else kallan, hjalp)
    if rader is None:
        rader = PRISRADER(initial=radinitialer(nu, hjalp, kallan))
    per_cell = {cell({namn: getattr(ett, namn) for namn in NYCKEL}): ett for ett in nu}
    sammanhang = {
        "prislista": prislista,
        "hjalp": hjalp,
        "klistra": klistra or Klistraform(),
        "fran": fran,
        "formset": rader,
        "kopierar": hjalp.kopierar,
        "rader": [
            (ett, per_cell.get(nyckel), raknat.get(nyckel, ""))
            for ett in rader.forms
            for nyckel in [ett["cell"].value() or ""]
        ],
        "allmant": (),
    }
    return render(request, "ersattning/nya_priser.html", sammanhang | extra)


def _klistra(request: HttpRequest, prislista: Prislista, hjalp: Uppraknaform) -> HttpResponse:
    """What was pasted, in the cells; or what is wrong with it, row by row."""
    form = Klistraform(request.POST)
    if not form.is_valid():
        return _rutnat(request, prislista, hjalp, klistra=form)
    tolkning = las_klistrat(form.cleaned_data["klistrat"])
    fel = [*tolkning.fel, *(f"Rad {rad.nummer}: {text}" for rad in tolkning.rader for text in rad.fel)]
    if fel:
        for text in fel:
            form.add_error("klistrat", text)
        return _rutnat(request, prislista, hjalp, klistra=form)
    rader = {cell(rad.varden): rad.varden["belopp"] for rad in tolkning.rader}
    if len(rader) < len(tolkning.rader):
        form.add_error("klistrat", "Samma pris står på flera rader. Ta bort det ena.")
        return _rutnat(request, prislista, hjalp, klistra=form)
    finns = radinitialer(priser_pa_dag(prislista, _dag(hjalp)), hjalp)
    alla = {ett["cell"]: "" for ett in finns if ett} | rader
    messages.info(request, f"{antal_ord(len(rader), 'pris', 'priser')} ifyllda. Inget är sparat än.")
    return _rutnat(request, prislista, hjalp, PRISRADER(initial=[{"cell": ett, "belopp": alla[ett]} for ett in alla]))


def _granska(request: HttpRequest, prislista: Prislista, hjalp: Uppraknaform) -> HttpResponse:
    """Old and new beside each other, before anything is stored."""
    rader = PRISRADER(request.POST)
    if not rader.is_valid():
        return _rutnat(request, prislista, hjalp, rader)
    return _forhandsvisa(request, prislista, hjalp, rader)


def _forhandsvisa(
    request: HttpRequest, prislista: Prislista, hjalp: Uppraknaform, rader: Prisradsformset, fel: Sequence[str] = ()
) -> HttpResponse:
    plan = planera(prislista, _dag(hjalp), list(rader.inskrivna()))
    if plan.hinder or not plan.andringar:
        for index, text in plan.hinder:
            rader.forms[index].add_error("belopp", text)
        allmant = () if plan.hinder else ("Inget belopp skiljer sig från det som gäller. Fyll i minst ett nytt.",)
        return _rutnat(request, prislista, hjalp, rader, allmant=allmant)
    sammanhang = {
        "prislista": prislista,
        "fran": _dag(hjalp),
        "formset": rader,
        "plan": plan,
        "tabell": Jamforelsetabell(plan),
        "stora": sum(rad.ar_stor for rad in plan.andringar),
        "orord": sum(1 for ett in rader.forms if ett.cleaned_data.get("cell") and ett.cleaned_data["belopp"] is None),
        "sedda": avtryck(prislista),
        "fel": fel,
    }
    return render(request, "ersattning/nya_priser_granska.html", sammanhang)


def _andra(request: HttpRequest, prislista: Prislista, hjalp: Uppraknaform) -> HttpResponse:
    """Back to the cells, as they were filled in."""
    return _rutnat(request, prislista, hjalp, PRISRADER(request.POST))


def _spara(request: HttpRequest, prislista: Prislista, hjalp: Uppraknaform) -> HttpResponse:
    rader = PRISRADER(request.POST)
    if not rader.is_valid():
        return _rutnat(request, prislista, hjalp, rader)
    try:
        plan = registrera_priser(
            prislista=prislista,
            fran=_dag(hjalp),
            inskrivna=list(rader.inskrivna()),
            av=inloggad(request),
            sedda=request.POST.get("sedda", ""),
            rattelser="rattelser" in request.POST,
        )
    except EjRegistrerad as brott:
        return _rutnat(request, prislista, hjalp, rader, allmant=_vid_raderna(rader, brott))
    except Hindrad as hinder:
        return _forhandsvisa(request, prislista, hjalp, rader, hinder.orsaker)
    antal = antal_ord(len(plan.andringar), "pris är registrerat", "priser är registrerade")
    messages.success(request, f"{antal} från {datum_i_ord(plan.fran)}.")
    return redirect("ersattning:prislista", prislista.pk)


_STEG = {"klistra": _klistra, "granska": _granska, "andra": _andra, "spara": _spara}


def _vid_raderna(rader: Prisradsformset, brott: EjRegistrerad) -> list[str]:
    """Show what the import said beside its row and field; what is of no row is left for the top."""
    ovrigt = []
    for ett in brott.fel:
        form = rader.forms[ett.index] if ett.fil and ett.index < len(rader.forms) else None
        if form is None:
            ovrigt.append(ett.text)
        else:
            har_ruta = ett.kolumn in form.fields and not form.cleaned_data.get("cell")
            form.add_error(ett.kolumn if har_ruta else "belopp", ett.text)
    return ovrigt


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def pris(request: HttpRequest, pk: int) -> HttpResponse:
    """One price: end it, or change the amount of one that nobody has been paid by."""
    ett = get_object_or_404(Pris.objects.select_related("prislista"), pk=pk)
    manader = prisandring.prisets_manader(ett)
    hinder = [prisandring.anvant(ett, manader)] if manader else []
    form = Prisform(request.POST or None, pris=ett, hinder=hinder, sedda=avtryck(ett.prislista))
    if request.method == "POST" and form.is_valid() and _andra_ett(request, form, ett):
        messages.success(request, "Priset är ändrat.")
        return redirect("ersattning:prislista", ett.prislista_id)
    i_ord = prisandring.pris_i_ord({namn: getattr(ett, namn) for namn in NYCKEL})
    return render(request, "ersattning/pris.html", {"pris": ett, "i_ord": i_ord, "form": form, "manader": manader})


def _andra_ett(request: HttpRequest, form: Prisform, ett: Pris) -> bool:
    belopp = ett.belopp if form.fields["belopp"].disabled else form.cleaned_data["belopp"]
    sista = form.cleaned_data["sista"]
    sagt = "rattelser" in request.POST
    if manader := prisandring.rattelsemanader(ett, belopp, sista):
        krav_pa_bekraftelse(form, "rattelser", prisandring.om_rattelser(manader), sagt=sagt)
    if not form.is_valid():
        return False
    try:
        sedda, av = form.cleaned_data["sedda"], inloggad(request)
        prisandring.andra_pris(pris=ett, belopp=belopp, sista=sista, av=av, sedda=sedda, rattelser=sagt)
    except EjRegistrerad as brott:
        for fel in brott.fel:
            form.add_error({"belopp": "belopp", "till": "sista"}.get(fel.kolumn), fel.text)
        return False
    except Hindrad as brott:
        for orsak in brott.orsaker:
            form.add_error(None, orsak)
        return False
    return True


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SKOTA_AVTAL)
def ny_prislista(request: HttpRequest) -> HttpResponse:
    """A new, empty price list."""
    form = Prislistaform(request.POST or None)
    if request.method == "POST" and form.is_valid():
        namn, av = form.cleaned_data["namn"], inloggad(request)
        try:
            ny = prisandring.skapa_prislista(namn=namn, av=av, idag=klocka.idag())
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                form.add_error(None, orsak)
        else:
            messages.success(request, f"Prislistan {ny.namn} är upplagd. Fyll i priserna.")
            return redirect("ersattning:nya_priser", ny.pk)
    return render(request, "ersattning/ny_prislista.html", {"form": form})
