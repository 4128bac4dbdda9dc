"""Prognoser: made, followed, read, and held against what it became."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig
from kombu.exceptions import OperationalError as BrokerFel

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.models import Prognos, Prognosrad
from ersattning.prognos import actions, queries, tables
from ersattning.prognos.arbetsbok import skriv_arbetsbok
from ersattning.prognos.diagram import bild
from ersattning.prognos.forms import Prognosform
from ersattning.prognos.ord import andelar, antaganden, brister
from ersattning.prognos.resultat import Resultat, hamta
from ersattning.prognos.traff import traffar
from ersattning.prognos.verken import las
from ersattning.regler import Prognoskalla, Simuleringslage
from ersattning.simulering import actions as simulering
from ersattning.simulering import tasks
from ersattning.simulering.queries import framsteg as simuleringens_framsteg
from ersattning.visning import Nyckeltal
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.models import Andring
from grund.text import antal_ord, manad_i_ord, skillnad, svensk_ordning, tal
from grund.tid import Manad
from grund.tillgang import i_bakgrunden, inloggad, kraver
from utforare.models import Utforare

PER_SIDA = 25
KO_SVARAR_INTE = "Meddelandekön svarar inte. Prognosen räknas så snart den gör det."


def _hamta(pk: int) -> Prognos:
    return get_object_or_404(queries.gjorda(), pk=pk)


def _klar(pk: int) -> Prognos:
    prognos = _hamta(pk)
    if prognos.simulering.status != Simuleringslage.KLAR:
        msg = "Prognosen är inte räknad."
        raise Http404(msg)
    return prognos


def _far(request: HttpRequest, ratt: Ratt) -> bool:
    return har_ratt(inloggad(request).roller, ratt)


def ser_sma(request: HttpRequest) -> bool:
    """Whether the one who looks may see what few persons cost."""
    return _far(request, Ratt.SE_ERSATTNING)


@require_safe
@kraver(Ratt.SE_PROGNOS)
def lista(request: HttpRequest) -> HttpResponse:
    """All of them, the latest first."""
    tabell = tables.Prognostabell(queries.gjorda())
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    sammanhang = {
        "tabell": tabell,
        "far_gora": _far(request, Ratt.GORA_PROGNOS),
        "hinder": queries.hinder_for_prognos(None),
        "saknas": queries.ny_saknas(),
        "ar": klocka.idag().year,
    }
    return render(request, "ersattning/prognos/lista.html", sammanhang)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.GORA_PROGNOS, egen_transaktion=True)
def ny(request: HttpRequest) -> HttpResponse:
    """Choose the assumptions, and begin to calculate."""
    ram = queries.ram(klocka.idag(), 0)
    form = Prognosform(request.POST or None, manader=list(ram.prognos_fran.till_och_med(ram.sista)))
    if request.method == "POST" and form.is_valid():

        def gor() -> Prognos:
            gjord = actions.gor_prognos(
                antaganden=form.antaganden(), av=inloggad(request), nu=klocka.nu(), idag=klocka.idag()
            )
            return _skickad(request, gjord)

        try:
            return redirect("ersattning:prognos", gor().pk)
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                messages.error(request, orsak)
            return redirect("ersattning:prognoser")
    return render(request, "ersattning/prognos/ny.html", {"form": form, "ram": ram})


def _skickad(request: HttpRequest, prognos: Prognos) -> Prognos:
    """To the workers; when the queue does not answer they get it later (tasks.se_efter)."""
    try:
        tasks.skicka(prognos.simulering)
        messages.success(request, "Prognosen räknas.")
    except (BrokerFel, OSError):
        messages.warning(request, KO_SVARAR_INTE)
    return prognos


@require_safe
@kraver(Ratt.SE_PROGNOS)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says; or how far it has come."""
    prognos = _hamta(pk)
    if prognos.simulering.status != Simuleringslage.KLAR:
        return render(request, "ersattning/prognos/raknas.html", _framsteg(request, prognos))
    sma = ser_sma(request)
    resultat = hamta(prognos, visa_sma=sma)
    adress = f"{request.path}insats/" if sma else ""
    sammanhang = {
        "prognos": prognos,
        "resultat": resultat,
        "bild": bild(resultat.manader),
        "nyckeltal": _nyckeltal(resultat),
        "artabell": tables.Arstabell(resultat.i_ar, adress, offentligt=not sma),
        "nastatabell": tables.Arstabell(resultat.nasta, adress, offentligt=not sma),
        "manadstabell": tables.Manadstabell(resultat.manader, offentligt=not sma),
        "andringstabell": tables.Andringstabell(resultat.i_ar, resultat.nasta),
        "antaganden": list(antaganden(prognos, offentligt=not sma)),
        "andelar": andelar(prognos, resultat.insatser),
        "brister": brister(prognos) if sma else [],
        "andringar": Andring.objects.filter(pk__gt=prognos.simulering.andring_nr).count(),
        "budget": queries.budget_for(prognos.ar),
        "far_gora": _far(request, Ratt.GORA_PROGNOS),
        "far_utlatande": _far(request, Ratt.GORA_TJANSTEUTLATANDE),
    }
    return render(request, "ersattning/prognos/prognos.html", sammanhang)


def _nyckeltal(resultat: Resultat) -> list[Nyckeltal]:
    summa, nasta = resultat.i_ar.summa, resultat.nasta.summa
    mot = "ingen budget är inlagd" if summa.budget is None else f"budget {tal(summa.budget)} kr"
    svar = [Nyckeltal(f"{resultat.i_ar.ar}, hela året", f"{tal(summa.total)} kr", mot)]
    if summa.avvikelse is not None and summa.procent is not None:
        svar.append(Nyckeltal("Mot budget", f"{skillnad(summa.avvikelse)} kr", f"{skillnad(summa.procent, 1)} procent"))
    if not resultat.offentligt:
        utan = summa.beslutat - summa.total
        svar.append(Nyckeltal("Om inget beslut förlängs", f"{tal(summa.beslutat)} kr", f"{skillnad(utan)} kr"))
    svar.append(Nyckeltal(f"{resultat.nasta.ar}, hela året", f"{tal(nasta.total)} kr", _mot_i_ar(resultat)))
    return svar


def _mot_i_ar(resultat: Resultat) -> str:
    i_ar, nasta = resultat.i_ar.summa.total, resultat.nasta.summa.total
    return f"{skillnad((nasta - i_ar) * 100 / i_ar, 1)} procent mot {resultat.i_ar.ar}" if i_ar else ""


@i_bakgrunden
@require_safe
@kraver(Ratt.SE_PROGNOS)
def framsteg(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come, for a page that asks again and again; done: the page is to load anew."""
    prognos = _hamta(pk)
    if prognos.simulering.status != Simuleringslage.RAKNAS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "ersattning/prognos/_framsteg.html", _framsteg(request, prognos))


def _framsteg(request: HttpRequest, prognos: Prognos) -> dict[str, Any]:
    return {
        "prognos": prognos,
        "raknas": prognos.simulering.status == Simuleringslage.RAKNAS,
        "framsteg": simuleringens_framsteg(prognos.simulering),
        "far_gora": _far(request, Ratt.GORA_PROGNOS),
    }


@require_POST
@kraver(Ratt.GORA_PROGNOS)
def avbryt(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it."""
    prognos = _hamta(pk)

    def gor() -> None:
        simulering.avbryt_simulering(simulering=prognos.simulering, av=inloggad(request))
        messages.success(request, "Prognosen är avbruten.")

    return _forsok(request, prognos, gor)


@require_POST
@kraver(Ratt.GORA_PROGNOS, egen_transaktion=True)
def rakna(request: HttpRequest, pk: int) -> HttpResponse:
    """Calculate one that was cancelled or failed."""
    prognos = _hamta(pk)
    return _forsok(
        request,
        prognos,
        lambda: _skickad(request, actions.starta_om(prognos=prognos, av=inloggad(request), nu=klocka.nu())),
    )


def _forsok(request: HttpRequest, prognos: Prognos, gor: Callable[[], object]) -> HttpResponse:
    try:
        gor()
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    return redirect("ersattning:prognos", prognos.pk)


@require_safe
@kraver(Ratt.SE_PROGNOS)
def arbetsbok(request: HttpRequest, pk: int) -> HttpResponse:
    """The prognos as a workbook: sums alone, no persons."""
    prognos, fil = _klar(pk), BytesIO()
    skriv_arbetsbok(fil, hamta(prognos, visa_sma=ser_sma(request)), alla_rader=ser_sma(request))
    return som_fil(fil.getvalue(), f"prognos-{prognos.ar}-{prognos.idag}.xlsx")


@require_safe
@kraver(Ratt.SE_ERSATTNING)
def insats(request: HttpRequest, pk: int, insats: str) -> HttpResponse:
    """One insats: its picture, its months and its utförare."""
    prognos = _klar(pk)
    resultat = hamta(prognos, insats=_kand(insats))
    if insats not in resultat.insatser:
        msg = "Prognosen har inget för insatsen."
        raise Http404(msg)
    sammanhang = {
        "prognos": prognos,
        "namn": insats_i_ord(insats),
        "resultat": resultat,
        "bild": bild(resultat.manader),
        "artabell": tables.Arstabell(resultat.i_ar),
        "nastatabell": tables.Arstabell(resultat.nasta),
        "manadstabell": tables.Manadstabell(resultat.manader, offentligt=False),
        "andringstabell": tables.Andringstabell(resultat.i_ar, resultat.nasta),
        "utforartabell": tables.Utforartabell(_utforare(prognos, insats), request.path),
    }
    return render(request, "ersattning/prognos/insats.html", sammanhang)


def _kand(insats: str) -> str:
    if insats not in Insats.values:
        msg = "Det finns ingen sådan insats."
        raise Http404(msg)
    return insats


def _utforare(prognos: Prognos, insats: str) -> list[dict[str, Any]]:
    per: dict[Utforare, dict[str, Any]] = defaultdict(lambda: defaultdict(Decimal))
    for rad in Prognosrad.objects.filter(prognos=prognos, insats=insats).select_related("utforare"):
        egen = per[rad.utforare]
        if rad.manad.year > prognos.ar:
            egen["nasta"] += rad.forlangt
            continue
        egen["rest" if rad.kalla == Prognoskalla.PROGNOS else "utfall"] += rad.forlangt
        egen["total"] += rad.forlangt
        if rad.manad == prognos.prognos_fran.fran:
            egen["personer"] = rad.personer
    falt = ("personer", "utfall", "rest", "total", "nasta")
    svar = [{"pk": ett.pk, "namn": ett.namn} | {namn: egna[namn] for namn in falt} for ett, egna in per.items()]
    return sorted(svar, key=lambda ett: svensk_ordning(ett["namn"]))


@require_safe
@kraver(Ratt.SE_ERSATTNING)
def utforare(request: HttpRequest, pk: int, insats: str, utforare: int) -> HttpResponse:
    """The verkställigheter behind a month at an utförare: keys alone, as in the list of rows; to open one is logged."""
    prognos = _klar(pk)
    vem = get_object_or_404(Utforare, pk=utforare)
    rader = Prognosrad.objects.filter(prognos=prognos, insats=_kand(insats), utforare=vem, kalla=Prognoskalla.PROGNOS)
    manader = [Manad.av(dag) for dag in rader.order_by("manad").values_list("manad", flat=True)]
    if not manader:
        msg = "Prognosen har inget för utföraren."
        raise Http404(msg)
    valt = request.GET.get("manad", "")
    manad = next((ett for ett in manader if str(ett) == valt), manader[0])
    sagt = rader.get(manad=manad.fran)
    verk = las(prognos, insats, vem.pk, manad)
    summa = sum((ett.kronor for ett in verk), Decimal(0))
    sammanhang = {
        "prognos": prognos,
        "insats": insats,
        "namn": insats_i_ord(insats),
        "utforare": vem,
        "manad": manad,
        "manader": [(str(ett), manad_i_ord(ett)) for ett in manader],
        "tabell": tables.Verktabell(verk),
        "antal": antal_ord(len(verk), "verkställighet", "verkställigheter"),
        "summa": summa,
        "sagt": sagt,
        "olika": abs(summa - sagt.forlangt) > len(verk),
    }
    return render(request, "ersattning/prognos/utforare.html", sammanhang)


@require_safe
@kraver(Ratt.SE_PROGNOS)
def traffsakerhet(request: HttpRequest) -> HttpResponse:
    """What earlier prognoser said of months that are settled now."""
    sma = ser_sma(request)
    alla = traffar(visa_sma=sma)
    sammanhang = {
        "tabell": tables.Manadstrafftabell(alla, offentligt=not sma),
        "senaste": alla[0] if alla else None,
        "insatstabell": tables.Insatstrafftabell(alla[0], offentligt=not sma) if alla else None,
        "offentligt": not sma,
    }
    return render(request, "ersattning/prognos/traff.html", sammanhang)
