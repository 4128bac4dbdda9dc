"""The handläggare's nivåbedömningar: those of one's own persons."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from beslut import nivaarenden, nivaovertaganden, nivavisning, tillgang
from beslut.actions.nivaarende import borja_bedomning
from beslut.models import Nivaarende, Person
from beslut.ord import insats_i_ord
from beslut.regler import Insats
from beslut.views import nivaifyllnad
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.skickat import pk_ur
from grund.text import svensk_ordning
from grund.tillgang import inloggad, kraver

FLEST = 200


def _hamta(request: HttpRequest, pk: int) -> Nivaarende:
    arende = nivaarenden.arenden().filter(nivaarenden.synliga_for(inloggad(request)), pk=pk).first()
    if arende is None:
        msg = "Nivåbedömningen finns inte."
        raise Http404(msg)
    return arende


@kraver(Ratt.HANDLAGGA)
def mina(request: HttpRequest) -> HttpResponse:
    """Nivåbedömningar of one's persons, and whose level one may begin to assess."""
    vem, idag = inloggad(request), klocka.idag()
    arenden = nivaarenden.mina(vem, idag)
    beslut = nivaarenden.bedombara(tillgang.mina(vem, idag), idag)
    val = {(ett.person_id, tillgang.namn(vem, ett.person)) for ett in beslut if tillgang.far_se(vem, ett.person)}
    egna, hos_andra = list(arenden[:FLEST]), list(nivaovertaganden.som_jag_kan_ta(vem, idag)[:FLEST])
    visade = [ett.person_id for ett in egna + hos_andra if tillgang.far_se(vem, ett.person)]
    tillgang.anteckna_lista(request, visade, sida="nivåbedömningar, mina och andras")
    kontext = {
        "hos_andra": [nivavisning.listrad(ett, vem, idag) for ett in hos_andra],
        "rader": [nivavisning.listrad(ett, vem, idag) for ett in egna],
        "antal": arenden.count(),
        "personer": sorted(val, key=lambda par: svensk_ordning(par[1])),
        "far_bedoma": har_ratt(vem.roller, Ratt.BEDOMA_NIVA),
    }
    return render(request, "beslut/nivaarende/mina.html", kontext)


@require_POST
@kraver(Ratt.HANDLAGGA)
def valj(request: HttpRequest) -> HttpResponse:
    """Go to the person that was chosen. Posted, so that the choice stands in no address but the person's key."""
    person = pk_ur(request.POST.get("person", ""))
    if person is None:
        messages.error(request, "Välj en person.")
        return redirect("beslut:niva_mina")
    return redirect("beslut:niva_ny", person)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's insatser with the level that holds; begin a nivåbedömning of one."""
    person = tillgang.oppna(request, get_object_or_404(Person, pk=pk), sida="nivåbedömning")
    vem, idag = inloggad(request), klocka.idag()
    if request.method == "POST" and request.POST.get("insats") in Insats.values:
        insats = request.POST["insats"]
        try:
            if not tillgang.inom_uppdrag(vem, person, idag):
                raise Hindrad(["Du handlägger inte personens ärenden. Den som gör det bedömer nivån."])
            arende = borja_bedomning(person=person, insats=insats, av=vem, nu=klocka.nu(), idag=idag)
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                messages.error(request, orsak)
            return redirect("beslut:niva_ny", person.pk)
        return redirect("beslut:nivaarende_fyll_i", arende.pk)
    insatser = sorted({ett.insats for ett in nivaarenden.bedombara([person.pk], idag)}, key=Insats.values.index)
    val = [
        (
            ett,
            insats_i_ord(ett),
            nivaarenden.forra(person.pk, ett),
            nivaarenden.hinder_for_ny(person, ett, vem, idag),
            nivaovertaganden.oppet(person.pk, ett, vem),
        )
        for ett in insatser
    ]
    kontext = {"person": tillgang.namn(vem, person), "val": val, "rymd": "beslut"}
    return render(request, "beslut/nivaarende/ny.html", kontext)


@kraver(Ratt.HANDLAGGA)
def arende(request: HttpRequest, pk: int) -> HttpResponse:
    """A nivåbedömning."""
    ett = _hamta(request, pk)
    tillgang.oppna(request, ett.person, sida="nivåbedömning")
    return nivaifyllnad.visa(request, ett, "beslut")


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def fyll_i(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill it in."""
    ett = _hamta(request, pk)
    if nivaifyllnad.ska_bara_raknas(request, ett):
        return nivaifyllnad.rakna(request, ett)
    tillgang.oppna(request, ett.person, sida="nivåbedömning, ifyllnad")
    return nivaifyllnad.fyll_i(request, ett, "beslut")


@require_POST
@kraver(Ratt.HANDLAGGA)
def kasta(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    ett = _hamta(request, pk)
    tillgang.oppna(request, ett.person, sida="nivåbedömning")
    if nivaifyllnad.kasta(request, ett):
        return redirect("beslut:niva_mina")
    return redirect("beslut:nivaarende", pk)
