"""The rows and the avvikelser of a körning, to filter, sort and page through."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_tables2 import RequestConfig

from ersattning.bedomningar import med_bedomning
from ersattning.filters import Avvikelsefilter, Radfilter, att_ta_bort
from ersattning.models import Avvikelse, Ersattningsrad, Korning
from ersattning.tables import Avvikelsetabell, Radtabell
from ersattning.views import bedomning
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
    return _visa(request, "ersattning/rader.html", korning, filter_, tabell, {"markera_alla": ""})


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_ERSATTNING)
def avvikelser(request: HttpRequest, manad: Manad) -> HttpResponse:
    """What there is to look at. A post notes what has been made of those that are ticked."""
    korning, form, valda = hamta(manad), bedomning.formular(request), bedomning.valda(request)
    if bedomning.spara(request, form, valda):
        return redirect(request.get_full_path())
    alla = med_bedomning(Avvikelse.objects.filter(korning=korning, ny=True).select_related("utforare", "person"))
    filter_ = Avvikelsefilter(request.GET, queryset=alla, korning=korning)
    ordnade = _urval(filter_).order_by("kod", "verkstallighet_nyckel", "fran", "pk")
    tabell = Avvikelsetabell(ordnade, korning=korning, kryssa=_kryssa(request, valda) if form else None)
    extra = {"form": form, "markera_alla": _markera_alla(request) if form else ""}
    return _visa(request, "ersattning/avvikelser.html", korning, filter_, tabell, extra)


def _kryssa(request: HttpRequest, valda: list[int]) -> Callable[[int], bool]:
    """Which boxes are ticked: those that were, or all of the page when the address says so."""
    alla = request.method == "GET" and request.GET.get("valda") == "alla"
    return lambda pk: alla or pk in valda


def _markera_alla(request: HttpRequest) -> str:
    """Where all of the page are ticked. Only for one kind: a note is for one kind at a time."""
    if not request.GET.get("kod"):
        return ""
    fraga = request.GET.copy()
    fraga["valda"] = "alla"
    return f"?{fraga.urlencode()}"


def _urval(filter_: Any) -> QuerySet[Any]:
    """What the filter lets through: nothing, when it is not to be understood."""
    svar: QuerySet[Any] = filter_.qs if filter_.form.is_valid() else filter_.queryset.none()
    return svar


def _sida(request: HttpRequest, tabell: Any) -> int:
    """The page that the address asks for, or the nearest there is."""
    sida = Paginator(tabell.rows, PER_SIDA).get_page(request.GET.get("page"))
    return int(sida.number)


def _visa(
    request: HttpRequest, mall: str, korning: Korning, filter_: Any, tabell: Any, extra: Mapping[str, Any]
) -> HttpResponse:
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
    return render(request, mall, sammanhang | dict(extra))
