"""Invoices: taken in, listed, held beside the underlag, and what is done about those that do not agree."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_tables2 import RequestConfig

from ersattning import fakturahantering, fakturalista, fakturamottagning, fakturaprovning
from ersattning.fakturaformular import Atgardsform, Fakturafilter, Inlasningsform
from ersattning.fakturaregler import ATT_HANTERA, Fakturaatgard
from ersattning.fakturatabeller import Fakturatabell, Filtabell, fakturamarke, period_i_ord
from ersattning.fakturavisning import fakta, nyckeltal, rader_i_ord
from ersattning.models import Faktura, Fakturafil, Fakturarad
from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.hinder import Hindrad
from grund.text import antal_ord
from grund.tillgang import inloggad, kraver

PER_SIDA = 50


@kraver(Ratt.SE_ERSATTNING)
def lista(request: HttpRequest) -> HttpResponse:
    """The invoices, and how many of them need a hand."""
    alla = fakturalista.fakturor()
    filter_ = Fakturafilter(request.GET, queryset=alla)
    urval: Any = filter_.qs if filter_.form.is_valid() else alla.none()
    summor = urval.aggregate(belopp_s=Sum("belopp", default=0), differens_s=Sum("lage__differens", default=0))
    tabell = Fakturatabell(
        urval.order_by("lage__avslutad", "-fran", "utforare__namn", "nummer", "pk"),
        summor={"belopp": summor["belopp_s"], "differens": summor["differens_s"]},
    )
    _sidvis(request, tabell)
    laget = fakturalista.laget()
    kontext = {
        "form": filter_.form,
        "tabell": tabell,
        "laget": laget,
        "nyckeltal": nyckeltal(laget),
        "far_hantera": _far_hantera(request),
        "provbara": fakturalista.vantar_pa_fast_manad() if laget.vantar else 0,
    }
    return render(request, "ersattning/fakturor.html", kontext)


def _sidvis(request: HttpRequest, tabell: Any) -> None:
    """The page that the address asks for, or the nearest there is."""
    RequestConfig(request, paginate=False).configure(tabell)
    sida = Paginator(tabell.rows, PER_SIDA).get_page(request.GET.get("page"))
    tabell.paginate(page=sida.number, per_page=PER_SIDA)


def _far_hantera(request: HttpRequest) -> bool:
    return har_ratt(inloggad(request).roller, Ratt.GRANSKA_MANAD)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.GRANSKA_MANAD)
def las_in(request: HttpRequest) -> HttpResponse:
    """Take in files."""
    form = Inlasningsform(request.POST, request.FILES) if request.method == "POST" else Inlasningsform()
    if form.is_bound and form.is_valid():
        filer = fakturamottagning.ta_emot(filer=form.inkomna(), av=inloggad(request), nu=klocka.nu())
        return _inlast(request, filer)
    return render(request, "ersattning/fakturor_in.html", {"form": form})


def _inlast(request: HttpRequest, filer: list[Fakturafil]) -> HttpResponse:
    """Say what came, and go to where it shows."""
    nekade = [fil for fil in filer if not fil.antal]
    antal = sum(fil.antal for fil in filer)
    if antal:
        messages.success(request, f"{antal_ord(antal, 'faktura är inläst', 'fakturor är inlästa')} och prövade.")
    if maskade := sum(fil.maskade for fil in filer):
        text = f"{antal_ord(maskade, 'personuppgift', 'personuppgifter')} togs bort ur texterna innan de sparades."
        messages.warning(request, f"{text} Be utföraren att inte skriva personnummer eller namn på fakturor.")
    if nekade:
        text = f"{antal_ord(len(nekade), 'fil lästes', 'filer lästes')} inte in. Skälen står nedan."
        messages.error(request, text)
        return redirect(reverse("ersattning:fakturafiler", query={"visa": "nekade"}))
    return redirect("ersattning:fakturor")


@kraver(Ratt.SE_ERSATTNING)
def filer(request: HttpRequest) -> HttpResponse:
    """The files that have come, and why those were refused that were."""
    bara_nekade = request.GET.get("visa") == "nekade"
    alla = fakturalista.filer()
    tabell = Filtabell(alla.filter(antal=0) if bara_nekade else alla)
    _sidvis(request, tabell)
    kontext = {"tabell": tabell, "far_hantera": _far_hantera(request), "bara_nekade": bara_nekade}
    return render(request, "ersattning/fakturafiler.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_ERSATTNING)
def faktura(request: HttpRequest, pk: int) -> HttpResponse:
    """An invoice beside the underlag. A post notes what is done about it."""
    ett = get_object_or_404(Faktura.objects.select_related("utforare", "fil__av", "lage"), pk=pk)
    form = _atgardsform(request, ett)
    if form is not None and form.is_bound and form.is_valid() and _anteckna(request, ett, form):
        return redirect("ersattning:faktura", ett.pk)
    alla = rader_i_ord(fakturalista.rader(ett))
    sida = Paginator([rad for rad in alla if not rad.att_hantera], PER_SIDA).get_page(request.GET.get("page"))
    kontext = {
        "faktura": ett,
        "marke": fakturamarke(ett.lage.status),
        "period": period_i_ord(ett),
        "fakta": fakta(ett),
        "att_hantera": [rad for rad in alla if rad.att_hantera],
        "sida": sida,
        "form": form,
        "anteckningar": ett.anteckningar.select_related("av").order_by("-pk"),
        "far_hantera": _far_hantera(request),
    }
    return render(request, "ersattning/faktura.html", kontext)


def _atgardsform(request: HttpRequest, ett: Faktura) -> Atgardsform | None:
    """The form, with what was posted; None when there is nothing to do. Who posts without the right is refused."""
    if request.method == "POST":
        if hinder := hinder_for_ratt(inloggad(request).roller, Ratt.GRANSKA_MANAD):
            raise PermissionDenied(" ".join(hinder))
        return Atgardsform(request.POST)
    form = Atgardsform(initial={"sett": fakturahantering.som_sett(ett.lage)})
    return form if _far_hantera(request) and ett.lage.status in ATT_HANTERA else None


def _anteckna(request: HttpRequest, ett: Faktura, form: Atgardsform) -> bool:
    """Note it and say so; or leave in the form why not."""
    atgard, text = Fakturaatgard(form.cleaned_data["atgard"]), form.cleaned_data["text"]
    try:
        ny = fakturahantering.anteckna_atgard(
            faktura=ett,
            atgard=atgard,
            text=text,
            av=inloggad(request),
            nu=klocka.nu(),
            sett=form.cleaned_data["sett"],
        )
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        form.visar(fakturahantering.som_sett(ett.lage))
        return False
    messages.success(request, f"Antecknat: {atgard.label}." if ny else "Det var redan antecknat.")
    return True


@require_POST
@kraver(Ratt.GRANSKA_MANAD)
def koppla(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a suggestion."""
    rad = get_object_or_404(Fakturarad.objects.select_related("faktura"), pk=pk)
    delar = request.POST.get("forslag", "").split("-")
    rader = [int(ett) for ett in delar if ett.isdecimal() and len(ett) < 19]
    try:
        fakturahantering.koppla(rad=rad, rader=rader, av=inloggad(request), nu=klocka.nu())
        messages.success(request, f"Rad {rad.nummer} är kopplad till underlaget.")
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    return redirect("ersattning:faktura", rad.faktura_id)


@require_POST
@kraver(Ratt.GRANSKA_MANAD)
def lossa(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an accepted suggestion."""
    rad = get_object_or_404(Fakturarad.objects.select_related("faktura"), pk=pk)
    try:
        fakturahantering.lossa(rad=rad, av=inloggad(request), nu=klocka.nu())
        messages.success(request, f"Kopplingen av rad {rad.nummer} är borttagen.")
    except Hindrad as hinder:
        messages.error(request, " ".join(hinder.orsaker))
    return redirect("ersattning:faktura", rad.faktura_id)


@require_POST
@kraver(Ratt.GRANSKA_MANAD)
def prova(request: HttpRequest) -> HttpResponse:
    """Try the open lines again, after a month has been settled."""
    antal = fakturaprovning.prova_vantande(av=inloggad(request), nu=klocka.nu())
    text = f"{antal_ord(antal, 'rad har', 'rader har')} fått ett nytt läge." if antal else "Inget läge ändrades."
    messages.success(request, f"Öppna rader är prövade på nytt. {text}")
    return redirect("ersattning:fakturor")
