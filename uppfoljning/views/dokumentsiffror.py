"""A report's figures in a document: put in from the report, read anew when somebody asks for it, taken out."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver, sedd_version
from uppfoljning.dokument import actions, serie
from uppfoljning.dokument.forms import Infogaform, effektivt, forsta_rubrik
from uppfoljning.dokument.frysning import som_fryst
from uppfoljning.dokument.innehall import Infogat, Mall
from uppfoljning.dokument.jamforelse import andrade_siffror
from uppfoljning.dokument.queries import Last, las_version, mall_ur, utkastens_versioner
from uppfoljning.models import Dokument, Dokumentsiffror
from uppfoljning.rapport.avsnitt import avsnitt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Rapporttyp
from uppfoljning.rapporter.register import RAPPORTER
from uppfoljning.tjansteutlatande.tabeller import Numrering
from uppfoljning.views.dokumentsteg import forsok, ta_steg, visar_skada

FLEST_UTKAST = 30  # to choose among, the latest changed first


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def infoga(request: HttpRequest, nyckel: str) -> HttpResponse:
    """What the report says in public of the selection in the address, and where it shall stand."""
    typ = _typ(nyckel)
    urval = typ.urval(request.GET, klocka.idag())
    platser = _platser(request.GET.get("dokument", ""))
    kontext = {"typ": typ, "urval": urval, "platser": platser, "dokument": request.GET.get("dokument", "")}
    if not urval.is_valid():
        return render(request, "uppfoljning/dokument/infoga.html", kontext)
    rapport = som_fryst(typ.gor(urval, klocka.idag(), Lasare(offentlig=True)))
    form = Infogaform(request.POST or None, platser=platser, rapport=rapport)
    if len(platser) == 1 and not form.is_bound:
        form.initial["plats"] = f"{platser[0][0].pk}:{forsta_rubrik(platser[0][1])}"

    def gor() -> str:
        pk, rubrik = form.valt
        actions.infoga_siffror(
            dokument=Dokument.objects.get(pk=pk),
            rapportnyckel=nyckel,
            urval=urlencode(list(effektivt(urval))),
            rapport=rapport,
            delar=tuple(form.cleaned_data["delar"]),
            rubrik=rubrik,
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return "Siffrorna ligger i dokumentet, som de är nu. De ändras bara om du läser om dem."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:ett_dokument", form.valt[0])
    kontext |= {"form": form, "rapport": rapport, "avsnitt": tuple(avsnitt(rapport, Numrering()))}
    return render(request, "uppfoljning/dokument/infoga.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
@visar_skada
def siffror(request: HttpRequest, pk: int, nr: int) -> HttpResponse:
    """The figures as they were read beside what they are now; read anew, or take them out."""
    ett = get_object_or_404(Dokument, pk=pk)
    last = las_version(ett)
    infogat = _infogat(last, nr)
    fore = last.siffror[infogat.siffror]
    nu_ = _las_om(fore)
    if request.method == "POST":
        if "ta_bort" in request.POST or nu_ is None:
            return _ta_bort(request, ett, nr)
        return _byt(request, ett, nr, nu_)
    gammal = last.rapporter[infogat.siffror]
    kontext = {
        "dokument": ett,
        "nr": nr,
        "fore": fore,
        "rapport": gammal,
        "nu": nu_,
        "skillnader": andrade_siffror(gammal, nu_) if nu_ else [],
        "avtryck": serie.avtryck(serie.skriv(nu_)) if nu_ else "",
        "hinder": actions.hinder_for_andring(ett),
    }
    return render(request, "uppfoljning/dokument/siffror.html", kontext)


def _byt(request: HttpRequest, ett: Dokument, nr: int, rapport: Rapport) -> HttpResponse:
    def gor() -> str:
        actions.byt_siffror(
            dokument=ett,
            sedd=sedd_version(request),
            nr=nr,
            rapport=rapport,
            visat=request.POST.get("visat", ""),
            av=inloggad(request),
            nu=klocka.nu(),
        )
        return "Siffrorna är lästa på nytt. De tidigare finns i den förra versionen."

    ta_steg(request, gor, ett)
    return redirect("uppfoljning:ett_dokument", ett.pk)


def _ta_bort(request: HttpRequest, ett: Dokument, nr: int) -> HttpResponse:
    def gor() -> str:
        sedd = sedd_version(request)
        actions.ta_bort_siffror(dokument=ett, sedd=sedd, nr=nr, av=inloggad(request), nu=klocka.nu())
        return "Siffrorna är borttagna ur dokumentet."

    ta_steg(request, gor, ett)
    return redirect("uppfoljning:ett_dokument", ett.pk)


def _typ(nyckel: str) -> Rapporttyp:
    if nyckel not in RAPPORTER:
        msg = "Det finns ingen sådan rapport."
        raise Http404(msg)
    return RAPPORTER[nyckel]


def _platser(pk: str) -> list[tuple[Dokument, Mall]]:
    """The drafts to choose among, or the one that the address names."""
    utkast = utkastens_versioner()
    if pk.isdecimal() and len(pk) < 10:
        utkast = utkast.filter(dokument=int(pk))
    return [(ett.dokument, mall_ur(ett.mallversion)) for ett in utkast[:FLEST_UTKAST]]


def _infogat(last: Last, nr: int) -> Infogat:
    for ett in last.innehall.infogade:
        if ett.nr == nr:
            return ett
    msg = "Dokumentet har inga sådana siffror."
    raise Http404(msg)


def _las_om(fore: Dokumentsiffror) -> Rapport | None:
    """The same selection of the same report, now; None when it can no longer be made."""
    typ = RAPPORTER.get(fore.rapport)
    form = typ.urval(QueryDict(fore.urval), klocka.idag()) if typ else None
    if typ is None or form is None or not form.is_valid():
        return None
    return som_fryst(typ.gor(form, klocka.idag(), Lasare(offentlig=True)))
