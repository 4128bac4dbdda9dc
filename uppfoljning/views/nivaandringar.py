"""Nivåändringar och vad de kostar: the report, one change with what it was counted from, and the nämnd's document.

Persons are known by initials here, whoever looks: it is a search by insats, level and utförare, which is for those who
follow up and not for those who handle persons (SoLPUF 15 §). Who may see the person by name opens the nivåbedömning.
"""

from io import BytesIO
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from beslut.models import Nivaarende
from beslut.ord import insats_i_ord, niva_i_ord
from beslut.tillgang import anteckna
from ersattning.nivaeffekt import gjord
from ersattning.nivaord import bild
from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.filsvar import som_fil
from grund.text import stor_forsta
from grund.tillgang import inloggad, kraver
from uppfoljning.actions import notera_rapportutlatande
from uppfoljning.forms import Rapportutlatandeform, fran_borjan
from uppfoljning.nivaandringar import tables
from uppfoljning.nivaandringar.arbetsbok import skriv_arbetsbok
from uppfoljning.nivaandringar.diagram import kurva
from uppfoljning.nivaandringar.forms import Urvalsform
from uppfoljning.nivaandringar.halvar import Halvar, avslutade
from uppfoljning.nivaandringar.ord import ANTAGANDEN
from uppfoljning.nivaandringar.queries import Urval, hamta, hamta_enskild
from uppfoljning.nivaandringar.utlatande import Underlag, satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande import dokument

PER_SIDA = 25


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def rapport(request: HttpRequest) -> HttpResponse:
    """Every change of the days that are chosen, and what they come to."""
    form = Urvalsform(request.GET, idag=klocka.idag())
    urval = form.urval()
    sammanhang: dict[str, object] = {"form": form, "rapport": None}
    if urval is not None:
        sammanhang |= _rapport(request, urval)
    return render(request, "uppfoljning/nivaandringar/rapport.html", sammanhang)


def _rapport(request: HttpRequest, urval: Urval) -> dict[str, object]:
    med_forsta = request.GET.get("forsta") == "visa"
    roller, allt = inloggad(request).roller, hamta(urval, klocka.idag(), med_forsta=med_forsta)
    andringar = tables.Andringstabell(allt.rader)
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(andringar)
    lankar = har_ratt(roller, Ratt.SE_ERSATTNING)
    return {
        "rapport": allt,
        "urval": urval,
        "fraga": _fraga(urval),
        "andringar": andringar,
        "forsta": tables.Forstatabell(allt.forsta) if med_forsta else None,
        "kurva": kurva(allt.per_manad),
        "antaganden": ANTAGANDEN,
        "far_utlatande": har_ratt(roller, Ratt.SE_RAPPORTER),
        "halvar": list(avslutade(klocka.idag())),
        "bada_valda": urval.utforare_id is not None and bool(urval.insats),
    } | tables.alla_tabeller(allt, _fraga(urval, utforare=False), lankar=lankar)


def _fraga(urval: Urval, *, utforare: bool = True) -> str:
    """What is chosen, for an address."""
    valt: dict[str, object] = {"fran": urval.fran.isoformat(), "sista": urval.sista.isoformat()}
    if urval.insats:
        valt["insats"] = urval.insats
    if utforare and urval.utforare_id is not None:
        valt["utforare"] = urval.utforare_id
    return urlencode(valt)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def arbetsbok(request: HttpRequest) -> HttpResponse:
    """The same as a workbook. Taken out, its persons are in the log."""
    form = Urvalsform(request.GET, idag=klocka.idag())
    urval = form.urval()
    if urval is None:
        msg = "Urvalet går inte att läsa."
        raise Http404(msg)
    valt, fil = form.cleaned_data, BytesIO()
    vems = [valt["utforare"].namn if valt["utforare"] else "Alla utförare"]
    vems.append(insats_i_ord(urval.insats) if urval.insats else "alla insatser")
    allt = hamta(urval, klocka.idag(), med_forsta=True)
    anteckna(request, *{rad.person_id for rad in (*allt.rader, *allt.forsta)}, sida="nivåändringar (Excel)")
    skriv_arbetsbok(fil, allt, urval=", ".join(vems), nu=klocka.nu())
    return som_fil(fil.getvalue(), f"nivaandringar-{urval.fran}-{urval.sista}.xlsx")


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def andring(request: HttpRequest, pk: int) -> HttpResponse:
    """One change, and all that its figures were counted from."""
    ett = hamta_enskild(pk, klocka.idag())
    if ett is None:
        msg = "Nivåbedömningen har inte ändrat någon nivå."
        raise Http404(msg)
    anteckna(request, ett.rad.person_id, sida="nivåändring")
    roller = inloggad(request).roller
    effekt = gjord(ett.andring.forslag, klocka.idag())
    visad = bild(effekt, klocka.idag()) if effekt else None
    rad = ett.rad
    niva = stor_forsta(niva_i_ord(rad.niva_efter))
    sammanhang = {
        "rad": rad,
        "rubrik": niva if rad.ar_forsta else f"{stor_forsta(niva_i_ord(rad.niva_fore))} blev {niva.lower()}",
        "insats": insats_i_ord(rad.insats),
        "bild": visad,
        "nyckeltal": visad.nyckeltal[:-1] if visad else [],  # the last is what would be corrected; it has been
        "utfall": tables.Utfallstabell(ett.utfall.rader, lankar=har_ratt(roller, Ratt.SE_ERSATTNING)),
        "arende": _provning(pk) if har_ratt(roller, Ratt.PROVA_NIVA) else None,
    }
    return render(request, "uppfoljning/nivaandringar/andring.html", sammanhang)


def _provning(bedomning_id: int) -> int | None:
    """The page where it was decided, for those who decide."""
    return Nivaarende.objects.filter(bedomning_id=bedomning_id).values_list("pk", flat=True).first()


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_RAPPORTER)
def utlatande(request: HttpRequest, ar: int, halva: int) -> HttpResponse:
    """What the document about half a year will say, and for some its form: POST is answered by the PDF."""
    idag, halvar = klocka.idag(), Halvar(ar, halva)
    if not (1900 <= ar <= idag.year and halva in {1, 2} and halvar.sista < idag):
        msg = "Halvåret är inte slut."
        raise Http404(msg)
    hinder = hinder_for_ratt(inloggad(request).roller, Ratt.GORA_TJANSTEUTLATANDE)
    underlag = Underlag(halvar, hamta(Urval(halvar.fran, halvar.sista), idag))
    if request.method == "POST":
        if hinder:
            raise PermissionDenied(" ".join(hinder))
        form = Rapportutlatandeform(request.POST, per=idag, idag=idag)
        if form.is_valid():
            dokumentet = satt_samman(underlag, form.huvud())
            pdf = dokument.gor(dokumentet)
            om = f"nivåändringar {halvar.i_ord}"
            notera_rapportutlatande(
                nyckel=f"nivaandringar-{halvar}", om=om, utlatande=dokumentet, pdf=pdf, av=inloggad(request)
            )
            return som_fil(pdf, f"tjansteutlatande-nivaandringar-{halvar}.pdf")
    else:
        form = Rapportutlatandeform(per=idag, idag=idag, initial=fran_borjan(inloggad(request), idag))
    return render(
        request,
        "uppfoljning/nivaandringar/utlatande.html",
        {
            "halvar": halvar,
            "andra": [ett for ett in avslutade(idag) if ett != halvar],
            "form": form,
            "tabeller": tabeller_att_visa(underlag),
            "dold": underlag.dold,
            "hinder": " ".join(hinder),
        },
    )
