"""A report as a page, a workbook and a tjänsteutlåtande. What it counts is its own; how it is shown is the same."""

from io import BytesIO
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from beslut.tillgang import anteckna
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.filsvar import som_fil
from grund.text import liten_forsta
from grund.tillgang import inloggad, kraver
from uppfoljning.actions import notera_rapportutlatande
from uppfoljning.forms import Rapportutlatandeform, fran_borjan
from uppfoljning.rapport import dokument as rapportdokument
from uppfoljning.rapport.arbetsbok import skriv_arbetsbok
from uppfoljning.rapport.avsnitt import avsnitt
from uppfoljning.rapport.definitioner import definitioner
from uppfoljning.rapport.figur import svg
from uppfoljning.rapport.innehall import Del, Lasare
from uppfoljning.rapport.svar import hamta, rakna
from uppfoljning.rapport.tabell import Rapporttabell
from uppfoljning.rapport.typ import Rapporttyp
from uppfoljning.rapport.utlatande import satt_samman
from uppfoljning.rapporter.register import RAPPORTER
from uppfoljning.tjansteutlatande import dokument
from uppfoljning.tjansteutlatande.tabeller import Numrering

PER_SIDA, ENSKILDA_PER_SIDA = 50, 20
LANGSTA_SIDNAMN = 52  # of what the log has room for, before the words that say that it was taken out


@require_safe
@kraver(Ratt.SE_RAPPORTER)
def rapport(request: HttpRequest, nyckel: str) -> HttpResponse:
    """The report, or what is wrong with the selection."""
    typ = _typ(nyckel)
    form = typ.urval(request.GET, klocka.idag())
    svar = hamta(typ, form, klocka.idag(), lasare(request), klocka.nu()) if form.is_valid() else None
    roller = inloggad(request).roller
    sammanhang: dict[str, Any] = {"typ": typ, "form": form, "rapport": svar and svar.rapport, "svar": svar}
    sammanhang["lankar"] = [ett for ett in typ.lankar if har_ratt(roller, ett.ratt)]
    if svar:
        sammanhang["delar"] = [_del(request, del_) for del_ in svar.rapport.delar]
        sammanhang["andrat_sedan"] = svar.andrat_sedan
        sammanhang["falt"] = request.GET.urlencode()
        sammanhang["far_utlatande"] = har_ratt(roller, Ratt.GORA_TJANSTEUTLATANDE)
    return render(request, "uppfoljning/rapport.html", sammanhang)


@require_POST
@kraver(Ratt.SE_RAPPORTER)
def rakna_om(request: HttpRequest, nyckel: str) -> HttpResponse:
    """Make it anew, with what has happened since it was made. The selection stands in the address."""
    typ = _typ(nyckel)
    form = typ.urval(request.GET, klocka.idag())
    if form.is_valid():
        rakna(typ, form, klocka.idag(), lasare(request), klocka.nu())
    return redirect(f"{reverse('uppfoljning:rapport', args=[nyckel])}?{request.GET.urlencode()}")


@require_safe
@kraver(Ratt.SE_RAPPORTER)
def pdf(request: HttpRequest, nyckel: str) -> HttpResponse:
    """What may stand in public, as a PDF of its own."""
    typ = _typ(nyckel)
    form = _giltigt(request, typ)
    rapport_ = hamta(typ, form, klocka.idag(), Lasare(offentlig=True), klocka.nu()).rapport
    return som_fil(rapportdokument.gor(rapport_), f"{typ.nyckel}-{rapport_.per}.pdf")


@require_safe
@kraver(Ratt.SE_RAPPORTER)
def arbetsbok(request: HttpRequest, nyckel: str) -> HttpResponse:
    """The same as a workbook. Taken out, its persons are in the log."""
    typ = _typ(nyckel)
    sparat = hamta(typ, _giltigt(request, typ), klocka.idag(), lasare(request), klocka.nu())
    svar = sparat.rapport
    anteckna(request, *svar.personer, sida=f"{f'rapport, {liten_forsta(typ.namn)}'[:LANGSTA_SIDNAMN]} (Excel)")
    fil = BytesIO()
    skriv_arbetsbok(fil, svar, skapad=sparat.raknad)
    return som_fil(fil.getvalue(), f"{typ.nyckel}-{svar.per}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def utlatande(request: HttpRequest, nyckel: str) -> HttpResponse:
    """What the document will say, and the form that makes it: POST is answered by the PDF."""
    typ, idag = _typ(nyckel), klocka.idag()
    rapport_ = typ.gor(_giltigt(request, typ), idag, Lasare(offentlig=True))
    if request.method == "POST":
        form = Rapportutlatandeform(request.POST, per=rapport_.per, idag=idag)
        if form.is_valid():
            dokumentet = satt_samman(rapport_, form.huvud())
            pdf = dokument.gor(dokumentet)
            notera_rapportutlatande(
                nyckel=f"{nyckel}-{rapport_.per}",
                om=liten_forsta(rapport_.rubrik),
                utlatande=dokumentet,
                pdf=pdf,
                av=inloggad(request),
                urval=", ".join(f"{namn}: {varde}" for namn, varde in rapport_.urval),
            )
            return som_fil(pdf, f"tjansteutlatande-{typ.nyckel}-{rapport_.per}.pdf")
    else:
        form = Rapportutlatandeform(per=rapport_.per, idag=idag, initial=fran_borjan(inloggad(request), idag))
    delar = tuple(avsnitt(rapport_, Numrering()))
    sammanhang = {"typ": typ, "rapport": rapport_, "avsnitt": delar, "form": form, "falt": request.GET.urlencode()}
    return render(request, "uppfoljning/rapportutlatande.html", sammanhang)


def _typ(nyckel: str) -> Rapporttyp:
    if nyckel not in RAPPORTER:
        msg = "Det finns ingen sådan rapport."
        raise Http404(msg)
    return RAPPORTER[nyckel]


def lasare(request: HttpRequest) -> Lasare:
    """What the user may see of it: those who may not see persons by key get what is public."""
    roller = inloggad(request).roller
    return Lasare(not har_ratt(roller, Ratt.SE_UNDERLAG), har_ratt(roller, Ratt.HANDLAGGA))


def _giltigt(request: HttpRequest, typ: Rapporttyp) -> forms.Form:
    """The selection in the address; what is not one is not found."""
    form = typ.urval(request.GET, klocka.idag())
    if not form.is_valid():
        msg = "Urvalet går inte att visa."
        raise Http404(msg)
    return form


def _del(request: HttpRequest, del_: Del) -> dict[str, Any]:
    """A part as its template takes it."""
    tabeller = [Rapporttabell(tabell) for tabell in del_.tabeller]
    for tabell, innehallet in zip(tabeller, del_.tabeller, strict=True):
        per_sida = ENSKILDA_PER_SIDA if innehallet.enskilda else PER_SIDA
        RequestConfig(request, paginate={"per_page": per_sida}).configure(tabell)
    return {
        "del": del_,
        "nyckeltal": [(ett, definitioner()[ett.nyckel]) for ett in del_.nyckeltal],
        "bild": mark_safe(svg(del_.bild)) if del_.bild else "",  # noqa: S308  its texts are escaped where it is drawn
        "tabeller": tabeller,
    }
