"""Körningar: the list of months, a month, and a month that is being calculated."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ersattning import justeringsvisning, nivadelar, oversikt, queries, visning
from ersattning.forms import Korningsform
from ersattning.manadsunderlag import luckmeningar
from ersattning.models import Korning
from ersattning.regler import Status
from ersattning.tabell_nivadelar import Nivadeltabell
from ersattning.tables import Avvikelseslagtabell, Insatstabell, Manadstabell, Underlagstabell, Utforartabell
from grund import klocka
from grund.behorighet import Ratt
from grund.tid import Manad
from grund.tillgang import i_bakgrunden, inloggad, kraver

SENASTE = 8  # events shown on the month's page; all of them have a page of their own


def hamta(manad: Manad) -> Korning:
    """The körning of the month, or no such page."""
    korning = (
        Korning.objects.select_related("beraknad_av", "granskad_av", "faststalld_av", "utbetald_av")
        .filter(manad=manad.fran)
        .first()
    )
    if korning is None:
        msg = f"{manad} är inte körd."
        raise Http404(msg)
    return korning


@kraver(Ratt.SE_ERSATTNING)
def lista(request: HttpRequest) -> HttpResponse:
    """The months that have been run, and the next to run."""
    manader = oversikt.manader()
    korbara = oversikt.korbara_manader(klocka.idag())
    return render(
        request,
        "ersattning/korningar.html",
        {
            "tabell": Manadstabell(manader),
            "form": Korningsform(manader=korbara, initial={"manad": str(korbara[0])}),
            "far_kora": not queries.hinder_for_korning(korbara[0], inloggad(request)),
        },
    )


@kraver(Ratt.SE_ERSATTNING)
def manad(request: HttpRequest, manad: Manad) -> HttpResponse:
    """A month: how far it has come, what it came to and why, and what to look at."""
    korning = hamta(manad)
    if korning.status == Status.BERAKNAS:
        return _under_berakning(request, korning)
    bild, underlag = oversikt.manadsbild(korning), oversikt.underlagslage(korning)
    return render(
        request,
        "ersattning/korning.html",
        {
            "bild": bild,
            "korning": korning,
            "manad": manad,
            "underlagsvarning": visning.underlagsvarning(underlag),
            "luckor": luckmeningar(manad, underlag.registrerat),
            "justeringar": justeringsvisning.om_manaden(korning),
            "registrerat": Underlagstabell(underlag.registrerat) if underlag.registrerat else None,
            "steg": visning.steg(
                korning, underlag, framsteg=None, avvikelser=bild.antal_avvikelser, bedomda=bild.antal_bedomda
            ),
            "obedomda": bild.antal_avvikelser - bild.antal_bedomda,
            "handling": visning.handling(korning, inloggad(request)),
            "nyckeltal": visning.nyckeltal(bild),
            "utforare": Utforartabell(bild) if bild.alla else None,
            "insatser": Insatstabell(bild) if bild.alla else None,
            "avvikelser": Avvikelseslagtabell(bild),
            "vattenfall": visning.vattenfall(bild),
            "handelser": visning.handelserader(oversikt.handelser(korning)[:SENASTE]),
        },
    )


def _under_berakning(request: HttpRequest, korning: Korning) -> HttpResponse:
    sammanhang = _framstegsdata(korning) | {"handling": visning.handling(korning, inloggad(request))}
    return render(request, "ersattning/korning_beraknas.html", sammanhang)


@i_bakgrunden
@kraver(Ratt.SE_ERSATTNING)
def framsteg(request: HttpRequest, manad: Manad) -> HttpResponse:
    """How far the calculation has come, for a page that asks again and again; done: the page is to load anew."""
    korning = hamta(manad)
    if korning.status != Status.BERAKNAS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "ersattning/_framsteg.html", _framstegsdata(korning))


def _framstegsdata(korning: Korning) -> dict[str, object]:
    framsteg, underlag = queries.framsteg(korning), oversikt.underlagslage(korning)
    return {
        "korning": korning,
        "manad": Manad.av(korning.manad),
        "framsteg": framsteg,
        "steg": visning.steg(korning, underlag, framsteg=framsteg, avvikelser=0, bedomda=0),
        "fel": queries.misslyckanden(korning),
    }


@kraver(Ratt.SE_ERSATTNING)
def handelser(request: HttpRequest, manad: Manad) -> HttpResponse:
    """All that has been done with the month, latest first."""
    korning = hamta(manad)
    sammanhang = {"manad": manad, "handelser": visning.handelserader(oversikt.alla_handelser(korning))}
    return render(request, "ersattning/handelser.html", sammanhang)


@kraver(Ratt.SE_ERSATTNING)
def nivaer(request: HttpRequest, manad: Manad) -> HttpResponse:
    """The levels behind the level part of why the month differs from the one before."""
    korning = hamta(manad)
    delar = [] if korning.status == Status.BERAKNAS else nivadelar.las(korning)
    sammanhang = {"manad": manad, "fore": manad.plus(-1), "tabell": Nivadeltabell(delar)}
    return render(request, "ersattning/nivadelar.html", sammanhang)
