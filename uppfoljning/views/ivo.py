"""One beslut's report to IVO: what to write in the e-service, and the note that it has been written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beslut.models import Beslut
from beslut.tillgang import namn, oppna
from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver
from uppfoljning.ivorapporter import notera_ivorapport
from uppfoljning.kvartal import Kvartal
from uppfoljning.rapporter.ej_verkstallda.forms import Lamnadform
from uppfoljning.rapporter.ej_verkstallda.individ import individrapport as las_individrapport
from utforare.views.steg import forsok


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.HANDLAGGA)
def individrapport(request: HttpRequest, pk: int, kvartal: Kvartal) -> HttpResponse:
    """The fields of the e-service, in its order."""
    beslut = get_object_or_404(Beslut.objects.select_related("person"), pk=pk)
    oppna(request, beslut.person, sida="rapport till IVO")
    vem, idag = inloggad(request), klocka.idag()
    rapport = las_individrapport(beslut, kvartal, idag)
    form = Lamnadform(request.POST or None, initial={"lamnad": idag})

    def gor() -> str:
        notera_ivorapport(
            beslut=beslut,
            kvartal=kvartal,
            rapport=rapport,
            **form.cleaned_data,
            av=vem,
            idag=idag,
            nu=klocka.nu(),
        )
        return "Rapporten är noterad som lämnad till IVO."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:individrapport", pk, kvartal)
    kontext = {
        "beslut": beslut,
        "namn": namn(vem, beslut.person),
        "kvartal": kvartal,
        "rapport": rapport,
        "form": form,
        "tillbaka": f"{reverse('uppfoljning:rapport', args=['ej-verkstallda'])}?kvartal={kvartal}",
    }
    return render(request, "uppfoljning/individrapport.html", kontext)
