"""Orders as the enhet sees them: answer, and begin."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beslut.tillgang import ArSkyddad, anteckna, far_se
from grund import klocka
from grund.behorighet import Ratt
from grund.text import datum_i_ord
from grund.tillgang import inloggad, kraver
from utforare import bestallningar, tillgang, utforarens
from utforare.actions import bestallning as actions
from utforare.bestallningsregler import Bestallningsstatus
from utforare.forms.bestallning import Acceptform, Orsaksform, Startform
from utforare.models import Bestallning
from utforare.views.steg import forsok


@kraver(Ratt.RAPPORTERA)
def inkomna(request: HttpRequest) -> HttpResponse:
    """To the orders of the first of the user's enheter that has one to answer, or else the first."""
    enheter = list(tillgang.enheter(inloggad(request), klocka.idag()))
    if not enheter:
        return render(request, "utforare/utan_enhet.html", {"rubrik": "Beställningar"})
    nya = set(utforarens.till_mina(inloggad(request)).filter(status="skickad").values_list("enhet", flat=True))
    forst = next((enhet for enhet in enheter if enhet.pk in nya), enheter[0])
    return redirect("utforare:enhetens_bestallningar", forst.pk)


@kraver(Ratt.RAPPORTERA)
def enhetens_bestallningar(request: HttpRequest, pk: int) -> HttpResponse:
    """The orders to one enhet, those that wait for it first."""
    enhet, vem = tillgang.hamta_enhet(request, pk), inloggad(request)
    rader = list(utforarens.till_mina(vem).filter(enhet=enhet).order_by("-skickad")[:200])
    oppna = [ett for ett in rader if ett.status in {Bestallningsstatus.SKICKAD, Bestallningsstatus.ACCEPTERAD}]
    kontext = {
        "enhet": enhet,
        "enheter": tillgang.enheter(vem, klocka.idag()),
        "oppna": [utforarens.rad(vem, ett) for ett in reversed(oppna)],
        "tidigare": [utforarens.rad(vem, ett) for ett in rader if ett not in oppna],
    }
    return render(request, "utforare/enhetens_bestallningar.html", kontext)


def _hamta(request: HttpRequest, pk: int) -> Bestallning:
    """An order to one of the user's enheter, logged; any other is not there."""
    vem = inloggad(request)
    ett = utforarens.till_mina(vem).filter(pk=pk).select_related("verkstallighet").first()
    if ett is None:
        msg = "Beställningen finns inte bland dina."
        raise Http404(msg)
    if not far_se(vem, ett.beslut.person):
        raise ArSkyddad
    anteckna(request, ett.beslut.person_id, sida="beställning")
    return ett


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def inkommen(request: HttpRequest, pk: int) -> HttpResponse:
    """An order: accept or decline it, and begin."""
    ett, vem, nu = _hamta(request, pk), inloggad(request), klocka.nu()
    steg = request.POST.get("gor", "")
    accept = Acceptform(request.POST if steg == "acceptera" else None, initial={"start": ett.onskad_start})
    nej = Orsaksform(request.POST if steg == "avboj" else None)
    start = Startform(request.POST if steg == "borja" else None, initial={"start": klocka.idag()})

    def gor() -> str:
        if steg == "acceptera":
            actions.acceptera(bestallning=ett, **accept.cleaned_data, av=vem, nu=nu)
            return f"Beställning {ett.nyckel} är accepterad. Nu ser du vem den gäller."
        if steg == "avboj":
            actions.avboj(bestallning=ett, orsak=nej.cleaned_data["orsak"], av=vem, nu=nu)
            return f"Beställning {ett.nyckel} är avböjd."
        verk = actions.borja(bestallning=ett, start=start.cleaned_data["start"], av=vem, nu=nu)
        return f"Insatsen började {datum_i_ord(verk.fran)}. Beslutet är verkställt."

    form = {"acceptera": accept, "avboj": nej, "borja": start}.get(steg)
    if form is not None and forsok(request, form, gor):
        return redirect("utforare:inkommen", pk)
    kontext = {
        "bestallning": ett,
        "vem": utforarens.vem_i_ord(vem, ett),
        "kand": utforarens.ar_kand(ett),
        "fakta": bestallningar.fakta(ett),
        "steg": bestallningar.steg(ett),
        "accept": accept,
        "nej": nej,
        "start": start,
        "hinder_for_svar": actions.hinder_for_svar(ett, vem, klocka.idag()),
        "hinder_for_borjan": actions.hinder_for_borjan(ett, vem, klocka.idag()),
    }
    return render(request, "utforare/inkommen.html", kontext)
