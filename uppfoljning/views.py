"""Reports: which months there are to tell of, and the nämnd's tjänsteutlåtande about one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from grund import klocka
from grund.behorighet import Ratt, hinder_for_ratt
from grund.hinder import Hindrad
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from uppfoljning.forms import Utlatandeform, fran_borjan
from uppfoljning.tables import Rapporttabell
from uppfoljning.tjansteutlatande import dokument
from uppfoljning.tjansteutlatande.queries import hamta_underlag, manader_att_redovisa
from uppfoljning.tjansteutlatande.sammansattning import satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande.siffror import Siffror, rakna


@require_safe
@kraver(Ratt.SE_RAPPORTER)
def rapporter(request: HttpRequest) -> HttpResponse:
    """The months that there is something to say of, newest first."""
    return render(request, "uppfoljning/rapporter.html", {"tabell": Rapporttabell(manader_att_redovisa())})


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
            return _som_fil(dokument.gor(satt_samman(siffror, form.huvud())), dokument.filnamn(manad))
    else:
        form = Utlatandeform(korningar=korningar, idag=idag, initial=fran_borjan(inloggad(request), idag))
    sammanhang = {"manad": manad, "form": form, "tabeller": tabeller_att_visa(siffror)}
    sammanhang["hinder"] = " ".join(hinder)
    sammanhang["preliminart"] = not siffror.korningar[manad].ar_fast
    return render(request, "uppfoljning/tjansteutlatande.html", sammanhang)


def _siffror(manad: Manad) -> Siffror:
    try:
        return rakna(hamta_underlag(manad))
    except Hindrad as hinder:
        raise Http404(" ".join(hinder.orsaker)) from hinder


def _som_fil(innehall: bytes, namn: str) -> HttpResponse:
    svar = HttpResponse(innehall, content_type="application/pdf")
    svar["Content-Disposition"] = f'attachment; filename="{namn}"'
    return svar
