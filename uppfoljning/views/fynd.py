"""Findings: lists to work from, a page for each, and the note of what has been made of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from beslut import tillgang
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.tabeller import Sidvis
from grund.tillgang import inloggad, kraver
from uppfoljning.kontroll.bedomningar import bedom, hinder_for_bedomning
from uppfoljning.kontroll.forms import Bedomningsform
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.tables import Besokstabell, Fyndtabell, Handlaggarbesok, Handlaggartabell, borttagna_i_ord
from uppfoljning.kontroll.urval import Fyndurval, allas, handlaggarens, synliga
from uppfoljning.kontroll.visning import adress, besoken, sida
from uppfoljning.models import Fynd
from utforare.views.steg import forsok

PER_SIDA = 50


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def fynd(request: HttpRequest) -> HttpResponse:
    """All of them, by key."""
    vem = inloggad(request)
    form = Fyndurval(request.GET, synliga=synliga(vem))
    urval = form.urval(allas(vem))
    tabell = Fyndtabell(Sidvis(urval, urval.count()))
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    kontext = {"form": form, "tabell": tabell, "rapporten": _rapporten(request, Omrade.KVALITET)}
    return render(request, "uppfoljning/fynd.html", kontext)


@require_safe
@kraver(Ratt.HANDLAGGA)
def mina_fynd(request: HttpRequest) -> HttpResponse:
    """A handläggare's own persons', by name; the whole unit's for who shares out the work."""
    vem, idag, alla = inloggad(request), klocka.idag(), tillgang.hela_enheten(request)
    form = Fyndurval(request.GET, handlaggare=True, vems=tillgang.far_visa_alla(vem))
    urval = form.urval(handlaggarens(vem, idag, alla=alla))
    tabell = Handlaggartabell(Sidvis(urval, urval.count()), vem=vem)
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    visade = [rad.record.person_id for rad in tabell.page.object_list]
    tillgang.anteckna_lista(request, visade, sida="fynd, hela enheten" if alla else "fynd")
    kontext = {"form": form, "tabell": tabell, "alla": alla}
    return render(request, "uppfoljning/mina_fynd.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_UNDERLAG)
def fyndet(request: HttpRequest, pk: int) -> HttpResponse:
    """One, by key."""
    return _av_slag(request, pk, Omrade.KVALITET, "uppfoljning:fyndet")


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_SIGNALER)
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    """A signal, with the visits that it was counted from."""
    return _av_slag(request, pk, Omrade.SIGNAL, "uppfoljning:signal")


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.HANDLAGGA)
def mitt_fynd(request: HttpRequest, pk: int) -> HttpResponse:
    """One that a handläggare puts right, with the person's name."""
    ett = get_object_or_404(handlaggarens(inloggad(request), klocka.idag(), alla=True), pk=pk)
    assert ett.person  # noqa: S101  chosen so
    tillgang.oppna(request, ett.person, sida="fynd")
    kontext = {
        "rubrik": tillgang.namn(inloggad(request), ett.person),
        "oppna": reverse("utforare:akt", args=[ett.person.pk]),
        "oppna_namn": "Öppna akten",
        "lista": reverse("uppfoljning:mina_fynd"),
        "listnamn": "Fynd",
    }
    return _sidan(request, ett, "uppfoljning:mitt_fynd", kontext, Handlaggarbesok)


def _av_slag(request: HttpRequest, pk: int, omrade: Omrade, vy: str) -> HttpResponse:
    urval = Fynd.objects.filter(omrade=omrade, regel__in=synliga(inloggad(request)))
    ett = get_object_or_404(urval.select_related("enhet__utforare"), pk=pk)
    rapport = _rapporten(request, omrade)
    kvalitet = omrade == Omrade.KVALITET
    kontext = {
        "rubrik": "",
        "oppna": adress(ett),
        "oppna_namn": f"Öppna {ett.objekt_nyckel}",
        "lista": reverse("uppfoljning:fynd") if kvalitet else rapport,
        "listnamn": "Fynd" if kvalitet else "Att titta på",
        "signal": not kvalitet,
    }
    return _sidan(request, ett, vy, kontext, Besokstabell)


def _rapporten(request: HttpRequest, omrade: Omrade) -> str:
    """The report's address, for those who may read reports."""
    if not har_ratt(inloggad(request).roller, Ratt.SE_RAPPORTER):
        return ""
    return reverse("uppfoljning:rapport", args=["datakvalitet" if omrade == Omrade.KVALITET else "fusk-och-fel"])


def _sidan(
    request: HttpRequest, ett: Fynd, vy: str, kontext: dict[str, Any], besokstabell: type[Besokstabell]
) -> HttpResponse:
    """The page; a post notes what has been made of it, and leads back to it."""
    vem, idag, hinder = inloggad(request), klocka.idag(), hinder_for_bedomning(ett, inloggad(request))
    form = Bedomningsform(request.POST or None, omrade=Omrade(ett.omrade), initial={"avtryck": ett.avtryck})

    def gor() -> str:
        bedom(fynd=ett, **form.cleaned_data, av=vem, nu=klocka.nu())
        return (
            "Antecknat. Fyndet stängs när felet är rättat i källan." if ett.omrade == Omrade.KVALITET else "Antecknat."
        )

    if request.method == "POST" and forsok(request, form, gor):
        return redirect(vy, ett.pk)
    besok = besoken(ett)
    tabell = besokstabell(besok)
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    if vy != "uppfoljning:mitt_fynd":
        personer = {rad.verkstallighet.beslut.person_id for rad in besok}
        personer |= {ett.person_id} if ett.person_id else set()
        tillgang.anteckna(request, *sorted(personer), sida="fynd" if ett.omrade == Omrade.KVALITET else "signal")
    kontext |= {
        "fynd": ett,
        "sida": sida(ett, idag),
        "besok": tabell if ett.besok else None,
        "borttagna": borttagna_i_ord(len(ett.besok) - len(besok)),
        "form": None if hinder else form,
        "hinder": " ".join(hinder),
    }
    return render(request, "uppfoljning/ett_fynd.html", kontext)
