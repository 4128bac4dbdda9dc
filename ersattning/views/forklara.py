"""Why a row pays what it pays, and why an avvikelse is there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beslut.tillgang import anteckna
from ersattning import bedomningsvisning, queries
from ersattning.forklaring import dokument, visning
from ersattning.forklaring.avvikelser import forklara_avvikelse
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.visning_tak import takvy
from ersattning.models import Avvikelse, Ersattningsrad
from ersattning.views import bedomning
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.text import manad_i_ord
from grund.tid import Manad
from grund.tillgang import kraver


@kraver(Ratt.SE_ERSATTNING)
def rad(request: HttpRequest, pk: int) -> HttpResponse:
    """A row explained."""
    forklaring = forklara(pk)
    if forklaring is None:
        return _borta(request, "Raden", "ersattning:rader", "rader")
    _anteckna(request, Ersattningsrad, pk, "ersättningsrad")
    sammanhang = visning.sida(forklaring) | {"tak": takvy(forklaring.rad.artikel, forklaring.tak)}
    return render(request, "ersattning/forklara.html", sammanhang)


def _anteckna(request: HttpRequest, modell: type[Ersattningsrad | Avvikelse], pk: int, sida: str) -> None:
    personer = modell.objects.filter(pk=pk).values_list("person_id", flat=True)
    anteckna(request, *(person for person in personer if person), sida=sida)


@kraver(Ratt.SE_ERSATTNING)
def rad_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the utförare, as a document."""
    forklaring = forklara(pk)
    if forklaring is None:
        return _borta(request, "Raden", "ersattning:rader", "rader")
    _anteckna(request, Ersattningsrad, pk, "ersättningsrad som PDF")
    return som_fil(dokument.gor(forklaring), dokument.filnamn(forklaring))


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_ERSATTNING)
def avvikelse(request: HttpRequest, pk: int) -> HttpResponse:
    """An avvikelse explained, and what has been made of it. A post notes an assessment."""
    form = bedomning.formular(request)
    forklaring = forklara_avvikelse(pk)
    if forklaring is None:
        return _borta(request, "Avvikelsen", "ersattning:avvikelser", "avvikelser")
    if bedomning.spara(request, form, [pk]):
        return redirect(request.get_full_path())
    _anteckna(request, Avvikelse, pk, "avvikelse")
    sammanhang = visning.avvikelsesida(forklaring) | bedomningsvisning.bedomt(pk) | {"form": form}
    return render(request, "ersattning/avvikelse.html", sammanhang)


def _borta(request: HttpRequest, vad: str, lista: str, ord_: str) -> HttpResponse:
    """It is gone, and where to look for what came instead: its link says (tables.forklaring)."""
    manad, verk = _kord_manad(request.GET.get("manad", "")), request.GET.get("verkstallighet", "")
    sammanhang = {"vad": vad, "manad": manad, "adress": reverse("ersattning:korningar"), "lanktext": "Alla körningar"}
    if manad:
        sammanhang["adress"] = reverse(lista, args=[manad], query={"verkstallighet": verk} if verk else {})
        vems = f"för {verk} " if verk else ""
        sammanhang["lanktext"] = f"Visa {ord_} {vems}i {manad_i_ord(manad)}"
    return render(request, "ersattning/borta.html", sammanhang, status=404)


def _kord_manad(text: str) -> Manad | None:
    """The month that the address names, if it has been run."""
    try:
        manad = Manad.las(text)
    except ValueError:
        return None
    return manad if queries.hamta_korning(manad) else None
