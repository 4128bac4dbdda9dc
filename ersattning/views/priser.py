"""The pages of price lists, and of the rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from ersattning import prislistor
from ersattning.regeltexter import GRUPPER
from grund.behorighet import Ratt
from grund.tillgang import kraver
from utforare.models import Prislista


@kraver(Ratt.SE_ERSATTNING)
def lista(request: HttpRequest) -> HttpResponse:
    """The price lists, and who is paid by them."""
    return render(request, "ersattning/prislistor.html", {"listor": prislistor.prislistor(timezone.localdate())})


@kraver(Ratt.SE_ERSATTNING)
def prislista(request: HttpRequest, pk: int) -> HttpResponse:
    """A price list: its prices, earlier ones too, when its time bands apply, and the contracts that use it."""
    ett = get_object_or_404(Prislista, pk=pk)
    kontext = {
        "prislista": ett,
        "grupper": prislistor.prisgrupper(ett, timezone.localdate()),
        "tidsband": prislistor.tidsband(ett),
        "avtal": prislistor.avtal_med(ett),
    }
    return render(request, "ersattning/prislista.html", kontext)


@kraver(Ratt.SE_ERSATTNING)
def regler(request: HttpRequest) -> HttpResponse:
    """The rules of the calculation in plain Swedish."""
    return render(request, "ersattning/regler.html", {"grupper": GRUPPER})
