"""The state of the system, for who looks after it. No page here shows a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.insyn.actions import hinder_for_kvittering, kvittera
from grund.insyn.modeller import Langsamhet, Uppgiftsfel
from grund.text import tidpunkt_i_ord
from grund.tillgang import inloggad, kraver
from uppfoljning.driften import regler, visning
from uppfoljning.driften.forms import Kvitteringsform
from uppfoljning.driften.lage import lage
from uppfoljning.driften.ord import uppgift_i_ord
from uppfoljning.driften.tables import Fragor, Misslyckade, Sidor
from uppfoljning.driften.tables import lage as felets_lage

PER_SIDA = 50


@require_safe
@kraver(Ratt.SKOTA_DRIFTEN)
def driften(request: HttpRequest) -> HttpResponse:
    """Alarms, services and the clock's jobs."""
    vem, nu = inloggad(request), klocka.nu()
    larm = regler.larm(lage(nu))
    kontext = {
        "larm": [(ett, visning.sedan(ett), visning.gor(ett, vem), visning.lank(ett, vem)) for ett in larm],
        "tal": visning.nyckeltal(larm),
        "tjanster": visning.tjanster(),
        "jobb": visning.jobb(nu),
        "nar": tidpunkt_i_ord(nu),
    }
    return render(request, "uppfoljning/driften/driften.html", kontext)


@require_safe
@kraver(Ratt.SKOTA_DRIFTEN)
def misslyckade(request: HttpRequest) -> HttpResponse:
    """Tasks that have failed, the latest first; those that nobody has seen to unless all are asked for."""
    alla = request.GET.get("visa") == "alla"
    urval = Uppgiftsfel.objects.order_by("-senast", "-pk")
    tabell = Misslyckade(urval if alla else urval.filter(lost=None, kvitterad=None))
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    finns = Uppgiftsfel.objects.exists()
    return render(request, "uppfoljning/driften/misslyckade.html", {"tabell": tabell, "alla": alla, "finns": finns})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_DRIFTEN)
def misslyckad(request: HttpRequest, pk: int) -> HttpResponse:
    """One, and the note of what was done about it."""
    felet = get_object_or_404(Uppgiftsfel.objects.select_related("kvitterad_av"), pk=pk)
    form = Kvitteringsform(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kvittera(felet=felet, anteckning=form.cleaned_data["anteckning"], av=inloggad(request), nu=klocka.nu())
        except Hindrad as hinder:
            messages.error(request, " ".join(hinder.orsaker))
        else:
            messages.success(request, "Felet är kvitterat.")
        return redirect("uppfoljning:misslyckad", pk)
    klass, text = felets_lage(felet)
    kontext = {
        "felet": felet,
        "namn": uppgift_i_ord(felet.namn),
        "klass": klass,
        "lage": text,
        "fakta": _fakta(felet),
        "form": form,
        "hinder": hinder_for_kvittering(felet),
    }
    return render(request, "uppfoljning/driften/misslyckad.html", kontext)


def _fakta(felet: Uppgiftsfel) -> list[tuple[str, str]]:
    alla = [
        ("Uppgift", felet.namn),
        ("Gäller", felet.objekt),
        ("Fel", felet.felklass),
        ("Vad som sades", felet.mening),
        ("Först", tidpunkt_i_ord(felet.forst)),
        ("Senast", tidpunkt_i_ord(felet.senast)),
        ("Gånger", str(felet.antal)),
        ("Försök senast", str(felet.forsok)),
        ("Felkod", felet.begaran),
    ]
    return [(term, text) for term, text in alla if text]


@require_safe
@kraver(Ratt.SKOTA_DRIFTEN)
def langsamt(request: HttpRequest) -> HttpResponse:
    """What takes long: questions to the database, pages and tasks."""
    allt = Langsamhet.objects.order_by("-totalt")
    kontext = {
        "fragor": Fragor(allt.filter(slag=Langsamhet.Slag.FRAGA)[:PER_SIDA]),
        "sidor": Sidor(allt.exclude(slag=Langsamhet.Slag.FRAGA)[:PER_SIDA]),
    }
    return render(request, "uppfoljning/driften/langsamt.html", kontext)
