"""The pages of price lists, and of the rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ersattning import prislistor
from ersattning.regeltexter import GRUPPER
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.tillgang import inloggad, kraver
from utforare.models import Prislista


@kraver(Ratt.SE_AVTAL)
def lista(request: HttpRequest) -> HttpResponse:
    """The price lists, and who is paid by them."""
    return render(
        request,
        "ersattning/prislistor.html",
        {"listor": prislistor.prislistor(klocka.idag()), "far_skota": _far_skota(request)},
    )


def _far_skota(request: HttpRequest) -> bool:
    return har_ratt(inloggad(request).roller, Ratt.SKOTA_AVTAL)


@kraver(Ratt.SE_AVTAL)
def prislista(request: HttpRequest, pk: int) -> HttpResponse:
    """A price list: its prices, earlier ones too, when its time bands apply, and the contracts that use it."""
    ett = get_object_or_404(Prislista, pk=pk)
    kontext = {
        "prislista": ett,
        "grupper": prislistor.prisgrupper(ett, klocka.idag()),
        "tidsband": prislistor.tidsband(ett),
        "avtal": prislistor.avtal_med(ett),
        "far_skota": _far_skota(request),
    }
    return render(request, "ersattning/prislista.html", kontext)


@kraver(Ratt.SE_AVTAL)
def regler(request: HttpRequest) -> HttpResponse:
    """The rules of the calculation in plain Swedish."""
    return render(request, "ersattning/regler.html", {"grupper": GRUPPER})
