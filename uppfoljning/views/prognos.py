"""The nämnd's tjänsteutlåtande about a prognos."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ersattning.models import Prognos
from ersattning.prognos.ord import antaganden
from ersattning.prognos.queries import budget_for, gjorda
from ersattning.prognos.resultat import hamta
from ersattning.prognos.traff import traffar
from ersattning.regler import Simuleringslage
from grund import klocka
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.tid import lokal_dag
from grund.tillgang import inloggad, kraver
from uppfoljning.actions import notera_prognosutlatande
from uppfoljning.forms import Prognosutlatandeform, fran_borjan
from uppfoljning.prognosutlatande import Underlag, satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande import dokument


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def prognosutlatande(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document will say, and the form that makes it: POST is answered by the PDF."""
    prognos = get_object_or_404(gjorda(), pk=pk)
    if prognos.simulering.status != Simuleringslage.KLAR or prognos.simulering.raknad is None:
        msg = "Prognosen är inte räknad."
        raise Http404(msg)
    underlag = _underlag(prognos)
    idag, raknad = klocka.idag(), lokal_dag(prognos.simulering.raknad)
    if request.method == "POST":
        form = Prognosutlatandeform(request.POST, raknad=raknad, idag=idag)
        if form.is_valid():
            utlatande = satt_samman(underlag, form.huvud())
            pdf = dokument.gor(utlatande)
            notera_prognosutlatande(prognos=prognos, utlatande=utlatande, pdf=pdf, av=inloggad(request))
            return som_fil(pdf, f"tjansteutlatande-prognos-{prognos.pk}.pdf")
    else:
        form = Prognosutlatandeform(raknad=raknad, idag=idag, initial=fran_borjan(inloggad(request), idag))
    return render(
        request,
        "uppfoljning/prognosutlatande.html",
        {"prognos": prognos, "form": form, "tabeller": tabeller_att_visa(underlag)},
    )


def _underlag(prognos: Prognos) -> Underlag:
    budget = budget_for(prognos.ar)
    return Underlag(
        resultat=hamta(prognos, visa_sma=False),
        antaganden=list(antaganden(prognos, offentligt=True)),
        budget=f"Version {budget.version}, {budget.kalla}" if budget else "",
        traff=next((ett for ett in traffar(visa_sma=False) if ett.prognos != prognos), None),
    )
