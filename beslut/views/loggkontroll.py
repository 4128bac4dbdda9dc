"""Controls of the log: those that there are, a new one, marking what was drawn, and the protocol."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from beslut import loggkontroll as kontroller
from beslut import loggprotokoll
from beslut.actions import loggkontroll as actions
from beslut.forms.loggkontroll import Avslutsform, Bedomningsform, Urvalsform, bedomda
from beslut.loggkontroll import hinder_for_att_avsluta, hinder_for_att_bedoma
from beslut.models import Kontrollrad, Loggkontroll
from beslut.tables_logg import Kontrolltabell
from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord
from grund.tid import Manad
from grund.tillgang import inloggad, kraver

_FRO = 2**48  # seeds are below this
_BEDOMA = Ratt.KONTROLLERA_LASNINGAR
_KONTROLL = "beslut/loggkontroll/kontroll.html"


@require_safe
@kraver(Ratt.SE_LASNINGAR)
def lista(request: HttpRequest) -> HttpResponse:
    """Every control."""
    tabell = Kontrolltabell(kontroller.kontroller())
    RequestConfig(request, paginate={"per_page": 25}).configure(tabell)
    kan_dra = har_ratt(inloggad(request).roller, Ratt.KONTROLLERA_LASNINGAR)
    return render(request, "beslut/loggkontroll/lista.html", {"tabell": tabell, "kan_dra": kan_dra})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.KONTROLLERA_LASNINGAR)
def ny(request: HttpRequest) -> HttpResponse:
    """Choose what to draw from, and draw."""
    manad = Manad.av(klocka.idag()).plus(-1)
    form = Urvalsform(request.POST or None, initial={"fran": manad.fran, "sista": manad.sista})
    if request.method == "POST" and form.is_valid():
        try:
            kontroll = actions.dra_urval(
                urval=form.urval(),
                storlek=form.cleaned_data["storlek"],
                fro=secrets.randbelow(_FRO),
                av=inloggad(request),
                nu=klocka.nu(),
            )
        except Hindrad as hinder:
            form.add_error(None, hinder.orsaker)
        else:
            return redirect("beslut:loggkontroll", kontroll.pk)
    return render(request, "beslut/loggkontroll/ny.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_LASNINGAR)
def kontroll(request: HttpRequest, pk: int) -> HttpResponse:
    """A control: what was drawn, and for those who may, a form that marks it."""
    en = get_object_or_404(kontroller.kontroller(), pk=pk)
    rader = kontroller.rader(en)
    if request.method == "POST" and (hinder := hinder_for_ratt(inloggad(request).roller, _BEDOMA)):
        raise PermissionDenied(" ".join(hinder))
    former = _former(request, en, rader)
    giltiga = [form.is_valid() for form in former.values()]  # each says its own faults
    if request.method == "POST" and all(giltiga):
        try:
            antal = actions.bedom(
                kontroll=en, bedomda=bedomda(list(former.values())), av=inloggad(request), nu=klocka.nu()
            )
        except Hindrad as hinder:
            return render(request, _KONTROLL, _sammanhang(request, en, rader, former) | {"fel": hinder.orsaker})
        messages.success(request, f"{antal_ord(antal, 'bedömning är sparad', 'bedömningar är sparade')}.")
        return redirect("beslut:loggkontroll", en.pk)
    return render(request, _KONTROLL, _sammanhang(request, en, rader, former))


@require_POST
@kraver(Ratt.KONTROLLERA_LASNINGAR)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish the control."""
    en = get_object_or_404(Loggkontroll, pk=pk)
    form = Avslutsform(request.POST)
    try:
        slutsats = form.cleaned_data["slutsats"] if form.is_valid() else ""
        if form.errors:
            raise Hindrad(["Slutsatsen får vara högst 2\N{NO-BREAK SPACE}000 tecken."])
        actions.avsluta(kontroll=en, slutsats=slutsats, av=inloggad(request), nu=klocka.nu())
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    else:
        messages.success(request, "Kontrollen är avslutad. Protokollet finns som PDF.")
    return redirect("beslut:loggkontroll", en.pk)


@require_safe
@kraver(Ratt.SE_LASNINGAR)
def protokoll(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The protocol of a finished control, as PDF/UA."""
    en = get_object_or_404(kontroller.kontroller(), pk=pk)
    if en.avslutad is None:
        msg = "Kontrollen pågår. Protokollet finns när den är avslutad."
        raise Http404(msg)
    return som_fil(loggprotokoll.gor(en), loggprotokoll.filnamn(en))


def _former(request: HttpRequest, en: Loggkontroll, rader: list[Kontrollrad]) -> dict[int, Bedomningsform]:
    """A form for each row that the user may mark, by its number."""
    if en.avslutad:
        return {}
    vem, data = inloggad(request), request.POST if request.method == "POST" else None
    return {rad.nummer: Bedomningsform(data, rad=rad) for rad in rader if not hinder_for_att_bedoma(rad, vem)}


def _sammanhang(
    request: HttpRequest, en: Loggkontroll, rader: list[Kontrollrad], former: dict[int, Bedomningsform]
) -> dict[str, Any]:
    vem: Anvandare = inloggad(request)
    tidigare = kontroller.tidigare(en)
    return {
        "kontroll": en,
        "rubrik": kontroller.period_i_ord(kontroller.urval_i(en)),
        "fakta": loggprotokoll.fakta(en),
        "tal": loggprotokoll.nyckeltal(rader),
        "rader": [
            {
                "rad": rad,
                "form": former.get(rad.nummer),
                "egen": rad.lasning.anvandare_id == vem.pk,
                "utfall": loggprotokoll.utfall_i_ord(rad),
                "tidigare": tidigare.get(rad.pk, []),
            }
            for rad in rader
        ],
        "kan_bedoma": bool(former),
        "avslut": Avslutsform(),
        "hinder": hinder_for_att_avsluta(rader, vem) if en.avslutad is None else [],
        "kan_avsluta": en.avslutad is None and har_ratt(vem.roller, Ratt.KONTROLLERA_LASNINGAR),
        "fel": [],
    }
