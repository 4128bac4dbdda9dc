"""A year's reports as files: to order them, to see how far they have come, and to fetch them."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grund import klocka
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.text import antal_ord
from grund.tillgang import inloggad, kraver
from uppfoljning.arssats import bestallning
from uppfoljning.arssats.forms import Arsform
from uppfoljning.models import Arsfil, Arssats
from uppfoljning.rapporter.register import RAPPORTER
from utforare.views.steg import forsok


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.GORA_TJANSTEUTLATANDE, egen_transaktion=True)
def arssatser(request: HttpRequest) -> HttpResponse:
    """What has been ordered. A post orders a year's."""
    idag = klocka.idag()
    form = Arsform(request.POST or None, idag=idag)
    ny: list[Arssats] = []

    def gor() -> str:
        ar = form.cleaned_data["ar"]
        ny.append(bestallning.bestall_arsrapporter(ar=ar, av=inloggad(request), idag=idag, nu=klocka.nu()))
        return f"Rapporterna för {ar} är beställda. De görs en i taget."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:arssats", ny[0].pk)
    satser = Arssats.objects.select_related("bestalld_av").prefetch_related("filer").order_by("-pk")[:20]
    return render(request, "uppfoljning/arssats/lista.html", {"form": form, "satser": [_lage(ett) for ett in satser]})


@require_safe
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def arssats(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come, and its files."""
    sats = get_object_or_404(Arssats.objects.select_related("bestalld_av").prefetch_related("filer"), pk=pk)
    per_rapport: dict[str, list[Arsfil]] = {nyckel: [] for nyckel in RAPPORTER}
    for fil_ in sorted(sats.filer.all(), key=lambda ett: ett.pk):
        per_rapport.setdefault(fil_.rapport, []).append(fil_)
    kontext = _lage(sats) | {
        "rapporter": [
            (RAPPORTER[nyckel].namn if nyckel in RAPPORTER else nyckel, filer)
            for nyckel, filer in per_rapport.items()
            if filer
        ]
    }
    return render(request, "uppfoljning/arssats/sats.html", kontext)


@require_POST
@kraver(Ratt.GORA_TJANSTEUTLATANDE, egen_transaktion=True)
def gor_om(request: HttpRequest, pk: int) -> HttpResponse:
    """Make anew what failed."""
    sats = get_object_or_404(Arssats, pk=pk)
    try:
        antal = bestallning.gor_om(sats=sats, av=inloggad(request))
        messages.success(request, f"{antal_ord(antal, 'fil', 'filer')} görs om.")
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    return redirect("uppfoljning:arssats", pk)


@require_safe
@kraver(Ratt.GORA_TJANSTEUTLATANDE)
def fil(_: HttpRequest, pk: int) -> HttpResponse:
    """One of the files."""
    ett = get_object_or_404(Arsfil.objects.exclude(klar=None), pk=pk)
    try:
        innehall = (Path(settings.FILER_DIR) / ett.sokvag).read_bytes()
    except FileNotFoundError as fel:
        msg = "Filen saknas på disken. Beställ rapporterna på nytt."
        raise Http404(msg) from fel
    return som_fil(innehall, Path(ett.sokvag).name)


def _lage(sats: Arssats) -> dict[str, object]:
    filer = list(sats.filer.all())
    klara, felade = sum(ett.klar is not None for ett in filer), sum(bool(ett.fel) for ett in filer)
    return {"sats": sats, "alla": len(filer), "klara": klara, "felade": felade, "vantar": len(filer) - klara - felade}
