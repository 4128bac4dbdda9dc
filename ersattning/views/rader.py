"""The rows and the avvikelser of a körning, to filter, sort and page through."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tables2 import RequestConfig

from ersattning.filters import Avvikelsefilter, Radfilter, att_ta_bort
from ersattning.models import Avvikelse, Ersattningsrad, Korning
from ersattning.tables import Avvikelsetabell, Radtabell
from ersattning.views.korningar import hamta
from grund.behorighet import Ratt
from grund.tabeller import Sidvis
from grund.tid import Manad
from grund.tillgang import kraver

PER_SIDA = 50


@kraver(Ratt.SE_ERSATTNING)
def rader(request: HttpRequest, manad: Manad) -> HttpResponse:
    """The rows. The foot's sum is of all that the filter lets through."""
    korning = hamta(manad)
    alla = Ersattningsrad.objects.filter(korning=korning).select_related("utforare", "person").defer("grund")
    filter_ = Radfilter(request.GET, queryset=alla, korning=korning)
    urval = _urval(filter_)
    allt = urval.aggregate(summa=Sum("belopp", default=0), antal=Count("pk"))
    ordnade = urval.order_by("verkstallighet_nyckel", "avser_manad", "fran", "pk")
    tabell = Radtabell(Sidvis(ordnade, allt["antal"]), korning=korning, summa=allt["summa"])
    return _visa(request, "ersattning/rader.html", korning, filter_, tabell)


@kraver(Ratt.SE_ERSATTNING)
def avvikelser(request: HttpRequest, manad: Manad) -> HttpResponse:
    """What there is to look at."""
    korning = hamta(manad)
    alla = Avvikelse.objects.filter(korning=korning, ny=True).select_related("utforare", "person")
    filter_ = Avvikelsefilter(request.GET, queryset=alla, korning=korning)
    ordnade = _urval(filter_).order_by("kod", "verkstallighet_nyckel", "fran", "pk")
    tabell = Avvikelsetabell(ordnade, korning=korning)
    return _visa(request, "ersattning/avvikelser.html", korning, filter_, tabell)


def _urval(filter_: Any) -> QuerySet[Any]:
    """What the filter lets through: nothing, when it is not to be understood."""
    svar: QuerySet[Any] = filter_.qs if filter_.form.is_valid() else filter_.queryset.none()
    return svar


def _sida(request: HttpRequest, tabell: Any) -> int:
    """The page that the address asks for, or the nearest there is."""
    sida = Paginator(tabell.rows, PER_SIDA).get_page(request.GET.get("page"))
    return int(sida.number)


def _visa(request: HttpRequest, mall: str, korning: Korning, filter_: Any, tabell: Any) -> HttpResponse:
    RequestConfig(request, paginate=False).configure(tabell)  # it would let the address say how long a page is
    tabell.paginate(page=_sida(request, tabell), per_page=PER_SIDA)
    tomt = not tabell.paginator.count
    sammanhang = {
        "korning": korning,
        "manad": Manad.av(korning.manad),
        "filter": filter_,
        "tabell": tabell,
        "villkor": att_ta_bort(filter_, request.path) if tomt else [],
    }
    return render(request, mall, sammanhang)
