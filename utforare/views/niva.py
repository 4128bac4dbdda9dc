"""The utförare's nivåbedömningar: of persons with a verkställighet at its own enheter, an enhet at a time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from beslut import nivaarenden, nivaovertaganden, nivavisning, tillgang
from beslut.actions.nivaarende import borja_bedomning, lamna_synpunkt
from beslut.forms.niva import Synpunktsform
from beslut.models import Nivaarende
from beslut.ord import insats_i_ord
from beslut.views import nivaifyllnad, nivaovertagande
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver
from utforare import nivaer
from utforare.tillgang import enheter, hamta_enhet, hamta_verkstallighet


@kraver(Ratt.RAPPORTERA)
def valj_enhet(request: HttpRequest) -> HttpResponse:
    """Which enhet; only one is gone to at once."""
    vem, idag = inloggad(request), klocka.idag()
    egna = list(enheter(vem, idag))
    if len(egna) == 1:
        return redirect("utforare:niva_enhet", egna[0].pk)
    kontext = {"enheter": nivaer.antal_per_enhet(egna, vem, idag)}
    return render(request, "utforare/niva/enheter.html", kontext)


@kraver(Ratt.RAPPORTERA)
def enhet(request: HttpRequest, pk: int) -> HttpResponse:
    """The enhet's persons with their levels, and the nivåbedömningar on their way."""
    vem, idag = inloggad(request), klocka.idag()
    egen = hamta_enhet(request, pk)
    kontext = {
        "enhet": egen,
        "rader": [nivavisning.listrad(ett, vem, idag) for ett in nivaer.arenden_pa(egen, vem, idag)],
        "brukare": nivaer.brukare(egen, vem, idag),
        "flera": enheter(vem, idag).count() > 1,
    }
    return render(request, "utforare/niva/enhet.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a nivåbedömning of the person for the insats that is carried out."""
    verk = hamta_verkstallighet(request, pk, sida="nivåbedömning")
    vem, idag, beslut = inloggad(request), klocka.idag(), verk.beslut
    slutat = nivaer.hinder_for_ny(verk, idag)
    if request.method == "POST":
        try:
            if slutat:
                raise Hindrad(slutat)
            nytt = borja_bedomning(person=beslut.person, insats=beslut.insats, av=vem, nu=klocka.nu(), idag=idag)
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                messages.error(request, orsak)
            return redirect("utforare:niva_ny", verk.pk)
        return redirect("utforare:nivaarende_fyll_i", nytt.pk)
    hinder_ = slutat + nivaarenden.hinder_for_ny(beslut.person, beslut.insats, vem, idag)
    forra = nivaarenden.forra(beslut.person_id, beslut.insats)
    hos_annan = nivaovertaganden.oppet(beslut.person_id, beslut.insats, vem)
    if hos_annan and nivaer.hinder_for_overtagande(hos_annan, vem, idag):
        hos_annan = None
    val = [(beslut.insats, insats_i_ord(beslut.insats), forra, hinder_, hos_annan)]
    kontext = {"person": tillgang.namn(vem, beslut.person), "val": val, "rymd": "utforare", "enhet": verk.enhet}
    return render(request, "beslut/nivaarende/ny.html", kontext)


def _hamta(request: HttpRequest, pk: int) -> Nivaarende:
    """One of a person at one's own enhet, for the insats that is carried out there; any other is not there."""
    vem = inloggad(request)
    arende = nivaarenden.arenden().filter(nivaer.hos(vem, klocka.idag()), nivaarenden.synliga_for(vem), pk=pk).first()
    if arende is None:
        msg = "Nivåbedömningen finns inte bland dina."
        raise Http404(msg)
    return arende


def _oppna(request: HttpRequest, arende: Nivaarende) -> None:
    if not tillgang.far_se(inloggad(request), arende.person):
        raise tillgang.ArSkyddad
    tillgang.anteckna(request, arende.person_id, sida="nivåbedömning")


@kraver(Ratt.RAPPORTERA)
def arende(request: HttpRequest, pk: int) -> HttpResponse:
    """A nivåbedömning, and what one may say against the decision."""
    ett = _hamta(request, pk)
    _oppna(request, ett)
    return _visa(request, ett, Synpunktsform())


def _visa(request: HttpRequest, ett: Nivaarende, form: Synpunktsform) -> HttpResponse:
    hinder = nivaarenden.hinder_for_synpunkt(ett, inloggad(request))
    return nivaifyllnad.visa(request, ett, "utforare", synpunktsform=None if hinder else form)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def fyll_i(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill it in."""
    ett = _hamta(request, pk)
    if nivaifyllnad.ska_bara_raknas(request, ett):
        return nivaifyllnad.rakna(request, ett)
    _oppna(request, ett)
    return nivaifyllnad.fyll_i(request, ett, "utforare")


@require_POST
@kraver(Ratt.RAPPORTERA)
def kasta(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    ett = _hamta(request, pk)
    _oppna(request, ett)
    if nivaifyllnad.kasta(request, ett):
        return redirect("utforare:niva_enheter")
    return redirect("utforare:nivaarende", pk)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def ta_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what a colleague has begun."""
    vem = inloggad(request)
    ett = nivaarenden.i_lista().filter(nivaer.hos(vem, klocka.idag()), pk=pk).first()
    if ett is None:
        msg = "Nivåbedömningen finns inte bland dina."
        raise Http404(msg)
    _oppna(request, ett)
    if hinder := nivaer.hinder_for_overtagande(ett, vem, klocka.idag()):
        messages.error(request, " ".join(hinder))
        return redirect("utforare:niva_enheter")
    tillbaka = reverse("utforare:niva_enheter")
    return nivaovertagande.sida(request, ett, rymd="utforare", tillbaka=tillbaka, kan_kasta=False)


@require_POST
@kraver(Ratt.RAPPORTERA)
def synpunkt(request: HttpRequest, pk: int) -> HttpResponse:
    """Contest the decision, once."""
    ett = _hamta(request, pk)
    _oppna(request, ett)
    form = Synpunktsform(request.POST)
    if not form.is_valid() and not nivaarenden.hinder_for_synpunkt(ett, inloggad(request)):
        return _visa(request, ett, form)
    try:
        text = form.cleaned_data.get("text", "")
        lamna_synpunkt(arende=ett, text=text, av=inloggad(request), nu=klocka.nu())
        messages.success(request, "Synpunkten är lämnad. Avtalssamordnaren svarar här.")
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    return redirect("utforare:nivaarende", pk)
