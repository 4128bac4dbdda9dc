"""National deliveries: the list, one with its protocol and differences, the file itself, and the layouts.

The pages know persons and beslut by key only. The file holds personnummer: to take it out is logged for each person in
it, and one that holds protected persons is only for those who are named to see such.
"""

import json
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from beslut.models import Beslut
from beslut.tillgang import anteckna
from grund import klocka
from grund.arbetsbok import Arbetsbok
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver
from uppfoljning.leveranser import atgarder, queries, visning
from uppfoljning.leveranser.forms import Bekraftaform, Lamnadform, Layoutform, Leveransform
from uppfoljning.leveranser.jamforelse import Skillnad
from uppfoljning.leveranser.layout import las
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag, period_i_ord, senast
from uppfoljning.leveranser.tabeller import Layouttabell, Leveranstabell
from uppfoljning.models import Leverans, Leveranslayout
from uppfoljning.rapport.innehall import Tabell
from uppfoljning.rapport.tabell import Rapporttabell
from utforare.views.steg import forsok

PER_SIDA = 50
_SKYDDADE = (
    "Filen innehåller personer med skyddade personuppgifter. Den får bara tas ut av den som är namngiven för att se"
    " dem. Systemförvaltaren lägger upp vem det är."
)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.LAMNA_STATISTIK)
def leveranser(request: HttpRequest) -> HttpResponse:
    """Those that have been made, and a form that makes one."""
    form = Leveransform(request.POST or None, idag=klocka.idag())
    if request.method == "POST" and form.is_valid():
        slag, dag = form.valt
        try:
            ett = atgarder.gor_leverans(slag=slag, dag=dag, av=inloggad(request), idag=klocka.idag(), nu=klocka.nu())
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                form.add_error(None, orsak)
        else:
            messages.success(request, "Utkastet är gjort och kontrollerat.")
            return redirect("uppfoljning:leverans", ett.pk)
    tabell = Leveranstabell(Leverans.objects.exclude(status=Leveranslage.KASTAD).order_by("-dag", "slag", "-omgang"))
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    finns = Leveranslayout.objects.exists()
    return render(request, "uppfoljning/leveranser/lista.html", {"tabell": tabell, "form": form, "finns": finns})


def _hamta(pk: int) -> Leverans:
    return get_object_or_404(Leverans.objects.select_related("layout", "skapad_av", "avslutad_av"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.LAMNA_STATISTIK)
def leverans(request: HttpRequest, pk: int) -> HttpResponse:
    """One: what it holds, what differs, and the form that says that it has been handed in."""
    ett = _hamta(pk)
    prot = queries.las_protokoll(ett)
    form = Lamnadform(request.POST or None, varningar=len(prot.varnar), initial={"lamnad": klocka.idag()})

    def gor() -> str:
        falt = {"varningar_lasta": False, **form.cleaned_data}
        atgarder.lamna(leverans=ett, **falt, av=inloggad(request), idag=klocka.idag(), nu=klocka.nu())
        return "Leveransen är noterad som lämnad. Den står nu som den är."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:leverans", pk)
    return render(request, "uppfoljning/leveranser/leverans.html", _sammanhang(request, ett, form))


def _sammanhang(request: HttpRequest, ett: Leverans, form: Lamnadform) -> dict[str, Any]:
    prot, (forra, skillnad) = queries.las_protokoll(ett), _jamford(ett)
    _anteckna(request, ett, skillnad)
    adresser = _adresser(ett, skillnad)
    tabeller = [visning.anmarkningstabell(prot, {}), visning.kolumntabell(prot), visning.utelamnadetabell(prot)]
    return {
        "leverans": ett,
        "period": period_i_ord(ett.slag, ett.dag),
        "senast": senast(Leveransslag(ett.slag), ett.dag),
        "prot": prot,
        "form": form,
        "hinder": atgarder.hinder_for_lamnande(ett),
        "forra": forra,
        "skillnad": skillnad,
        "tabeller": _satt(request, tabeller),
        "skillnader": _satt(request, [visning.skillnadssumma(skillnad), visning.skillnadstabell(skillnad, adresser)])
        if skillnad
        else [],
        "far_ta_ut": _far_ta_ut(request, ett),
        "ar_utkast": ett.status == Leveranslage.UTKAST,
        "ar_kastad": ett.status == Leveranslage.KASTAD,
    }


def _jamford(ett: Leverans) -> tuple[Leverans | None, Skillnad | None]:
    forra = queries.jamford_med(ett)
    return forra, queries.skillnad_mot(forra, queries.rader(ett)) if forra else None


def _satt(request: HttpRequest, tabeller: list[Tabell]) -> list[Rapporttabell]:
    satta = [Rapporttabell(tabell) for tabell in tabeller]
    for tabell in satta:
        RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    return satta


def _anteckna(request: HttpRequest, ett: Leverans, skillnad: Skillnad | None) -> None:
    """The page tells of those whose rows differ or are remarked on."""
    personer = {rad.person for rad in skillnad.rader} if skillnad else set()
    personer |= {an.person for an in queries.las_protokoll(ett).anmarkningar if an.person}
    anteckna(request, *sorted(personer), sida="leverans av statistik")


def _adresser(ett: Leverans, skillnad: Skillnad | None) -> dict[str, str]:
    """The page of each beslut that differs; a person has none that is known by key."""
    if ett.slag == Leveransslag.LSS or skillnad is None:
        return {}
    nycklar = [rad.nyckel for rad in skillnad.rader]
    return {
        nyckel: reverse("beslut:beslut", args=[pk])
        for nyckel, pk in Beslut.objects.filter(nyckel__in=nycklar).values_list("nyckel", "pk")
    }


@require_POST
@kraver(Ratt.LAMNA_STATISTIK)
def kasta(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        atgarder.kasta(leverans=_hamta(pk), av=inloggad(request), nu=klocka.nu())
        messages.success(request, "Utkastet är kastat.")
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    return redirect("uppfoljning:leveranser")


def _far_ta_ut(request: HttpRequest, ett: Leverans) -> bool:
    """Asked of persons as they are now too: somebody may have been protected since the file was made."""
    return inloggad(request).ser_skyddade or not (
        queries.las_protokoll(ett).skyddade or ett.rader.filter(person__skyddad=True).exists()
    )


@require_safe
@kraver(Ratt.LAMNA_STATISTIK)
def fil(request: HttpRequest, pk: int) -> HttpResponse:
    """The file. Everybody in it is in the log."""
    ett = _hamta(pk)
    if ett.status == Leveranslage.KASTAD:
        msg = "Utkastet är kastat."
        raise Http404(msg)
    if not _far_ta_ut(request, ett):
        raise PermissionDenied(_SKYDDADE)
    innehall = queries.innehall(ett)
    personer = ett.rader.order_by("person").values_list("person_id", flat=True).distinct()
    anteckna(request, *personer, sida="fil med statistik till Socialstyrelsen")
    svar = HttpResponse(innehall, content_type="text/csv")
    svar["Content-Disposition"] = f'attachment; filename="{ett.slag}-{ett.dag}-{ett.omgang}.csv"'
    svar["Cache-Control"] = "no-store"
    return svar


@require_safe
@kraver(Ratt.LAMNA_STATISTIK)
def protokoll(request: HttpRequest, pk: int) -> HttpResponse:
    """The control protocol as a workbook. Its persons are in the log."""
    ett = _hamta(pk)
    prot, (forra, skillnad) = queries.las_protokoll(ett), _jamford(ett)
    _anteckna(request, ett, skillnad)
    tabeller = [visning.anmarkningstabell(prot, {}), visning.kolumntabell(prot), visning.utelamnadetabell(prot)]
    if skillnad:
        tabeller += [visning.skillnadssumma(skillnad), visning.skillnadstabell(skillnad, {})]
    ingress = [(str(ett), ""), ("Rader", str(ett.antal)), ("SHA-256", ett.sha256), ("Jämförd med", str(forra or "–"))]
    bok_fil = BytesIO()
    with Arbetsbok(bok_fil, titel="Kontrollprotokoll", forfattare="Insatskollen", skapad=ett.skapad) as bok:
        for tabell in tabeller:
            bok.blad(tabell.rubrik, tabell.kolumner, [rad.celler for rad in tabell.rader], ingress=ingress)
    return som_fil(bok_fil.getvalue(), f"kontroll-{ett.slag}-{ett.dag}-{ett.omgang}.xlsx")


# ---- Layouts -----------------------------------------------------------------------------------------------------


@require_safe
@kraver(Ratt.LAMNA_STATISTIK)
def layouter(request: HttpRequest) -> HttpResponse:
    """Every version of every file."""
    tabell = Layouttabell(Leveranslayout.objects.order_by("slag", "-version"))
    finns = Leveranslayout.objects.values("slag").distinct().count() == len(Leveransslag)
    return render(request, "uppfoljning/leveranser/layouter.html", {"tabell": tabell, "finns_alla": finns})


@require_POST
@kraver(Ratt.LAMNA_STATISTIK)
def grundlayouter(request: HttpRequest) -> HttpResponse:
    """Lay in our reading of the regulations, for the files that have no layout."""
    nya = atgarder.lagg_in_grundlayouter(av=inloggad(request), nu=klocka.nu())
    if nya:
        messages.success(request, "Layouterna är inlagda. Jämför dem med mottagarens beskrivning och bekräfta dem.")
    return redirect("uppfoljning:leveranslayouter")


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.LAMNA_STATISTIK)
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, and the form that confirms it."""
    ett = get_object_or_404(Leveranslayout.objects.select_related("skapad_av", "bekraftad_av"), pk=pk)
    form = Bekraftaform(request.POST or None)

    def gor() -> str:
        atgarder.bekrafta_layout(layout=ett, **form.cleaned_data, av=inloggad(request), nu=klocka.nu())
        return "Layouten är bekräftad."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:leveranslayout", pk)
    tabell = Rapporttabell(visning.layouttabell(las(Leveransslag(ett.slag), ett.definition)))
    return render(request, "uppfoljning/leveranser/layout.html", {"layout": ett, "tabell": tabell, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.LAMNA_STATISTIK)
def ny_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, written from an earlier."""
    gammal = get_object_or_404(Leveranslayout, pk=pk)
    text = json.dumps(gammal.definition, ensure_ascii=False, indent=2)
    form = Layoutform(request.POST or None, initial={"slag": gammal.slag, "definition": text})
    ny: list[Leveranslayout] = []

    def gor() -> str:
        slag = Leveransslag(form.cleaned_data["slag"])
        falt = form.cleaned_data | {"slag": slag, "till": None}
        ny.append(atgarder.lagg_in_layout(**falt, av=inloggad(request), nu=klocka.nu()))
        return "Versionen är inlagd. Bekräfta den när den är jämförd med mottagarens beskrivning."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:leveranslayout", ny[0].pk)
    return render(request, "uppfoljning/leveranser/ny_layout.html", {"layout": gammal, "form": form})
