"""Reports: which months there are to tell of, and the nämnd's tjänsteutlåtande about one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tid import Manad, lokal_dag
from grund.tillgang import inloggad, kraver
from uppfoljning.forms import Utlatandeform, fran_borjan
from uppfoljning.tables import Rapporttabell
from uppfoljning.tjansteutlatande import dokument
from uppfoljning.tjansteutlatande.queries import hamta_underlag, manader_att_redovisa
from uppfoljning.tjansteutlatande.sammansattning import satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande.siffror import Siffror, rakna


@require_safe
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def rapporter(request: HttpRequest) -> HttpResponse:
    """The months that there is something to say of, newest first."""
    return render(request, "uppfoljning/rapporter.html", {"tabell": Rapporttabell(manader_att_redovisa())})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def tjansteutlatande(request: HttpRequest, manad: Manad) -> HttpResponse:
    """What the document about the month will say, and the form that makes it: the answer to POST is the PDF."""
    siffror = _siffror(manad)
    if request.method == "POST":
        form = Utlatandeform(request.POST, manad=manad)
        if form.is_valid():
            return _som_fil(dokument.gor(satt_samman(siffror, form.huvud())), dokument.filnamn(manad))
    else:
        idag = lokal_dag(timezone.now())
        form = Utlatandeform(manad=manad, initial=fran_borjan(inloggad(request), idag))
    sammanhang = {"manad": manad, "form": form, "tabeller": tabeller_att_visa(siffror)}
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
