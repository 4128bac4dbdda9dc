"""How a beslut is carried out, for its handläggare: offers, answers, why it takes time, and the end."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from beslut.models import Beslut
from beslut.tillgang import anteckna_lista, far_visa_alla, hela_enheten, oppna
from grund import klocka
from grund.behorighet import Ratt
from grund.text import datum_i_ord
from grund.tid import EN_DAG
from grund.tillgang import inloggad, kraver
from utforare import attgora, bestallningar
from utforare.actions import slut as slutactions
from utforare.actions import verkstallande as actions
from utforare.bestallningsregler import Slutstatus
from utforare.forms.verkstallande import Avvisaform, Drojsmalsform, Erbjudandeform, Slutform, Svarsform
from utforare.models import Erbjudande, Slutanmalan, Verkstallighet
from utforare.views.steg import forsok


def _beslut(request: HttpRequest, pk: int, sida: str) -> Beslut:
    beslut = get_object_or_404(Beslut.objects.select_related("person"), pk=pk)
    oppna(request, beslut.person, sida=sida)
    return beslut


@kraver(Ratt.HANDLAGGA)
def utforande(request: HttpRequest, pk: int) -> HttpResponse:
    """The clock, verkställigheter, orders, offers and why it takes time."""
    beslut, vem, idag = _beslut(request, pk, "hur beslutet utförs"), inloggad(request), klocka.idag()
    bild = bestallningar.utforande(vem, beslut, idag)
    over = bild.frist is not None and bild.frist.har_gatt_ut(idag)
    lage, _, nasta, adress = attgora.nasta_steg(beslut, bild.lage, over=over)
    kontext = {
        **bestallningar.huvud(vem, beslut),
        "bild": bild,
        "over": over,
        "andel": bild.frist.andel(idag) if bild.frist else 0,
        "nara": bild.frist is not None and bild.frist.ar_nara(idag),
        "lage": lage,
        "nasta": nasta if bild.frist else "",
        "nasta_adress": adress,
        "idag": idag,
    }
    return render(request, "utforare/utforande.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def erbjud(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an offer to the person."""
    beslut = _beslut(request, pk, "erbjudande")
    oppna_ = bestallningar.oppna_bestallningar(beslut)
    form = Erbjudandeform(request.POST or None, bestallningar=oppna_, initial={"datum": klocka.idag()})

    def gor() -> str:
        data = form.cleaned_data
        actions.erbjud(
            beslut=beslut,
            datum=data["datum"],
            vad=data["vad"],
            bestallning=next((b for b in oppna_ if b.pk == data["bestallning"]), None),
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return "Erbjudandet är antecknat. Registrera svaret när personen har svarat."

    return _formular(request, beslut, form, gor, "Anteckna erbjudande", "Spara erbjudandet")


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def svar(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the person answered."""
    ett = get_object_or_404(Erbjudande.objects.select_related("beslut__person", "bestallning"), pk=pk)
    oppna(request, ett.beslut.person, sida="svar på erbjudande")
    form = Svarsform(request.POST or None, initial={"svarsdatum": klocka.idag()})

    def gor() -> str:
        data = form.cleaned_data
        actions.svara(
            erbjudande=ett,
            svar=data["svar"],
            svarsdatum=data["svarsdatum"],
            skal=data["skal"],
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return "Svaret är antecknat."

    ingress = f"{ett.vad}. Erbjudet {datum_i_ord(ett.datum)}."
    return _formular(request, ett.beslut, form, gor, "Registrera svar", "Spara svaret", ingress)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def orsak(request: HttpRequest, pk: int) -> HttpResponse:
    """Note why the beslut is not carried out."""
    beslut = _beslut(request, pk, "orsak till dröjsmål")
    form = Drojsmalsform(request.POST or None)

    def gor() -> str:
        actions.skriv_orsak(beslut=beslut, av=inloggad(request), nu=klocka.nu(), **form.cleaned_data)
        return "Orsaken är sparad."

    ingress = "Det du skriver följer med i rapporten till IVO om fristen på tre månader går ut."
    return _formular(request, beslut, form, gor, "Varför är beslutet inte verkställt?", "Spara orsaken", ingress)


def _formular(
    request: HttpRequest,
    beslut: Beslut,
    form: forms.BaseForm,
    gor: Any,
    rubrik: str,
    knapp: str,
    ingress: str = "",
) -> HttpResponse:
    """Take the form's step and go back to the beslut, or show the form."""
    if request.method == "POST" and forsok(request, form, gor):
        return redirect("utforare:utforande", beslut.pk)
    kontext = {**bestallningar.huvud(inloggad(request), beslut), "form": form}
    kontext |= {"rubrik": rubrik, "knapp": knapp, "ingress": ingress}
    return render(request, "utforare/formular.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.HANDLAGGA)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """End a verkställighet: confirm what the utförare reports, turn it down, or end it oneself."""
    verk = get_object_or_404(Verkstallighet.objects.select_related("beslut__person", "enhet__utforare"), pk=pk)
    oppna(request, verk.beslut.person, sida="avsluta verkställighet")
    vem = inloggad(request)
    anmalan = Slutanmalan.objects.filter(verkstallighet=verk, status=Slutstatus.ANMALD).first()
    steg = request.POST.get("gor", "")
    form = Slutform(request.POST if steg == "avsluta" else None, initial=_forslag(verk))
    bekrafta = forms.Form(request.POST if steg == "bekrafta" else None)
    avvisa = Avvisaform(request.POST if steg == "avvisa" else None)

    def gor() -> str:
        nu = klocka.nu()
        if steg == "avsluta":
            slutactions.avsluta(verk=verk, **form.cleaned_data, av=vem, nu=nu)
        elif anmalan is None:
            return "Anmälan är redan prövad."
        elif steg == "bekrafta":
            slutactions.bekrafta_slut(anmalan=anmalan, av=vem, nu=nu)
        else:
            slutactions.avvisa_slut(anmalan=anmalan, svar=avvisa.cleaned_data["svar"], av=vem, nu=nu)
            return "Anmälan är avvisad. Insatsen fortsätter."
        return "Insatsen är avslutad."

    vald = {"avsluta": form, "bekrafta": bekrafta, "avvisa": avvisa}.get(steg)
    if vald is not None and forsok(request, vald, gor):
        return redirect("utforare:utforande", verk.beslut_id)
    kontext = {
        **bestallningar.huvud(vem, verk.beslut),
        "verk": verk,
        "anmalan": anmalan,
        "form": form,
        "bekrafta": bekrafta,
        "avvisa": avvisa,
        "hinder": slutactions.hinder_for_slut(verk, vem),
    }
    return render(request, "utforare/avsluta.html", kontext)


def _forslag(verk: Verkstallighet) -> dict[str, Any]:
    """The day and the reason that the beslut or a death gives."""
    beslut, avliden = verk.beslut, verk.beslut.person.avliden
    if avliden and (beslut.till is None or avliden < beslut.till):
        return {"sista_dag": avliden, "orsak": "avliden"}
    if beslut.till:
        return {"sista_dag": beslut.till - EN_DAG, "orsak": "beslut_upphor"}
    return {"sista_dag": klocka.idag()}


@kraver(Ratt.HANDLAGGA)
def arbetslista(request: HttpRequest, grupp: str) -> HttpResponse:
    """All of a group of the start page."""
    gora = attgora.HANDLAGGARENS.get(grupp)
    if gora is None:
        msg = "Listan finns inte."
        raise Http404(msg)
    vem, alla = inloggad(request), hela_enheten(request)
    lista = gora(vem, klocka.idag(), alla=alla)
    anteckna_lista(request, lista.personer, sida=f"att göra, {lista.kort}{', hela enheten' if alla else ''}")
    kontext = {"grupp": lista, "alla": alla, "nyckel": grupp, "kan_visa_alla": far_visa_alla(vem)}
    return render(request, "utforare/arbetslista.html", kontext)
