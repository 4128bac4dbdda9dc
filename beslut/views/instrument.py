"""Instruments of nivåbedömning: the list, a version, a draft to change, and to take one into use."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from beslut import instrument as las
from beslut import nivavisning
from beslut.actions import instrument as actions
from beslut.forms.instrument import Bruksform, Instrumentform, formset, initialt, som_utkast
from beslut.models import Instrument
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.text import datum_i_ord
from grund.tillgang import inloggad, kraver


@kraver(Ratt.PROVA_NIVA)
def lista(request: HttpRequest) -> HttpResponse:
    """Every version, those of one instrument together."""
    rader = [(ett, nivavisning.insatser(ett), lage(ett)) for ett in las.versioner()]
    return render(request, "beslut/instrument/lista.html", {"rader": rader})


def lage(instrument: Instrument) -> tuple[str, str]:
    """The colour of its frame and what stands in it."""
    idag = klocka.idag()
    if instrument.fran is None:
        return "info", "Utkast"
    if instrument.till and instrument.till <= idag:
        return "default", "Används inte längre"
    return ("success", "Används") if instrument.fran <= idag else ("warning", "Kommande")


def _hamta(pk: int) -> Instrument:
    return get_object_or_404(las.med_delar().select_related("i_bruk_av"), pk=pk)


@kraver(Ratt.PROVA_NIVA)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: its areas with their weights, and its limits."""
    return _visa(request, _hamta(pk), Bruksform(initial={"fran": klocka.idag()}))


def _visa(request: HttpRequest, ett: Instrument, form: Bruksform) -> HttpResponse:
    kontext = {
        "instrument": ett,
        "insatser": nivavisning.insatser(ett),
        "lage": lage(ett),
        "mest": nivavisning.mest_poang(ett),
        "granser": nivavisning.granser_i_par(ett),
        "form": form,
        "hinder": las.hinder_for_innehall(ett) if ett.ar_utkast else [],
        "arenden": ett.arenden.count(),
    }
    return render(request, "beslut/instrument/visa.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.PROVA_NIVA)
def nytt(request: HttpRequest) -> HttpResponse:
    """A new instrument, as a draft."""
    return _fyll_i(request, None)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.PROVA_NIVA)
def andra(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; a version in use is only looked at."""
    ett = _hamta(pk)
    if not ett.ar_utkast:
        messages.error(request, f"{ett} är tagen i bruk och ändras aldrig. Gör en ny version.")
        return redirect("beslut:instrument", pk)
    return _fyll_i(request, ett)


def _fyll_i(request: HttpRequest, ett: Instrument | None) -> HttpResponse:
    data = request.POST or None
    form = Instrumentform(data, med_namn=ett is None, initial=initialt(ett) if ett else {"hogst_utan_tal": 1})
    omraden, granser = formset(data, ett)
    hinder: list[str] = []
    if request.method == "POST" and all([form.is_valid(), omraden.is_valid(), granser.is_valid()]):
        utkast = som_utkast(ett.namn if ett else "", form, omraden, granser)
        try:
            if ett is None:
                sparat = actions.skapa_instrument(utkast=utkast, av=inloggad(request))
            else:
                sparat = actions.andra_utkast(instrument=ett, utkast=utkast, av=inloggad(request))
        except Hindrad as fel:
            hinder = fel.orsaker
        else:
            messages.success(request, "Utkastet är sparat.")
            return redirect("beslut:instrument", sparat.pk)
    kontext = {"instrument": ett, "form": form, "omraden": omraden, "granser": granser, "hinder": hinder}
    return render(request, "beslut/instrument/fyll_i.html", kontext)


@require_POST
@kraver(Ratt.PROVA_NIVA)
def ny_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of the next version, like this one."""
    ett = _hamta(pk)

    def gor() -> HttpResponse:
        ny = actions.ny_version(instrument=ett, av=inloggad(request))
        messages.success(request, f"{ny} är ett utkast. Ändra det och ta det i bruk.")
        return redirect("beslut:instrument_andra", ny.pk)

    return _forsok(request, pk, gor)


@require_POST
@kraver(Ratt.PROVA_NIVA)
def ta_i_bruk(request: HttpRequest, pk: int) -> HttpResponse:
    """Use the draft from a day."""
    ett, form = _hamta(pk), Bruksform(request.POST)
    if not form.is_valid():
        return _visa(request, ett, form)

    def gor() -> HttpResponse:
        fran = form.cleaned_data["fran"]
        actions.ta_i_bruk(instrument=ett, fran=fran, av=inloggad(request), idag=klocka.idag())
        messages.success(request, f"{ett} används från {datum_i_ord(fran)}.")
        return redirect("beslut:instrument", pk)

    return _forsok(request, pk, gor)


@require_POST
@kraver(Ratt.PROVA_NIVA)
def ta_bort(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    ett = _hamta(pk)

    def gor() -> HttpResponse:
        actions.ta_bort_utkast(instrument=ett, av=inloggad(request))
        messages.success(request, "Utkastet är borttaget.")
        return redirect("beslut:instrumenten")

    return _forsok(request, pk, gor)


def _forsok(request: HttpRequest, pk: int, gor: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it, or say why not on the version's page."""
    try:
        return gor()
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
        return redirect("beslut:instrument", pk)
