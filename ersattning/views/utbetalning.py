"""A month's payment: what it comes to per utförare, its files, and that it is paid."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ersattning import utbetalning
from ersattning.filer.utbetalning import gor_utbetalningsfiler
from ersattning.models import Korning
from ersattning.regler import Status
from ersattning.tabell_utbetalning import Utbetalningstabell
from ersattning.utbetald import markera_utbetald
from ersattning.verifikat import Saknad
from ersattning.views.korningar import hamta
from ersattning.visning import betalningssteg
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.text import antal_ord, manad_i_ord
from grund.tid import Manad
from grund.tillgang import inloggad, kraver


@kraver(Ratt.SE_ERSATTNING)
def sida(request: HttpRequest, manad: Manad) -> HttpResponse:
    """What is paid, what is missing, and the next step."""
    korning, vem = hamta(manad), inloggad(request)
    kontext = {"manad": manad, "korning": korning, "far_skota": har_ratt(vem.roller, Ratt.SKOTA_KONTERING)}
    if not korning.ar_fast:
        return render(request, "ersattning/utbetalning.html", kontext)
    underlag, filer = utbetalning.las(korning), utbetalning.filer(korning)
    kontext |= {
        "steg": betalningssteg(korning, filer, len(underlag.saknas)),
        "tabell": Utbetalningstabell(underlag) if underlag.verifikat else None,
        "saknas": [(utbetalning.saknad_i_ord(ett), _ny(ett)) for ett in underlag.saknas],
        "filer": filer,
        "hinder_for_filer": utbetalning.hinder_for_filer(korning, vem),
        "kan_goras": not filer and underlag.verifikat and not underlag.saknas,
        "hinder": _hinder(korning, request),
        "obetald": korning.status != Status.UTBETALD,
    }
    return render(request, "ersattning/utbetalning.html", kontext)


def _ny(ett: Saknad) -> str:
    vad = {"regi": ett.regi, "insats": ett.insats, "artikel": ett.artikel}
    return reverse("ersattning:ny_kontering", query=vad)


def _hinder(korning: Korning, request: HttpRequest) -> list[str]:
    """Why the one who looks may not mark the month; nothing to say when it is marked."""
    return [] if korning.utbetald else utbetalning.hinder_for_utbetald(korning, inloggad(request))


@require_POST
@kraver(Ratt.BETALA_MANAD)
def gor_underlag(request: HttpRequest, manad: Manad) -> HttpResponse:
    """Make the files, once."""
    hamta(manad)

    def gor() -> str:
        antal = len(gor_utbetalningsfiler(manad=manad, av=inloggad(request)))
        return f"Utbetalningsunderlaget är gjort: {antal_ord(antal, 'fil', 'filer')}."

    return _forsok(request, manad, gor)


@require_POST
@kraver(Ratt.BETALA_MANAD)
def markera(request: HttpRequest, manad: Manad) -> HttpResponse:
    """Mark the month as utbetald, when the box says that it is."""
    hamta(manad)

    def gor() -> str:
        if "ar_betald" not in request.POST:
            raise Hindrad(["Bekräfta att filerna är inlästa i ekonomisystemet och att betalningarna är gjorda."])
        markera_utbetald(manad=manad, av=inloggad(request), nu=klocka.nu())
        return f"{manad_i_ord(manad).capitalize()} är markerad som utbetald."

    return _forsok(request, manad, gor)


def _forsok(request: HttpRequest, manad: Manad, gor: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, gor())
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    return redirect("ersattning:utbetalning", manad)
