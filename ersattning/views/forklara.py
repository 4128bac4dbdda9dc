"""Why a row pays what it pays, and why an avvikelse is there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from beslut.tillgang import anteckna
from ersattning.forklaring import dokument, visning
from ersattning.forklaring.avvikelser import forklara_avvikelse
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.typer import Forklaring
from ersattning.models import Avvikelse, Ersattningsrad
from grund.behorighet import Ratt
from grund.tillgang import kraver


def _hamta(request: HttpRequest, pk: int, sida: str) -> Forklaring:
    forklaring = forklara(pk)
    if forklaring is None:
        msg = "Raden finns inte. Den kan ha ersatts när månaden räknades om."
        raise Http404(msg)
    _anteckna(request, Ersattningsrad, pk, sida)
    return forklaring


def _anteckna(request: HttpRequest, modell: type[Ersattningsrad | Avvikelse], pk: int, sida: str) -> None:
    anteckna(request, *modell.objects.filter(pk=pk).values_list("person_id", flat=True), sida=sida)


@kraver(Ratt.SE_ERSATTNING)
def rad(request: HttpRequest, pk: int) -> HttpResponse:
    """A row explained."""
    return render(request, "ersattning/forklara.html", visning.sida(_hamta(request, pk, "ersättningsrad")))


@kraver(Ratt.SE_ERSATTNING)
def rad_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the utförare, as a document."""
    forklaring = _hamta(request, pk, "ersättningsrad som PDF")
    svar = HttpResponse(dokument.gor(forklaring), content_type="application/pdf")
    svar["Content-Disposition"] = f'attachment; filename="{dokument.filnamn(forklaring)}"'
    return svar


@kraver(Ratt.SE_ERSATTNING)
def avvikelse(request: HttpRequest, pk: int) -> HttpResponse:
    """An avvikelse explained."""
    forklaring = forklara_avvikelse(pk)
    if forklaring is None:
        msg = "Avvikelsen finns inte. Den kan ha försvunnit när månaden räknades om."
        raise Http404(msg)
    _anteckna(request, Avvikelse, pk, "avvikelse")
    return render(request, "ersattning/avvikelse.html", visning.avvikelsesida(forklaring))
