"""The files of a körning, to download."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from beslut.tillgang import anteckna
from ersattning import queries
from ersattning.filer import export, lager
from ersattning.filer.hamtning import anteckna_hamtad
from ersattning.models import Fil
from ersattning.views.korningar import hamta
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tid import Manad
from grund.tillgang import inloggad, kraver


@kraver(Ratt.SE_ERSATTNING)
def fil(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file as it was made. One that is lost or altered is not given out; the month's page says what is wrong."""
    filen = get_object_or_404(Fil.objects.select_related("korning"), pk=pk)
    if fel := lager.fel_pa_fil(filen):
        messages.error(request, fel)
        return redirect("ersattning:korning", Manad.av(filen.korning.manad))
    anteckna(request, *queries.personer_i(filen.korning, filen.utforare_id), sida="månadens filer")
    anteckna_hamtad(fil=filen, av=inloggad(request))
    plats = lager.plats(filen.sokvag)
    return FileResponse(plats.open("rb"), as_attachment=True, filename=plats.name)


@kraver(Ratt.SE_ERSATTNING)
def csv(request: HttpRequest, manad: Manad, namn: str) -> HttpResponseBase:
    """ersattning.csv or avvikelser.csv, as the command writes them."""
    korning = hamta(manad)
    if namn not in export.FILER:
        raise Http404(namn)
    ut = TemporaryFile()  # noqa: SIM115  closed by the response
    try:
        export.skriv(manad, namn, ut)
    except Hindrad as hinder:
        ut.close()
        messages.error(request, " ".join(hinder.orsaker))
        return redirect("ersattning:korning", manad)
    anteckna(request, *queries.personer_i(korning), sida=f"månadens filer, {namn}.csv")
    ut.seek(0)
    return FileResponse(ut, as_attachment=True, filename=f"{namn}-{manad}.csv", content_type="text/csv; charset=utf-8")
