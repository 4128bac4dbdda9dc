"""The pages of price lists, and of the rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ersattning import prislistor
from ersattning.regeltexter import GRUPPER
from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import kraver
from utforare.models import Prislista


@kraver(Ratt.SE_AVTAL)
def lista(request: HttpRequest) -> HttpResponse:
    """The price lists, and who is paid by them."""
    return render(request, "ersattning/prislistor.html", {"listor": prislistor.prislistor(klocka.idag())})


@kraver(Ratt.SE_AVTAL)
def prislista(request: HttpRequest, pk: int) -> HttpResponse:
    """A price list: its prices, earlier ones too, when its time bands apply, and the contracts that use it."""
    ett = get_object_or_404(Prislista, pk=pk)
    kontext = {
        "prislista": ett,
        "grupper": prislistor.prisgrupper(ett, klocka.idag()),
        "tidsband": prislistor.tidsband(ett),
        "avtal": prislistor.avtal_med(ett),
    }
    return render(request, "ersattning/prislista.html", kontext)


@kraver(Ratt.SE_AVTAL)
def regler(request: HttpRequest) -> HttpResponse:
    """The rules of the calculation in plain Swedish."""
    return render(request, "ersattning/regler.html", {"grupper": GRUPPER})
