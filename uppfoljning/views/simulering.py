"""The nämnd's tjänsteutlåtande about a simulering."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ersattning.models import Simulering
from ersattning.regler import Simuleringslage
from ersattning.simulering.queries import andrat_sedan
from ersattning.simulering.resultat import hamta
from grund import klocka
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.tid import lokal_dag
from grund.tillgang import inloggad, kraver
from uppfoljning.actions import notera_simuleringsutlatande
from uppfoljning.forms import Simuleringsutlatandeform, fran_borjan
from uppfoljning.simuleringsutlatande import Underlag, satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande import dokument


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def simuleringsutlatande(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document will say, and the form that makes it: POST is answered by the PDF."""
    simulering = get_object_or_404(Simulering, pk=pk, prognos_fran=None)
    if simulering.status != Simuleringslage.KLAR or simulering.raknad is None:
        msg = "Simuleringen är inte räknad."
        raise Http404(msg)
    hos = list(simulering.utforare.values_list("namn", flat=True))
    underlag = Underlag(hamta(simulering), andrat_sedan(simulering), hos)
    idag, raknad = klocka.idag(), lokal_dag(simulering.raknad)
    if request.method == "POST":
        form = Simuleringsutlatandeform(request.POST, raknad=raknad, idag=idag)
        if form.is_valid():
            utlatande = satt_samman(underlag, form.huvud())
            pdf = dokument.gor(utlatande)
            notera_simuleringsutlatande(simulering=simulering, utlatande=utlatande, pdf=pdf, av=inloggad(request))
            return som_fil(pdf, f"tjansteutlatande-simulering-{simulering.pk}.pdf")
    else:
        form = Simuleringsutlatandeform(raknad=raknad, idag=idag, initial=fran_borjan(inloggad(request), idag))
    return render(
        request,
        "uppfoljning/simuleringsutlatande.html",
        {"simulering": simulering, "form": form, "tabeller": tabeller_att_visa(underlag), "andrat": underlag.andrat},
    )
