"""The persons of an enhet, one enhet at a time (SoLPUF 21 §), and the report that an insats ends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver
from utforare import bestallningar, queries, tillgang, uppehall, utforarens
from utforare.actions import slut as actions
from utforare.actions.uppehall import hinder_for_uppehall
from utforare.forms.verkstallande import Slutanmalansform
from utforare.models import Slutanmalan
from utforare.regler import Slutorsak
from utforare.views.steg import forsok
from utforare.visning import verkstallighetsfakta


@kraver(Ratt.RAPPORTERA)
def brukare(request: HttpRequest) -> HttpResponse:
    """Which enhet? Straight on when there is one."""
    enheter = list(tillgang.enheter(inloggad(request), klocka.idag()))
    if len(enheter) == 1:
        return redirect("utforare:enhetens_brukare", enheter[0].pk)
    mall = "utforare/mina_enheter.html" if enheter else "utforare/utan_enhet.html"
    return render(request, mall, {"enheter": enheter, "rubrik": "Brukare"})


@kraver(Ratt.RAPPORTERA)
def enhetens_brukare(request: HttpRequest, pk: int) -> HttpResponse:
    """The persons of one enhet, with what soon runs out marked."""
    enhet, vem, idag = tillgang.hamta_enhet(request, pk), inloggad(request), klocka.idag()
    verk = list(utforarens.enhetens_brukare(vem, enhet, idag))
    avbrutna = uppehall.pagaende([ett.pk for ett in verk], idag)
    rader = [utforarens.brukarrad(vem, ett, idag, avbrutna.get(ett.pk)) for ett in verk]
    kontext = {
        "enhet": enhet,
        "enheter": tillgang.enheter(vem, idag),
        "pagar": [rad for rad in rader if not rad.slutade],
        "slutade": [rad for rad in rader if rad.slutade],
    }
    return render(request, "utforare/enhetens_brukare.html", kontext)


@kraver(Ratt.RAPPORTERA)
def brukaren(request: HttpRequest, pk: int) -> HttpResponse:
    """A person at the enhet: the beslut in short, what is ordered, and the months."""
    verk, vem = tillgang.hamta_verkstallighet(request, pk, sida="brukare"), inloggad(request)
    manader, idag = queries.manader(verk)[:6], klocka.idag()
    avbrott = uppehall.oppet(verk.pk, idag)
    kontext = {
        **bestallningar.huvud(vem, verk.beslut),
        "verk": verk,
        "varning": utforarens.brukarrad(vem, verk, idag).varning,
        "uppehall": avbrott,
        "uppehall_i_ord": uppehall.i_ord(avbrott, idag) if avbrott else "",
        "hinder_uppehall": hinder_for_uppehall(verk, vem, idag),
        "har_narvaro": any(rad.narvaro or rad.franvaro for rad in manader),
        "har_besok": any(rad.utforda or rad.avbokade for rad in manader),
        "fakta": [par for par in verkstallighetsfakta(verk) if par[0] not in {"Person", "Insats"}],
        "manader": manader,
        "anmalningar": Slutanmalan.objects.filter(verkstallighet=verk).order_by("-anmald"),
        "hinder": actions.hinder_for_slutanmalan(verk, vem, klocka.idag()),
    }
    return render(request, "utforare/brukare.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def anmal_slut(request: HttpRequest, pk: int) -> HttpResponse:
    """Report that the insats ends."""
    verk, vem = tillgang.hamta_verkstallighet(request, pk, sida="anmäl slut"), inloggad(request)
    form = Slutanmalansform(request.POST or None, initial={"sista_dag": klocka.idag()})

    def gor() -> str:
        ny = actions.anmal_slut(verk=verk, **form.cleaned_data, av=vem, nu=klocka.nu())
        if ny.orsak == Slutorsak.AVLIDEN:
            return "Insatsen är avslutad."
        return "Slutet är anmält. Insatsen slutar när handläggaren har bekräftat."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("utforare:brukaren", pk)
    kontext = {**bestallningar.huvud(vem, verk.beslut), "verk": verk, "form": form}
    kontext["hinder"] = actions.hinder_for_slutanmalan(verk, vem, klocka.idag())
    return render(request, "utforare/anmal_slut.html", kontext)
