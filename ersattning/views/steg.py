"""The month's steps as a person takes them: each posts, and answers with what was done or why it may not be."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from kombu.exceptions import OperationalError as BrokerFel

from ersattning import actions, justeringsvisning, oversikt, queries, vakt
from ersattning.bedomningar import obedomt
from ersattning.filer.actions import bestall_filer
from ersattning.forms import Korningsform
from ersattning.manadsunderlag import luckmeningar
from ersattning.models import Korning
from ersattning.views.korningar import hamta
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.text import antal_ord, manad_i_ord, stor_forsta
from grund.tid import Manad
from grund.tillgang import inloggad, kraver, sedd_version


def _forsok(request: HttpRequest, manad: Manad, gor: Callable[[], str]) -> HttpResponse:
    """Do it and say what was done, or say why not; then back to the month, or to the list if it was never run."""
    try:
        messages.success(request, gor())
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    except BrokerFel:
        messages.error(request, "Meddelandekön svarar inte, så filerna kunde inte beställas. Försök igen om en stund.")
    return redirect("ersattning:korning", manad) if queries.hamta_korning(manad) else redirect("ersattning:korningar")


@require_POST
@kraver(Ratt.KORA_MANAD, egen_transaktion=True)
def starta(request: HttpRequest) -> HttpResponse:
    """Begin the calculation of the month that the form names; ask first when it would undo somebody's review."""
    form = Korningsform(request.POST, manader=oversikt.korbara_manader(klocka.idag()))
    if not form.is_valid():
        messages.error(request, "Välj en månad som kan köras.")
        return redirect("ersattning:korningar")
    manad = form.cleaned_data["manad"]
    korning = queries.hamta_korning(manad)
    sett_granskningen = korning is not None and sedd_version(request, "omgang") == korning.omgang
    if (faller := queries.granskning_som_faller(korning)) and not sett_granskningen:
        return render(request, "ersattning/rakna_om.html", {"manad": manad, "korning": korning, "faller": faller})

    def gor() -> str:
        vakt.starta(manad=manad, av=inloggad(request), slapp_granskning=sett_granskningen)
        return f"Beräkningen av {manad_i_ord(manad)} har startat."

    return _forsok(request, manad, gor)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.GRANSKA_MANAD)
def granska(request: HttpRequest, manad: Manad) -> HttpResponse:
    """Mark the month as reviewed. The page asks first, for a month where underlag is missing."""
    korning = hamta(manad)
    if request.method == "GET":
        hinder = queries.hinder_for_granskning(korning, inloggad(request))
        return render(request, "ersattning/granska.html", _fraga(korning, hinder))

    def gor() -> str:
        actions.granska_manad(
            manad=manad,
            av=inloggad(request),
            nu=klocka.nu(),
            omgang=sedd_version(request, "omgang"),
            utan_underlag="utan_underlag" in request.POST,
            trots_obedomda="trots_obedomda" in request.POST,
        )
        return f"Granskningen av {manad_i_ord(manad)} är klar."

    return _forsok(request, manad, gor)


def _fraga(korning: Korning, hinder: list[str]) -> dict[str, object]:
    """What is asked about before a step: the sums, why it may not be taken, and what there is to know first."""
    underlag, manad = oversikt.underlagslage(korning), Manad.av(korning.manad)
    bild = oversikt.manadsbild(korning)
    return {
        "manad": manad,
        "bild": bild,
        "obedomt": obedomt(bild.antal_avvikelser - bild.antal_bedomda),
        "hinder": hinder,
        "andringar": underlag.andringar,
        "luckor": luckmeningar(manad, underlag.registrerat),
        "justeringar": justeringsvisning.om_manaden(korning),
    }


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FASTSTALLA_MANAD, egen_transaktion=True)
def faststall(request: HttpRequest, manad: Manad) -> HttpResponse:
    """Ask once more, since it cannot be undone; then settle the month and send for its files."""
    korning = hamta(manad)
    if request.method == "GET":
        hinder = queries.hinder_for_faststallande(korning, inloggad(request))
        return render(request, "ersattning/faststall.html", _fraga(korning, hinder))

    def gor() -> str:
        korning = actions.faststall_manad(
            manad=manad,
            av=inloggad(request),
            nu=klocka.nu(),
            omgang=sedd_version(request, "omgang"),
            utan_underlag="utan_underlag" in request.POST,
        )
        messages.success(request, f"{stor_forsta(manad_i_ord(manad))} är fastställd.")
        bestall_filer(korning=korning)
        return "Filerna görs nu. Ladda om sidan om en stund."

    return _forsok(request, manad, gor)


@require_POST
@kraver(Ratt.GRANSKA_MANAD, egen_transaktion=True)
def gor_filer(request: HttpRequest, manad: Manad) -> HttpResponse:
    """Send for the files that are missing."""
    korning = hamta(manad)

    def gor() -> str:
        antal = bestall_filer(korning=korning)
        return f"{antal_ord(antal, 'fil', 'filer')} görs nu. Ladda om sidan om en stund."

    return _forsok(request, manad, gor)
