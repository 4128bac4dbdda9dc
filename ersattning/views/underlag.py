"""Is the month's reporting complete, and who is to be reminded?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ersattning import queries, rapportlage
from ersattning.paminnelser import anteckna_paminnelse, hinder_for_paminnelse
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from utforare.models import Enhet


@kraver(Ratt.SE_ERSATTNING)
def underlag(request: HttpRequest, manad: Manad) -> HttpResponse:
    """What each enhet has reported of the month, whom to ask, and who has been reminded."""
    korning = queries.hamta_korning(manad)
    sammanhang = {
        "manad": manad,
        "korning": korning,
        "lage": rapportlage.las(manad, klocka.idag()),
        "pagar": manad.till > klocka.idag(),
        "far_paminna": not hinder_for_paminnelse(manad, inloggad(request), klocka.nu()),
        "far_kora": korning is None and not queries.hinder_for_korning(manad, inloggad(request)),
    }
    return render(request, "ersattning/underlag.html", sammanhang)


@require_POST
@kraver(Ratt.GRANSKA_MANAD)
def paminn(request: HttpRequest, manad: Manad, pk: int) -> HttpResponse:
    """Note that the enhet is reminded."""
    enhet = get_object_or_404(Enhet, pk=pk)
    try:
        ny = anteckna_paminnelse(manad=manad, enhet=enhet, av=inloggad(request), nu=klocka.nu())
        messages.success(request, f"Påminnelsen till {enhet.namn} är antecknad." if ny else "Redan antecknat i dag.")
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    return redirect("ersattning:underlag", manad)
