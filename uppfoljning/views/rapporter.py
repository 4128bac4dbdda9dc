"""Reports: which months there are to tell of, and the nämnd's tjänsteutlåtande about one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.models import Handelse
from grund.text import tidpunkt_i_ord
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from uppfoljning import ursprung
from uppfoljning.actions import notera_tjansteutlatande
from uppfoljning.forms import Utlatandeform, fran_borjan
from uppfoljning.nivaandringar.halvar import avslutade
from uppfoljning.rapporter.register import RAPPORTER
from uppfoljning.tables import Rapporttabell
from uppfoljning.tjansteutlatande import dokument
from uppfoljning.tjansteutlatande.queries import hamta_underlag, manader_att_redovisa
from uppfoljning.tjansteutlatande.sammansattning import satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande.siffror import Siffror, rakna

_VISADE = 10


@require_safe
@kraver(Ratt.SE_RAPPORTER)
def rapporter(request: HttpRequest) -> HttpResponse:
    """The reports that there are, and the months that there is something to say of, newest first."""
    far_niva = har_ratt(inloggad(request).roller, Ratt.SE_UNDERLAG)
    sammanhang = {
        "tabell": _manader(),
        "rapporter": RAPPORTER.values(),
        "halvar": list(avslutade(klocka.idag())),
        "far_niva": far_niva,
        "far_utlatande": har_ratt(inloggad(request).roller, Ratt.GORA_TJANSTEUTLATANDE),
    }
    return render(request, "uppfoljning/rapporter.html", sammanhang)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_RAPPORTER)
def tjansteutlatande(request: HttpRequest, manad: Manad) -> HttpResponse:
    """What the document about the month will say, and for some the form that makes it: POST is answered by the PDF."""
    siffror, hinder = _siffror(manad), hinder_for_ratt(inloggad(request).roller, Ratt.GORA_TJANSTEUTLATANDE)
    idag, korningar = klocka.idag(), tuple(siffror.korningar.values())
    if request.method == "POST":
        if hinder:
            raise PermissionDenied(" ".join(hinder))
        form = Utlatandeform(request.POST, korningar=korningar, idag=idag)
        if form.is_valid():
            utlatande = satt_samman(siffror, form.huvud())
            pdf = dokument.gor(utlatande)
            notera_tjansteutlatande(utlatande=utlatande, korningar=korningar, pdf=pdf, av=inloggad(request))
            return som_fil(pdf, dokument.filnamn(manad))
    else:
        form = Utlatandeform(korningar=korningar, idag=idag, initial=fran_borjan(inloggad(request), idag))
    sammanhang = {"manad": manad, "form": form, "tabeller": tabeller_att_visa(siffror)}
    sammanhang["hinder"] = " ".join(hinder)
    sammanhang["ursprung"] = ursprung.ursprung(tuple(siffror.korningar))
    sammanhang["gjorda"] = [(tidpunkt_i_ord(ett.tidpunkt), ett.text, ett.data["sha256"]) for ett in _gjorda(manad)]
    sammanhang["preliminart"] = not siffror.korningar[manad].ar_fast
    return render(request, "uppfoljning/tjansteutlatande.html", sammanhang)


def _manader() -> Rapporttabell:
    manader = manader_att_redovisa()
    return Rapporttabell(manader, gjorda=ursprung.antal_gjorda([Manad.av(ett.manad) for ett in manader]))


def _gjorda(manad: Manad) -> list[Handelse]:
    """The latest documents; the rest are among the month's events."""
    return list(ursprung.gjorda(manad)[:_VISADE])


def _siffror(manad: Manad) -> Siffror:
    try:
        return rakna(hamta_underlag(manad))
    except Hindrad as hinder:
        raise Http404(" ".join(hinder.orsaker)) from hinder
