"""Documents to the nämnd: the list, one with what is left to do, its text, versions, attachments and PDF."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver, sedd_version
from uppfoljning.dokument import actions, pdf, signering
from uppfoljning.dokument.forms import Bilageform, Dokumentform, Nyttform, Svarsform, fran_borjan
from uppfoljning.dokument.jamforelse import jamfor, rader
from uppfoljning.dokument.koder import Dokumentstatus, Utgavestatus
from uppfoljning.dokument.queries import (
    Last,
    alla_dokument,
    hel,
    hor_till_utgava,
    klara,
    las_version,
    senaste_av,
    senaste_mallar,
    synliga_dokument,
)
from uppfoljning.dokument.tables import Dokumenttabell
from uppfoljning.models import Dokument, Dokumentbilaga, Dokumentversion
from uppfoljning.rapporter.register import RAPPORTER
from uppfoljning.views.dokumentsteg import (
    far_kontrasignera,
    far_skriva,
    forsok,
    hamta,
    pdf_svar,
    ser_utkastet,
    ta_steg,
    visar_skada,
)

PER_SIDA = 50


@require_safe
@kraver(Ratt.SE_RAPPORTER)
def dokument(request: HttpRequest) -> HttpResponse:
    """All documents; for those who do not write them, the signed ones and those that wait for them."""
    skriver = far_skriva(request)
    alla = alla_dokument() if skriver else synliga_dokument(vantande=far_kontrasignera(request))
    tabell = Dokumenttabell(alla)
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    far_mallar = har_ratt(inloggad(request).roller, Ratt.SKOTA_DOKUMENTMALLAR)
    kontext = {"tabell": tabell, "far_skriva": skriver, "far_mallar": far_mallar}
    return render(request, "uppfoljning/dokument/lista.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def nytt_dokument(request: HttpRequest) -> HttpResponse:
    """Choose a mall and fill in the header."""
    vem, mallar, idag = inloggad(request), senaste_mallar(), klocka.idag()
    form = Nyttform(request.POST or None, mallar=mallar, idag=idag, initial=fran_borjan(vem, idag))
    gjort: list[Dokument] = []

    def gor() -> str:
        nytt = actions.skapa_dokument(mallversion=form.mallversion, innehall=form.innehall(), av=vem, nu=klocka.nu())
        gjort.append(nytt)
        return "Dokumentet är skapat. Skriv texten och spara."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:redigera_dokument", gjort[0].pk)
    return render(request, "uppfoljning/dokument/nytt.html", {"form": form, "mallar": mallar})


@require_safe
@kraver(Ratt.SE_RAPPORTER)
@visar_skada
def ett_dokument(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it will be, what is left before it can be signed, and its signed editions."""
    ett = hamta(request, pk)
    utgavor = list(klara(ett))
    oppet = ser_utkastet(request, ett)
    last = las_version(ett) if oppet else las_version(ett, utgavor[0].version.version)
    kontext: dict[str, Any] = {
        "dokument": ett,
        "last": last,
        "satt": last.satt(),
        "utgavor": utgavor,
        "oppet": oppet,
        "far_skriva": far_skriva(request),
        "siffror": [(nr, last.siffror[nr.siffror], last.rapporter[nr.siffror]) for nr in last.innehall.infogade],
        "bilagor": [last.bilagor[bilaga] for bilaga in last.innehall.bilagor],
    }
    if oppet:
        kontext |= _stegen(request, ett, last)
    return render(request, "uppfoljning/dokument/dokument.html", kontext)


def _stegen(request: HttpRequest, ett: Dokument, last: Last) -> dict[str, Any]:
    """What can be done with it now, and what cannot yet."""
    vantar = signering.vantande(ett)
    senaste = senaste_av(last.rad.mallversion.mall)
    return {
        "utkast": ett.status == Dokumentstatus.UTKAST,
        "hinder": signering.signeringens_hinder(last, klocka.idag()) if ett.status == Dokumentstatus.UTKAST else [],
        "vantar": vantar,
        "far_kontrasignera": far_kontrasignera(request),
        "kontrahinder": signering.hinder_for_kontrasignering(vantar, inloggad(request)),
        "svarsform": Svarsform(),
        "nyare_mall": senaste if senaste.pk != last.rad.mallversion_id else None,
        "rapporter": RAPPORTER.values(),
        "aterlamnad": ett.utgavor.filter(status=Utgavestatus.ATERLAMNAD).order_by("-nummer").first(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def redigera_dokument(request: HttpRequest, pk: int) -> HttpResponse:
    """All its text. What somebody else has saved meanwhile is never written over unseen, and nothing typed is lost."""
    ett = get_object_or_404(Dokument, pk=pk)
    if hinder := actions.hinder_for_andring(ett):
        messages.error(request, hinder[0])
        return redirect("uppfoljning:ett_dokument", pk)
    last = las_version(ett)
    form = Dokumentform(request.POST or None, mall=last.mall, fore=last.innehall, idag=klocka.idag())
    sedd = sedd_version(request) if request.method == "POST" else ett.version
    krock = sedd != ett.version and request.POST.get("skriv_over") != str(ett.version)

    def gor() -> str:
        ny = actions.spara(
            dokument=ett, sedd=ett.version, innehall=form.innehall(), av=inloggad(request), nu=klocka.nu()
        )
        return f"Sparat som version {ny.version}."

    if request.method == "POST" and not krock and forsok(request, form, gor, ett):
        vidare = "redigera_dokument" if "fortsatt" in request.POST else "ett_dokument"
        return redirect(f"uppfoljning:{vidare}", pk)
    kontext = {"dokument": ett, "last": last, "form": form, "sedd": sedd, "krock": krock}
    if krock:
        kontext["skillnader"] = jamfor(_rader(last), _rader(last, form)) if form.is_valid() else []
    return render(request, "uppfoljning/dokument/redigera.html", kontext)


def _rader(last: Last, form: Dokumentform | None = None) -> list[str]:
    """A version line by line, or what has been typed instead of it."""
    bilagor = {pk: ett.titel for pk, ett in last.bilagor.items()}
    siffror = {pk: f"{last.rapporter[pk].rubrik} ({ett.last:%Y-%m-%d})" for pk, ett in last.siffror.items()}
    return rader(form.innehall() if form else last.innehall, last.mall, bilagor, siffror)


@require_safe
@kraver(Ratt.SE_RAPPORTER)
@visar_skada
def dokumentets_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as PDF: the latest version, or the one that is asked for."""
    ett = hamta(request, pk)
    if not ser_utkastet(request, ett):
        msg = "Utkastet visas bara för den som skriver det."
        raise Http404(msg)
    last = _version(ett, request.GET.get("version", ""))
    return pdf_svar(pdf.gor(last.satt(), last.logotyp), f"utkast-{ett.pk}-version-{last.rad.version}.pdf")


@require_safe
@kraver(Ratt.SE_RAPPORTER)
@visar_skada
def utgavans_pdf(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    """A signed edition, byte for byte as it was set."""
    utgava = get_object_or_404(hamta(request, pk).utgavor, nummer=nummer, status=Utgavestatus.KLAR)
    fil = hel(bytes(utgava.pdf), utgava.sha256, f"Utgåva {nummer}")
    return pdf_svar(fil, f"dokument-{pk}-utgava-{nummer}.pdf")


@require_safe
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def dokumentets_versioner(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, and what differs between two of them."""
    ett = get_object_or_404(Dokument, pk=pk)
    versioner = list(ett.versioner.select_related("av").defer("innehall").order_by("-version"))
    till = _version(ett, request.GET.get("till", ""))
    forval = str(max(1, till.rad.version - 1))
    fran = _version(ett, request.GET.get("fran", "") or forval)
    kontext = {
        "dokument": ett,
        "versioner": versioner,
        "fran": fran.rad,
        "till": till.rad,
        "valen": [("fran", "Från", fran.rad.version), ("till", "Till", till.rad.version)],
        "skillnader": jamfor(_rader(fran), _rader(till)),
    }
    return render(request, "uppfoljning/dokument/versioner.html", kontext)


def _version(ett: Dokument, text: str) -> Last:
    """The version that an address names; the latest when it names none."""
    nummer = int(text) if text.isdecimal() and len(text) < 7 else None
    try:
        return las_version(ett, nummer)
    except Dokumentversion.DoesNotExist:
        msg = "Det finns ingen sådan version."
        raise Http404(msg) from None


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def ny_bilaga(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an attachment."""
    ett = get_object_or_404(Dokument, pk=pk)
    form = Bilageform(request.POST or None, request.FILES or None)

    def gor() -> str:
        falt = form.cleaned_data
        actions.lagg_till_bilaga(
            dokument=ett, titel=falt["titel"], fil=falt["fil"], av=inloggad(request), nu=klocka.nu()
        )
        return "Bilagan är tillagd."

    if request.method == "POST" and forsok(request, form, gor, ett):
        return redirect("uppfoljning:ett_dokument", pk)
    hinder = actions.hinder_for_andring(ett)
    return render(request, "uppfoljning/dokument/bilaga.html", {"dokument": ett, "form": form, "hinder": hinder})


@require_safe
@kraver(Ratt.SE_RAPPORTER)
@visar_skada
def bilagan(request: HttpRequest, pk: int, bilaga: int) -> HttpResponse:
    """An attachment, for those who may see the document that it belongs to."""
    fil = get_object_or_404(Dokumentbilaga.objects.select_related("dokument"), pk=bilaga, dokument=hamta(request, pk))
    if not ser_utkastet(request, fil.dokument) and not hor_till_utgava(fil):
        msg = "Bilagan hör inte till någon signerad utgåva."
        raise Http404(msg)
    innehall = hel(bytes(fil.pdf), fil.sha256, "Bilagan")
    return pdf_svar(innehall, f"bilaga-{fil.pk}.pdf", egen=False)


@require_http_methods(["POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def ta_bort_bilaga(request: HttpRequest, pk: int, bilaga: int) -> HttpResponseBase:
    """Take an attachment out."""
    ett = get_object_or_404(Dokument, pk=pk)

    def gor() -> str:
        actions.ta_bort_bilaga(
            dokument=ett, sedd=sedd_version(request), bilaga=bilaga, av=inloggad(request), nu=klocka.nu()
        )
        return "Bilagan är borttagen ur dokumentet."

    ta_steg(request, gor, ett)
    return redirect("uppfoljning:ett_dokument", pk)


@require_http_methods(["POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def byt_mall(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Go over to the mall's latest version."""
    ett = get_object_or_404(Dokument, pk=pk)
    senaste = senaste_av(las_version(ett).rad.mallversion.mall)

    def gor() -> str:
        actions.byt_mall(
            dokument=ett, sedd=sedd_version(request), mallversion=senaste, av=inloggad(request), nu=klocka.nu()
        )
        return f"Dokumentet följer nu mallens version {senaste.version}."

    ta_steg(request, gor, ett)
    return redirect("uppfoljning:ett_dokument", pk)


@require_http_methods(["POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def signera(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign what was shown, and nothing newer."""
    ett = get_object_or_404(Dokument, pk=pk)

    def gor() -> str:
        utgava = signering.signera(
            dokument=ett, sedd=sedd_version(request), av=inloggad(request), idag=klocka.idag(), nu=klocka.nu()
        )
        vantar = "Dokumentet är signerat och väntar på kontrasignering."
        return vantar if utgava.kontrasigneras else f"Dokumentet är signerat. SHA-256: {utgava.sha256}"

    ta_steg(request, gor, ett)
    return redirect("uppfoljning:ett_dokument", pk)


@require_http_methods(["POST"])
@kraver(Ratt.KONTRASIGNERA_DOKUMENT)
@visar_skada
def kontrasignera(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign as the second."""
    ett = get_object_or_404(Dokument, pk=pk)

    def gor() -> str:
        utgava = signering.kontrasignera(
            dokument=ett, sedd=sedd_version(request, "utgava"), av=inloggad(request), nu=klocka.nu()
        )
        return f"Dokumentet är kontrasignerat. SHA-256: {utgava.sha256}"

    ta_steg(request, gor, ett)
    return redirect("uppfoljning:ett_dokument", pk)


@require_http_methods(["POST"])
@kraver(Ratt.KONTRASIGNERA_DOKUMENT)
@visar_skada
def aterlamna(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give it back with what must be changed."""
    ett = get_object_or_404(Dokument, pk=pk)
    form = Svarsform(request.POST)

    def gor() -> str:
        signering.aterlamna(
            dokument=ett,
            sedd=sedd_version(request, "utgava"),
            svar=form.cleaned_data["svar"],
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return "Dokumentet är tillbaka hos den som skriver det."

    if not forsok(request, form, gor, ett):
        for fel in form.errors.values():
            messages.error(request, " ".join(map(str, fel)))
        return redirect("uppfoljning:ett_dokument", pk)
    return redirect("uppfoljning:dokument")


@require_http_methods(["POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def revidera(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a signed document for a new edition."""
    ett = get_object_or_404(Dokument, pk=pk)
    try:
        signering.revidera(dokument=ett, av=inloggad(request), nu=klocka.nu())
    except Hindrad as hindrad:
        messages.error(request, " ".join(hindrad.orsaker))
        return redirect("uppfoljning:ett_dokument", pk)
    messages.success(request, "Dokumentet går att ändra. Den signerade utgåvan står kvar som den är.")
    return redirect("uppfoljning:redigera_dokument", pk)
