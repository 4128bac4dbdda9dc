"""Brister at enheter, and notices under LSS 17 §: the register, and what is added to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beslut.tillgang import anteckna
from beslut.views.gemensamt import formularsida, lyckas
from grund import klocka
from grund.behorighet import Ratt
from grund.skickat import pk_ur
from grund.tillgang import inloggad, kraver
from uppfoljning import avtalssidor
from uppfoljning.avtalsatgarder import (
    Bristforslag,
    hinder_for_tillagg,
    kravlista_pa_dag,
    lagg_till_brist,
    registrera_brist,
)
from uppfoljning.enhetsfakta import gallande_fakta
from uppfoljning.models import Brist
from uppfoljning.rapporter.avtalsuppfoljning.formular import Bristform, Tillaggsform, Underrattelseform
from uppfoljning.rapporter.avtalsuppfoljning.regler import Bristslag, Riktning
from uppfoljning.underrattelser import Forslag, placeringar, registrera_underrattelse, utan_underrattelse
from uppfoljning.views.avtalsuppfoljning import enhetens, far_skota, smulor
from uppfoljning.views.sida import Sidodel, under_rapporter, visa
from utforare.models import Enhet, Verkstallighet

_REGISTER = "uppfoljning:underrattelser"


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def brist(request: HttpRequest, pk: int) -> HttpResponse:
    """A brist as it was found, and all that has been added."""
    ett = get_object_or_404(Brist.objects.select_related("enhet", "krav", "uppfoljning", "registrerad_av"), pk=pk)
    hinder = hinder_for_tillagg(ett)
    till = [("Lägg till eller stäng", reverse("uppfoljning:brist_tillagg", args=[pk]))]
    delar = [
        Sidodel("bristen", "Bristen", fakta=avtalssidor.bristen(ett)),
        Sidodel(
            "tillagg",
            "Vad som har hänt",
            stycken=hinder,
            tabeller=[avtalssidor.tillagg(ett)],
            knappar=till if far_skota(request) and not hinder else [],
        ),
    ]
    return visa(
        request, f"Brist {ett.nyckel}", delar, smulor=enhetens(ett.enhet, (ett.nyckel, "")), ingress=ett.enhet.namn
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def tillagg(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note or a later deadline, or close it."""
    ett, idag = get_object_or_404(Brist.objects.select_related("enhet"), pk=pk), klocka.idag()
    form = Tillaggsform(request.POST or None, initial={"datum": idag})

    def gor() -> None:
        data = form.cleaned_data
        lagg_till_brist(
            brist=ett,
            slag=Bristslag(data["slag"]),
            datum=data["datum"],
            text=data["text"],
            frist=data["frist"],
            av=inloggad(request),
            idag=idag,
            nu=klocka.nu(),
        )
        messages.success(request, "Det är tillagt.")

    if request.method == "POST" and form.is_valid() and lyckas(form, gor):
        return redirect("uppfoljning:brist", pk)
    hinder = hinder_for_tillagg(ett)
    if hinder and request.method != "POST":
        messages.error(request, " ".join(hinder))
        return redirect("uppfoljning:brist", pk)
    return formularsida(
        request,
        form,
        rubrik=f"Lägg till i {ett.nyckel}",
        knapp="Lägg till",
        avbryt=reverse("uppfoljning:brist", args=[pk]),
        smulor=under_rapporter(
            request, enhetens(ett.enhet, (ett.nyckel, reverse("uppfoljning:brist", args=[pk])), ("Lägg till", ""))
        ),
        ingress=ett.vad,
        hjalp=[("Inget ändras", ["Det som står i bristen står kvar. Den som stängs kan inte öppnas igen."])],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def ny_brist(request: HttpRequest, pk: int) -> HttpResponse:
    """Register something to put right at the enhet."""
    enhet, idag = get_object_or_404(Enhet, pk=pk), klocka.idag()
    listor = [kravlista_pa_dag(kod, idag) for kod in avtalssidor.insatser_med_krav(enhet, idag)]
    form = Bristform(request.POST or None, initial={"funnen": idag}, enhet=enhet, listor=[ett for ett in listor if ett])

    def gor() -> None:
        ett = registrera_brist(
            forslag=Bristforslag(enhet=enhet, **form.cleaned_data), av=inloggad(request), idag=idag, nu=klocka.nu()
        )
        messages.success(request, f"Bristen {ett.nyckel} är registrerad.")

    if request.method == "POST" and form.is_valid() and lyckas(form, gor):
        return redirect("uppfoljning:avtalsenhet", pk)
    return formularsida(
        request,
        form,
        rubrik=f"Registrera brist, {enhet.namn}",
        knapp="Registrera bristen",
        avbryt=reverse("uppfoljning:avtalsenhet", args=[pk]),
        smulor=under_rapporter(request, enhetens(enhet, ("Registrera brist", ""))),
    )


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def underrattelser(request: HttpRequest) -> HttpResponse:
    """What should be told of, and what has been. Its persons, known by keys, are in the log."""
    saknas = utan_underrattelse(placeringar(klocka.idag()))
    register, personer = avtalssidor.underrattelser()
    anteckna(request, *{*personer, *(ett.person for ett in saknas)}, sida="underrättelser enligt LSS 17 §")
    far = far_skota(request)
    delar = [
        Sidodel("saknas", "Placeringar utan underrättelse", tabeller=[avtalssidor.att_underratta(saknas, lank=far)]),
        Sidodel("register", "Register", tabeller=[register]),
    ]
    ingress = (
        "När kommunen avtalar med en enskild om bostad enligt LSS 9 § 8 eller 9 i en annan kommun ska den kommunen"
        " underrättas (LSS 17 §)."
    )
    knappar = [("Registrera underrättelse", reverse("uppfoljning:ny_underrattelse"))] if far else []
    plats = smulor(("Underrättelser", ""))
    return visa(request, "Underrättelser enligt LSS 17 §", delar, smulor=plats, ingress=ingress, knappar=knappar)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def ny_underrattelse(request: HttpRequest) -> HttpResponse:
    """Register a notice; the address may say which placering it is of."""
    idag = klocka.idag()
    form = Underrattelseform(request.POST or None, initial={"underrattad": idag} | _forifyllt(request))

    def gor() -> None:
        data = dict(form.cleaned_data)
        verk: Verkstallighet | None = data.pop("verkstallighet")
        forslag = Forslag(person=verk.beslut.person if verk else None, **data)
        registrera_underrattelse(forslag=forslag, av=inloggad(request), idag=idag, nu=klocka.nu())
        messages.success(request, "Underrättelsen är registrerad.")

    if request.method == "POST" and form.is_valid() and lyckas(form, gor):
        return redirect(_REGISTER)
    return formularsida(
        request,
        form,
        rubrik="Registrera underrättelse",
        knapp="Registrera",
        avbryt=reverse(_REGISTER),
        smulor=under_rapporter(request, smulor(("Underrättelser", reverse(_REGISTER)), ("Registrera", ""))),
        hjalp=[
            (
                "Vad som registreras",
                [
                    "Att en kommun har fått veta att en enskild ger en bostad där enligt LSS 9 § 8 eller 9.",
                    "Det vi har tagit emot gäller en annan kommuns personer. Skriv inga uppgifter om dem.",
                ],
            )
        ],
    )


def _forifyllt(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with, of a verkställighet in another municipality."""
    pk = pk_ur(request.GET.get("verk", ""))
    verk = Verkstallighet.objects.select_related("beslut").filter(pk=pk).first() if pk is not None else None
    if verk is None:
        return {}
    fakta = gallande_fakta(klocka.idag()).get(verk.enhet_id)
    return {
        "riktning": Riktning.LAMNAD,
        "insats": verk.beslut.insats,
        "enhet": verk.enhet_id,
        "verkstallighet": verk.nyckel,
        "kommun": fakta.kommun if fakta else "",
        "avtalsdatum": verk.fran,
    }
