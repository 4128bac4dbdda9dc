"""Malls of documents: the list, a new one from an order that some kommun uses, a new version of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver, sedd_version
from uppfoljning.dokument.mallar import andra_mall, skapa_mall
from uppfoljning.dokument.mallforms import Mallform, Rubrikformer, fran_mall, fran_ordning, rader, rubriker
from uppfoljning.dokument.ordningar import ORDNINGAR
from uppfoljning.dokument.queries import mall_ur, senaste_av, senaste_mallar
from uppfoljning.models import Dokumentmall, Mallversion
from uppfoljning.views.dokumentsteg import forsok


@require_safe
@kraver(Ratt.SKOTA_DOKUMENTMALLAR)
def mallar(request: HttpRequest) -> HttpResponse:
    """The malls that there are, and orders to begin a new one with."""
    alla = [(ett, mall_ur(ett)) for ett in senaste_mallar()]
    return render(request, "uppfoljning/dokument/mallar.html", {"mallar": alla, "ordningar": ORDNINGAR.items()})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_DOKUMENTMALLAR)
def ny_mall(request: HttpRequest) -> HttpResponse:
    """A new mall; the address may name an order to begin with."""
    ordning = ORDNINGAR.get(request.GET.get("ordning", ""), ORDNINGAR["rekommenderad"])
    form = Mallform(request.POST or None, request.FILES or None, ny=True, initial=fran_ordning(ordning))
    former = _former(request, rader(ordning.rubriker))

    def gor() -> str:
        skapa_mall(
            namn=form.cleaned_data["namn"],
            innehall=form.mall(rubriker(former)),
            logotyp=form.bild or b"",
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return "Mallen är sparad."

    if request.method == "POST" and former.is_valid() and forsok(request, form, gor):
        return redirect("uppfoljning:dokumentmallar")
    return _sida(request, form, former, {"rubrik": "Ny mall"})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_DOKUMENTMALLAR)
def en_mall(request: HttpRequest, pk: int) -> HttpResponse:
    """A mall to change: a new version, that new documents follow."""
    mall = get_object_or_404(Dokumentmall, pk=pk)
    senaste = senaste_av(mall)
    innehall = mall_ur(senaste)
    form = Mallform(request.POST or None, request.FILES or None, ny=False, initial=fran_mall(innehall))
    former = _former(request, rader(innehall.rubriker))

    def gor() -> str:
        ny = andra_mall(
            mall=mall,
            sedd=sedd_version(request),
            innehall=form.mall(rubriker(former)),
            logotyp=form.bild,
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return f"Sparat som version {ny.version}. Dokument som redan finns behåller den version som de har."

    if request.method == "POST" and former.is_valid() and forsok(request, form, gor):
        return redirect("uppfoljning:dokumentmallar")
    versioner = mall.versioner.select_related("av").defer("logotyp").order_by("-version")
    return _sida(request, form, former, {"rubrik": mall.namn, "senaste": senaste, "versioner": versioner})


@require_safe
@kraver(Ratt.SKOTA_DOKUMENTMALLAR)
def mallens_logotyp(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The logo of a version."""
    version = get_object_or_404(Mallversion, pk=pk)
    if not version.logotyp:
        msg = "Mallen har ingen logotyp."
        raise Http404(msg)
    return HttpResponse(bytes(version.logotyp), content_type="image/png")


def _former(request: HttpRequest, fore: list[dict[str, Any]]) -> Any:
    return (
        Rubrikformer(request.POST, prefix="r") if request.method == "POST" else Rubrikformer(initial=fore, prefix="r")
    )


def _sida(request: HttpRequest, form: Mallform, former: Any, mer: dict[str, Any]) -> HttpResponse:
    fel = [fel for rad in former.errors for fel in rad.values()] if former.is_bound else []
    kontext = {"form": form, "former": former, "radfel": fel} | mer
    return render(request, "uppfoljning/dokument/mall.html", kontext)
