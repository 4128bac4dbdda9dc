"""Enheter as they are followed up: the list, one of them, a follow-up, and a kravlista."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from beslut.views.gemensamt import formularsida, lyckas
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.skickat import pk_ur
from grund.text import datum_i_ord, stor_forsta
from grund.tillgang import inloggad, kraver
from uppfoljning import avtalssidor
from uppfoljning.avtalsatgarder import (
    Uppfoljningsforslag,
    kravlista_pa_dag,
    registrera_kravlista,
    registrera_uppfoljning,
)
from uppfoljning.enhetsfakta import gallande_fakta, registrera_enhetsfakta
from uppfoljning.models import Avtalsuppfoljning, Kravlista
from uppfoljning.rapporter.avtalsuppfoljning.formular import (
    Enhetsfaktaform,
    Kravformset,
    Kravlisteform,
    Uppfoljningsform,
    fran_lista,
    kravrader,
)
from uppfoljning.views.sida import Sidodel, under_rapporter, visa
from utforare.models import Enhet

_ENHETER = "uppfoljning:avtalsenheter"
_LISTOR = "uppfoljning:kravlistor"


def smulor(*sist: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page lies, under the report."""
    return [("Avtalsuppföljning", reverse("uppfoljning:rapport", args=["avtalsuppfoljning"])), *sist]


def enhetens(enhet: Enhet, *sist: tuple[str, str]) -> list[tuple[str, str]]:
    """Under the enhet's page."""
    return smulor(
        ("Enheter", reverse(_ENHETER)), (enhet.namn, reverse("uppfoljning:avtalsenhet", args=[enhet.pk])), *sist
    )


def far_skota(request: HttpRequest) -> bool:
    """Whether the user may register anything here."""
    return har_ratt(inloggad(request).roller, Ratt.SKOTA_UPPFOLJNING)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def enheter(request: HttpRequest) -> HttpResponse:
    """Every enhet: where it lies, when it was followed up, and what is to be put right."""
    delar = [Sidodel("enheter", "Enheter", tabeller=[avtalssidor.enheter(klocka.idag())])]
    ingress = "Var enheten ligger, när den senast följdes upp och vilka brister som är öppna."
    return visa(request, "Enheter", delar, smulor=smulor(("Enheter", "")), ingress=ingress)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def enhet(request: HttpRequest, pk: int) -> HttpResponse:
    """An enhet: what is told of it, its follow-ups and its brister."""
    ett, idag, far = (
        get_object_or_404(Enhet.objects.select_related("utforare"), pk=pk),
        klocka.idag(),
        far_skota(request),
    )
    folj = [
        (f"Registrera uppföljning, {insats_i_ord(kod)}", reverse("uppfoljning:folj_upp", args=[pk, kod]))
        for kod in avtalssidor.insatser_med_krav(ett, idag)
        if far
    ]
    delar = [
        Sidodel(
            "enheten",
            "Enheten",
            fakta=avtalssidor.fakta(ett, idag),
            knappar=[("Ändra kommun och boendeform", reverse("uppfoljning:enhetsfakta", args=[pk]))] if far else [],
        ),
        Sidodel("uppfoljningar", "Uppföljningar", tabeller=[avtalssidor.uppfoljningar(ett)], knappar=folj),
        Sidodel(
            "brister",
            "Brister",
            tabeller=[avtalssidor.brister(ett, idag)],
            knappar=[("Registrera brist", reverse("uppfoljning:ny_brist", args=[pk]))] if far else [],
        ),
    ]
    ingress = f"{ett.utforare.namn}, {ett.utforare.get_regi_display()}."
    return visa(
        request, ett.namn, delar, smulor=smulor(("Enheter", reverse(_ENHETER)), (ett.namn, "")), ingress=ingress
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def fakta(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell where the enhet lies and what it is."""
    ett, idag = get_object_or_404(Enhet, pk=pk), klocka.idag()
    galler = gallande_fakta(idag).get(pk)
    forst = {"fran": idag} | ({"kommun": galler.kommun, "boendeform": galler.boendeform} if galler else {})
    form = Enhetsfaktaform(request.POST or None, initial=forst)

    def gor() -> None:
        registrera_enhetsfakta(enhet=ett, **form.cleaned_data, av=inloggad(request), nu=klocka.nu())
        messages.success(request, "Uppgifterna är sparade.")

    if request.method == "POST" and form.is_valid() and lyckas(form, gor):
        return redirect("uppfoljning:avtalsenhet", pk)
    return formularsida(
        request,
        form,
        rubrik=f"Kommun och boendeform, {ett.namn}",
        knapp="Spara",
        avbryt=reverse("uppfoljning:avtalsenhet", args=[pk]),
        smulor=under_rapporter(request, enhetens(ett, ("Kommun och boendeform", ""))),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def folj_upp(request: HttpRequest, pk: int, insats: str) -> HttpResponse:
    """Register a follow-up, krav by krav."""
    ett, idag = get_object_or_404(Enhet, pk=pk), klocka.idag()
    lista = kravlista_pa_dag(insats, idag) if insats in Insats.values else None
    if lista is None:
        msg = "Det finns ingen kravlista för insatsen."
        raise Http404(msg)
    form = Uppfoljningsform(request.POST or None, initial={"datum": idag}, lista=lista, enhet=ett)

    def gor() -> None:
        data = form.cleaned_data
        forslag = Uppfoljningsforslag(
            ett,
            lista,
            data["datum"],
            data["ansvarig"],
            data["metod"],
            data["sammanfattning"],
            form.bedomt,
            data["ersatter"],
        )
        uppfoljning = registrera_uppfoljning(forslag=forslag, av=inloggad(request), idag=idag, nu=klocka.nu())
        messages.success(request, f"Uppföljningen {uppfoljning.nyckel} är sparad.")

    if request.method == "POST" and form.is_valid() and lyckas(form, gor):
        return redirect("uppfoljning:avtalsenhet", pk)
    kontext = {
        "form": form,
        "rubrik": f"Följ upp {ett.namn}",
        "ingress": f"{stor_forsta(insats_i_ord(insats))}. Kravlista version {lista.version}: {lista.kalla}.",
        "avbryt": reverse("uppfoljning:avtalsenhet", args=[pk]),
        "smulor": under_rapporter(request, enhetens(ett, ("Följ upp", ""))),
    }
    return render(request, "uppfoljning/avtal/folj_upp.html", kontext)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def uppfoljning(request: HttpRequest, pk: int) -> HttpResponse:
    """A follow-up, as it was registered."""
    alla = Avtalsuppfoljning.objects.select_related("enhet", "lista", "ersatter", "registrerad_av")
    ett = get_object_or_404(alla, pk=pk)
    delar = [
        Sidodel("uppfoljningen", "Uppföljningen", fakta=avtalssidor.uppfoljningen(ett)),
        Sidodel("krav", "Krav", tabeller=[avtalssidor.bedomningar(ett)]),
    ]
    rubrik = f"Uppföljning {datum_i_ord(ett.datum)}"
    plats = enhetens(ett.enhet, (ett.nyckel, ""))
    return visa(request, rubrik, delar, smulor=plats, ingress=f"{ett.enhet.namn}, {insats_i_ord(ett.lista.insats)}.")


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def kravlistor(request: HttpRequest) -> HttpResponse:
    """What each insats is held to: every version."""
    knappar = [("Ny kravlista", reverse("uppfoljning:ny_kravlista"))] if far_skota(request) else []
    delar = [Sidodel("versioner", "Versioner", tabeller=[avtalssidor.kravlistor()])]
    ingress = "Kraven är desamma i egen och privat regi. En version ändras aldrig, den ersätts."
    return visa(request, "Kravlistor", delar, smulor=smulor(("Kravlistor", "")), ingress=ingress, knappar=knappar)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def kravlista(request: HttpRequest, pk: int) -> HttpResponse:
    """A version, krav by krav."""
    ett = get_object_or_404(Kravlista.objects.select_related("registrerad_av"), pk=pk)
    rubrik = f"{stor_forsta(insats_i_ord(ett.insats))}, version {ett.version}"
    ny = f"{reverse('uppfoljning:ny_kravlista')}?efter={pk}"
    delar = [
        Sidodel("listan", "Listan", fakta=avtalssidor.listan(ett)),
        Sidodel("krav", "Krav", tabeller=[avtalssidor.krav(ett)]),
    ]
    return visa(
        request,
        rubrik,
        delar,
        smulor=smulor(("Kravlistor", reverse(_LISTOR)), (f"Version {ett.version}", "")),
        ingress=ett.kalla,
        knappar=[("Gör en ny version", ny)] if far_skota(request) else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def ny_kravlista(request: HttpRequest) -> HttpResponse:
    """A new version; the address may say which one the form begins with."""
    efter = pk_ur(request.GET.get("efter", ""))
    fore = Kravlista.objects.filter(pk=efter).first() if efter is not None else None
    forst, krav = fran_lista(fore, date(klocka.idag().year + 1, 1, 1))
    form = Kravlisteform(request.POST or None, initial=forst)
    rader = Kravformset(request.POST or None, initial=krav, prefix="krav")

    def gor() -> None:
        data = form.cleaned_data
        ett = registrera_kravlista(**data, krav=kravrader(rader), av=inloggad(request), nu=klocka.nu())
        messages.success(request, f"Version {ett.version} gäller från {datum_i_ord(ett.fran)}.")

    if request.method == "POST" and all([form.is_valid(), rader.is_valid()]) and lyckas(form, gor):
        return redirect(_LISTOR)
    kontext = {
        "form": form,
        "rader": rader,
        "radnamn": "Krav",
        "rubrik": "Ny version av kravlista" if fore else "Ny kravlista",
        "ingress": "Samma krav i egen och privat regi. Behåll koden för krav som finns kvar, så går de att jämföra.",
        "avbryt": reverse(_LISTOR),
        "smulor": under_rapporter(request, smulor(("Kravlistor", reverse(_LISTOR)), ("Ny version", ""))),
    }
    return render(request, "uppfoljning/avtal/rader.html", kontext)
