"""The nämnd's document about individavtal."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ersattning import individavtal
from ersattning.individavtalslista import rader
from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.filsvar import som_fil
from grund.tillgang import inloggad, kraver
from uppfoljning.actions import notera_rapportutlatande
from uppfoljning.forms import Rapportutlatandeform, fran_borjan
from uppfoljning.individavtalsutlatande import Underlag, satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande import dokument


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_RAPPORTER)
def utlatande(request: HttpRequest) -> HttpResponse:
    """What the document will say, and for some its form: POST is answered by the PDF."""
    idag, roller = klocka.idag(), inloggad(request).roller
    hinder = hinder_for_ratt(roller, Ratt.GORA_TJANSTEUTLATANDE)
    underlag = Underlag(idag, rader(individavtal.gallande(idag), idag))
    if request.method == "POST":
        if hinder:
            raise PermissionDenied(" ".join(hinder))
        form = Rapportutlatandeform(request.POST, per=idag, idag=idag)
        if form.is_valid():
            return _pdf(request, underlag, form)
    else:
        form = Rapportutlatandeform(per=idag, idag=idag, initial=fran_borjan(inloggad(request), idag))
    sammanhang = {
        "underlag": underlag,
        "form": form,
        "tabeller": tabeller_att_visa(underlag),
        "hinder": " ".join(hinder),
        "far_lista": har_ratt(roller, Ratt.SE_UNDERLAG),
    }
    return render(request, "uppfoljning/individavtalsutlatande.html", sammanhang)


def _pdf(request: HttpRequest, underlag: Underlag, form: Rapportutlatandeform) -> HttpResponse:
    dokumentet = satt_samman(underlag, form.huvud())
    pdf = dokument.gor(dokumentet)
    notera_rapportutlatande(
        nyckel=f"individavtal-{underlag.dag}", om="individavtal", utlatande=dokumentet, pdf=pdf, av=inloggad(request)
    )
    return som_fil(pdf, f"tjansteutlatande-individavtal-{underlag.dag}.pdf")
