"""The log of readings: who has opened whose data. Persons are known by key; to look at a person's log is logged."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from beslut import tillgang
from beslut.filters_logg import Lasningsfilter
from beslut.models import Lasning, Person
from beslut.tables_logg import Lasningstabell
from grund.behorighet import Ratt
from grund.tabeller import Sidvis
from grund.tillgang import kraver

_PER_SIDA = 50


@require_safe
@kraver(Ratt.SE_LASNINGAR)
def lasningar(request: HttpRequest) -> HttpResponse:
    """Every reading, the latest first, to filter. A person's are on a page of their own, which logs the look."""
    nyckel = request.GET.get("person", "").strip()
    person = Person.objects.filter(nyckel=nyckel).first() if nyckel.isprintable() and nyckel else None
    if person:
        fragan = request.GET.copy()
        fragan.pop("person")
        adress = reverse("beslut:personens_lasningar", args=[person.pk])
        return redirect(f"{adress}?{fragan.urlencode()}")
    sammanhang = _sammanhang(request, Lasningsfilter(request.GET, queryset=_alla(), request=request))
    return render(request, "beslut/loggkontroll/lasningar.html", sammanhang)


@require_safe
@kraver(Ratt.SE_LASNINGAR)
def personens(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has opened the person's data."""
    person = get_object_or_404(Person, pk=pk)
    tillgang.anteckna(request, person.pk, sida="läslogg")
    filter_ = Lasningsfilter(request.GET, queryset=_alla().filter(person=person), request=request)
    del filter_.form.fields["person"]
    sammanhang = _sammanhang(request, filter_) | {"person": person}
    return render(request, "beslut/loggkontroll/personens.html", sammanhang)


def _alla() -> QuerySet[Lasning]:
    return Lasning.objects.select_related("anvandare", "person").order_by("-tidpunkt", "-pk")


def _sammanhang(request: HttpRequest, filter_: Lasningsfilter) -> dict[str, object]:
    tabell = Lasningstabell(Sidvis(filter_.qs, filter_.qs.count()))
    RequestConfig(request, paginate={"per_page": _PER_SIDA}).configure(tabell)
    return {"filter": filter_, "tabell": tabell}
