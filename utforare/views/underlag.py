"""Providers, contracts, and what was ordered and carried out, for those who follow money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from beslut.models import Beslut
from beslut.tillgang import anteckna
from beslut.visning import beslut_i_ord, person_i_ord
from grund.behorighet import Ratt, har_ratt
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from utforare import ord as i_ord
from utforare import queries, visning
from utforare.models import Avtal, Utforare, Verkstallighet

_VERK = Verkstallighet.objects.select_related("beslut__person", "enhet__utforare")


@kraver(Ratt.SE_AVTAL)
def utforare(request: HttpRequest, pk: int) -> HttpResponse:
    """A provider: its units and contracts."""
    ett = get_object_or_404(Utforare, pk=pk)
    kontext = {
        "utforare": ett,
        "fakta": visning.utforarfakta(ett),
        "enheter": queries.enheter(ett),
        "avtal": [(avtal, visning.avtal_i_ord(avtal)) for avtal in queries.avtal(ett)],
        "far_skota": har_ratt(inloggad(request).roller, Ratt.SKOTA_AVTAL),
    }
    return render(request, "utforare/utforare.html", kontext)


@kraver(Ratt.SE_AVTAL)
def avtal(request: HttpRequest, pk: int) -> HttpResponse:
    """A contract, term by term."""
    ett = get_object_or_404(Avtal.objects.select_related("utforare", "prislista"), pk=pk)
    kontext = {
        "avtal": ett,
        "rubrik": visning.avtal_i_ord(ett),
        "fakta": visning.avtalsfakta(ett),
        "villkor": i_ord.villkor(ett),
        "historik": queries.avtalets_historik(ett),
        "far_skota": har_ratt(inloggad(request).roller, Ratt.SKOTA_AVTAL),
    }
    return render(request, "utforare/avtal.html", kontext)


@kraver(Ratt.SE_UNDERLAG)
def av_beslut(request: HttpRequest, pk: int) -> HttpResponse:
    """The verkställigheter of a beslut."""
    ett = get_object_or_404(Beslut.objects.select_related("person"), pk=pk)
    anteckna(request, ett.person_id, sida="beslutets verkställigheter")
    kontext = {
        "beslut": ett,
        "beslut_i_ord": beslut_i_ord(ett),
        "person": person_i_ord(ett.person),
        "verkstalligheter": queries.av_beslut(ett.pk),
    }
    return render(request, "utforare/av_beslut.html", kontext)


@kraver(Ratt.SE_UNDERLAG)
def verkstallighet(request: HttpRequest, pk: int) -> HttpResponse:
    """A verkställighet: what is ordered, on what terms, and the months that something is registered in."""
    ett = get_object_or_404(_VERK, pk=pk)
    anteckna(request, ett.beslut.person_id, sida="verkställighet")
    manader = queries.manader(ett)
    kontext = {
        "verk": ett,
        "beslut_i_ord": beslut_i_ord(ett.beslut),
        "fakta": visning.verkstallighetsfakta(ett),
        "avtal": [(avtal, visning.avtal_i_ord(avtal)) for avtal in queries.avtal_for(ett)],
        "manader": manader,
        "har_narvaro": any(rad.narvaro or rad.franvaro for rad in manader),
        "har_besok": any(rad.utforda or rad.avbokade for rad in manader),
        "av_samma_beslut": queries.av_beslut(ett.beslut_id),
        "historik": queries.verkstallighetens_historik(ett),
    }
    return render(request, "utforare/verkstallighet.html", kontext)


@kraver(Ratt.SE_UNDERLAG)
def utfort(request: HttpRequest, pk: int, manad: Manad) -> HttpResponse:
    """What is registered of a verkställighet in a month: närvaro day by day, and visits."""
    ett = get_object_or_404(_VERK, pk=pk)
    anteckna(request, ett.beslut.person_id, sida="närvaro och besök")
    narvaro, besok = queries.narvaro(ett, manad), queries.besok(ett, manad)
    fore, efter = queries.grannmanader(ett, manad)
    kontext = {
        "verk": ett,
        "person": person_i_ord(ett.beslut.person),
        "manad": manad,
        "fore": fore,
        "efter": efter,
        "dagar": visning.kalender(manad, ett, narvaro),
        "borja": manad.fran.isoweekday(),
        "narvaro": [(rad, visning.dag_i_ord(rad.datum)) for rad in narvaro],
        "registrerat": visning.registrerat_i_ord(narvaro),
        "har_omfattning": any(rad.omfattning for rad in narvaro),
        "har_minuter": any(rad.minuter is not None for rad in narvaro),
        "har_orsak": any(rad.orsak for rad in narvaro),
        "har_planerat": any(rad.planerad_start for rad in besok),
        "besok": [visning.besoksrad(rad) for rad in besok],
    }
    return render(request, "utforare/utfort.html", kontext)
