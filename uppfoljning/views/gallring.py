"""Retention: who is due, the list that is proposed and decided, its protocol, and what stops an akt's removal."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from beslut.tillgang import anteckna_lista
from beslut.views.gemensamt import hamta_person
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, tal
from grund.tillgang import inloggad, kraver
from uppfoljning.gallring import atgarder, hos_utforare, rakenskapsar, tabeller
from uppfoljning.gallring import protokoll as papper
from uppfoljning.gallring.forms import Avslagsform, Stoppform
from uppfoljning.gallring.koder import Listlage, Listslag, Radutfall
from uppfoljning.gallring.regler import hela_kommunen_bevaras, klart_senast
from uppfoljning.models import Gallringslista, Gallringsstopp
from utforare.views.steg import forsok

PER_SIDA = 50


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_GALLRING, egen_transaktion=True)
def gallring(request: HttpRequest) -> HttpResponse:
    """Who is due and who is exempt, and the lists. A post proposes a list."""
    vem, idag = inloggad(request), klocka.idag()
    if request.method == "POST":
        return _foresla(request, vem, idag)
    laget, privata = atgarder.laget(idag=idag), hos_utforare.prova(idag=idag)
    mogna, undantagna = laget.mogna[:PER_SIDA], laget.undantagna[:PER_SIDA]
    hos_privat, visade_privata = [ett for ett in privata if ett.verk], privata[:PER_SIDA]
    visade = {ett.person for ett in (*mogna, *(ett for ett, _ in undantagna)) if not ett.skyddad}
    visade |= {ett.person for ett in visade_privata if not ett.skyddad}
    anteckna_lista(request, visade, sida="gallring")
    forst = min((klart_senast(ett.akt.sista) for ett in laget.mogna if ett.akt.sista), default=None)
    kontext = {
        "tal": [
            {"namn": "Ska gallras", "varde": tal(len(laget.mogna)), "not_": ""},
            {"namn": "Står kvar", "varde": tal(len(laget.undantagna)), "not_": ""},
            {"namn": "Ska gallras hos privata utförare", "varde": tal(len(hos_privat)), "not_": "två år"},
        ],
        "forst": forst,
        "sent": forst is not None and forst < idag,
        "hinder": atgarder.hinder_for_forslag(vem, len(laget.mogna)),
        "far_foresla": har_ratt(vem.roller, Ratt.FORESLA_GALLRING),
        "mogna": tabeller.mogna(mogna),
        "fler_mogna": len(laget.mogna) - len(mogna),
        "ryms": atgarder.FLEST if len(laget.mogna) > atgarder.FLEST else 0,
        "slag": atgarder.antal_per_slag(laget.undantagna, idag),
        "undantagna": tabeller.undantagna(undantagna),
        "fler_undantagna": len(laget.undantagna) - len(undantagna),
        "privata": tabeller.privata(visade_privata),
        "fler_privata": len(privata) - len(visade_privata),
        "hinder_privat": atgarder.hinder_for_forslag(vem, len(hos_privat), Listslag.UTFORARE),
        "listor": tabeller.Listor(Gallringslista.objects.order_by("-pk")[:PER_SIDA]),
        "bevaras": hela_kommunen_bevaras(atgarder.kommunkod()),
        "ar": rakenskapsar.tabell(rakenskapsar.aren(idag)),
    }
    return render(request, "uppfoljning/gallring/gallring.html", kontext)


def _foresla(request: HttpRequest, vem: Anvandare, idag: date) -> HttpResponse:
    slag = Listslag.UTFORARE if request.POST.get("slag") == Listslag.UTFORARE else Listslag.AKT
    try:
        ny = atgarder.foresla(av=vem, idag=idag, nu=klocka.nu(), slag=slag)
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
        return redirect("uppfoljning:gallring")
    messages.success(request, f"{ny.nyckel} är föreslagen. Nu ska en gruppchef besluta.")
    return redirect("uppfoljning:gallringslista", ny.pk)


@require_safe
@kraver(Ratt.SE_GALLRING)
def tabell(request: HttpRequest) -> HttpResponse:
    """The retention table, as it is followed."""
    return render(request, "uppfoljning/gallring/tabell.html", {"tabell": tabeller.hela()})


@require_safe
@kraver(Ratt.SE_GALLRING)
def lista(request: HttpRequest, pk: int) -> HttpResponse:
    """A list: its persons, what may be done with it, and how far it has come."""
    return _lista(request, _hamta(pk), Avslagsform())


@require_POST
@kraver(Ratt.SE_GALLRING, egen_transaktion=True)
def besluta(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that it is removed."""
    en = _hamta(pk)
    try:
        atgarder.besluta(lista=en, avtryck=request.POST.get("avtryck", ""), av=inloggad(request), nu=klocka.nu())
        messages.success(request, f"{en.nyckel} ska gallras. En systemförvaltare genomför listan.")
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    return redirect("uppfoljning:gallringslista", pk)


@require_POST
@kraver(Ratt.SE_GALLRING, egen_transaktion=True)
def avsla(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that it is not."""
    en, form = _hamta(pk), Avslagsform(request.POST)

    def gor() -> str:
        atgarder.avsla(lista=en, skal=form.cleaned_data["skal"], av=inloggad(request), nu=klocka.nu())
        return f"{en.nyckel} ska inte gallras."

    if forsok(request, form, gor):
        return redirect("uppfoljning:gallringslista", pk)
    return _lista(request, en, form)


@require_safe
@kraver(Ratt.SE_GALLRING)
def protokoll(_: HttpRequest, pk: int) -> HttpResponse:
    """The protocol of a list that is carried out, as PDF/UA."""
    en = _hamta(pk)
    if en.lage != Listlage.GENOMFORD:
        msg = "Listan är inte genomförd. Protokollet finns när den är det."
        raise Http404(msg)
    return som_fil(papper.gor(en), papper.filnamn(en))


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.HANDLAGGA, egen_transaktion=True)
def stopp(request: HttpRequest, pk: int) -> HttpResponse:
    """What keeps a person's akt from removal. A post sets a stop."""
    person = hamta_person(request, pk, sida="gallringsstopp")
    form = Stoppform(request.POST or None)

    def gor() -> str:
        atgarder.satt_stopp(person=person, av=inloggad(request), nu=klocka.nu(), **form.stopp())
        return "Akten gallras inte så länge stoppet gäller."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:gallringsstopp", pk)
    alla = Gallringsstopp.objects.filter(person=person).select_related("satt_av", "havt_av").order_by("-pk")
    kontext = {
        "person": person,
        "form": form,
        "stopp": alla,
        "hinder": atgarder.hinder_for_person(person, klocka.idag()),
    }
    return render(request, "uppfoljning/gallring/stopp.html", kontext)


@require_POST
@kraver(Ratt.HANDLAGGA, egen_transaktion=True)
def hav_stopp(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stop away."""
    ett = get_object_or_404(Gallringsstopp.objects.select_related("person"), pk=pk)
    hamta_person(request, ett.person_id, sida="gallringsstopp")
    try:
        atgarder.hav_stopp(stopp=ett, av=inloggad(request), nu=klocka.nu())
        messages.success(request, "Stoppet är hävt.")
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    return redirect("uppfoljning:gallringsstopp", ett.person_id)


def _hamta(pk: int) -> Gallringslista:
    return get_object_or_404(Gallringslista.objects.select_related("foreslagen_av", "avgjord_av"), pk=pk)


def _lista(request: HttpRequest, en: Gallringslista, form: Avslagsform) -> HttpResponse:
    alla = list(en.rader.select_related("person").order_by("nummer"))
    personer = tabeller.listrader(alla)
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(personer)
    synliga = [rad.person.pk for rad in alla if rad.person and not rad.person.skyddad]
    anteckna_lista(request, synliga, sida=f"gallringslista {en.nyckel}")
    klara = sum(rad.utfall != Radutfall.VANTAR for rad in alla)
    per_tabell: dict[str, int] = {}
    for rad in alla:
        for namn, antal in (rad.rader["borta"] if rad.utfall == Radutfall.GALLRAD else rad.rader).items():
            per_tabell[namn] = per_tabell.get(namn, 0) + antal
    kontext: dict[str, Any] = {
        "lista": en,
        "form": form,
        "hinder": atgarder.hinder_for_avgorande(en, inloggad(request)),
        "personer": personer,
        "antal": tabeller.antal(per_tabell),
        "fakta": papper.fakta(en) if en.lage == Listlage.GENOMFORD else [],
        "klara": f"{tal(klara)} av {antal_ord(len(alla), 'person', 'personer')}",
        "akten": en.slag == Listslag.AKT,
        "pagar": en.lage == Listlage.BESLUTAD,
        "vantar": en.lage == Listlage.FORESLAGEN,
    }
    return render(request, "uppfoljning/gallring/lista.html", kontext)
