"""The event log: everything that has been done, and what has been done with one thing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from beslut.tillgang import anteckna
from grund import klocka
from grund.behorighet import Ratt
from grund.tabeller import Sidvis
from grund.tillgang import inloggad, kraver
from uppfoljning.handelser.filters import Handelseurval
from uppfoljning.handelser.ord import slag_i_ord
from uppfoljning.handelser.queries import hamta_objekt
from uppfoljning.handelser.tables import Handelsetabell, Objektstabell

_PER_SIDA = {"per_page": 50}


@require_safe
@kraver(Ratt.SE_HANDELSER)
def handelser(request: HttpRequest) -> HttpResponse:
    """Everybody's, of the last month unless other days are asked for."""
    form = Handelseurval(request.GET, idag=klocka.idag())
    urval = form.urval()
    tabell = Handelsetabell(Sidvis(urval, urval.count()))
    RequestConfig(request, paginate=_PER_SIDA).configure(tabell)
    return render(request, "uppfoljning/handelser.html", {"form": form, "tabell": tabell})


@require_safe
@kraver(Ratt.SE_HANDELSER)
def objekt(request: HttpRequest, slag: str, nyckel: str = "") -> HttpResponse:
    """What has been done with one thing, and what it changed."""
    vem = inloggad(request)
    ett = hamta_objekt(slag, nyckel, vem)
    if ett is None:
        msg = f"Det finns inga händelser för {slag_i_ord(slag).lower()} {nyckel}."
        raise Http404(msg)
    anteckna(request, *ett.personer, sida="händelser")
    tabell = Objektstabell(Sidvis(ett.handelser, ett.handelser.count()), skillnader=ett.skillnader)
    RequestConfig(request, paginate=_PER_SIDA).configure(tabell)
    rubrik = f"{slag_i_ord(slag)} {nyckel}".strip()
    sammanhang = {"rubrik": rubrik, "tabell": tabell, "sida": _adress(ett.sida)}
    return render(request, "uppfoljning/objektets_handelser.html", sammanhang)


def _adress(sida: tuple[str, list[object]] | None) -> str:
    """The thing's own page; a page that this system does not have is no address."""
    try:
        return reverse(sida[0], args=sida[1]) if sida else ""
    except NoReverseMatch:
        return ""
