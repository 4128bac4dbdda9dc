"""Justeringar: the list, a new one, one with what it does, and the steps that it takes (R51)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from beslut.tillgang import ArSkyddad, anteckna, far_se
from ersattning import intyg, justeringar, justeringsvisning
from ersattning.justeringsform import Justeringsfilter, Justeringsform, Svarsform, Tillbakaform, ifylld
from ersattning.justeringstabell import Justeringstabell, lagesmarke
from ersattning.models import Ersattningsrad, Justering
from ersattning.regler import Justeringslage
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.skickat import pk_ur
from grund.tillgang import inloggad, kraver

PER_SIDA = 50
_ALLA = Justering.objects.select_related("utforare", "enhet", "person", "foreslagen_av", "avgjord_av", "motverkar")


@kraver(Ratt.SE_JUSTERINGAR)
def lista(request: HttpRequest) -> HttpResponse:
    """All of them, the latest first. The foot's sum is of all that the filter lets through."""
    rader = Ersattningsrad.objects.filter(justering=OuterRef("pk"))
    alla = _ALLA.annotate(rad_manad=Subquery(rader.values("korning__manad")[:1]))
    filter_ = Justeringsfilter(request.GET, queryset=alla)
    urval: Any = filter_.qs if filter_.form.is_valid() else alla.none()
    godkanda = urval.filter(status=Justeringslage.GODKAND)
    summa = godkanda.aggregate(summa=Sum("belopp", default=Decimal(0)))["summa"]
    tabell = Justeringstabell(urval.order_by("-pk"), summa=summa)
    sida = Paginator(tabell.rows, PER_SIDA).get_page(request.GET.get("page"))
    tabell.paginate(page=sida.number, per_page=PER_SIDA)
    kontext = {
        "form": filter_.form,
        "tabell": tabell,
        "finns": Justering.objects.exists(),
        "far_foresla": har_ratt(inloggad(request).roller, Ratt.FORESLA_JUSTERING),
    }
    return render(request, "ersattning/justeringar.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORESLA_JUSTERING)
def ny(request: HttpRequest) -> HttpResponse:
    """Propose one; the button for its effect shows that and stores nothing. The address may name one to copy."""
    visa = "visa" in request.POST
    form = Justeringsform(
        request.POST or None,
        request.FILES or None,
        idag=klocka.idag(),
        utan_bilaga=visa,
        initial=_forifyllt(request),
    )
    effekt = None
    if request.method == "POST" and form.is_valid():
        if not visa and (svar := _foresla(request, form)):
            return svar
        if visa and not _hindrad(form, justeringar.hinder_for_uppgifter(form.uppgifter)):
            vad = form.uppgifter
            effekt = justeringsvisning.effekt(vad.utforare, vad.med_tecken, vad.manad)
    return render(request, "ersattning/justering_ny.html", {"form": form, "effekt": effekt, "visa": visa})


def _forifyllt(request: HttpRequest) -> dict[str, Any]:
    """What the address says that the form begins with."""
    pk = pk_ur(request.GET.get("kopia", ""))
    kopia = _ALLA.filter(pk=pk).first() if pk else None
    if kopia is None:
        return {"utforare": request.GET.get("utforare", "")}
    if kopia.person_id:
        anteckna(request, kopia.person_id, sida="ny justering")
    return ifylld(kopia)


def _foresla(request: HttpRequest, form: Justeringsform) -> HttpResponse | None:
    try:
        ny_ = justeringar.foresla(uppgifter=form.uppgifter, bilaga=form.bilagan, av=inloggad(request), nu=klocka.nu())
    except Hindrad as hinder:
        _hindrad(form, hinder.orsaker)
        return None
    messages.success(request, f"{ny_} är föreslagen. Den betalas inte innan någon annan har godkänt den.")
    return redirect("ersattning:justering", ny_.pk)


def _hindrad(form: forms.Form, orsaker: list[str]) -> bool:
    """Leave in the form why not; whether there was anything."""
    for orsak in orsaker:
        form.add_error(None, orsak)
    return bool(orsaker)


def _hamta(request: HttpRequest, pk: int, sida: str) -> Justering:
    """One of them; about a person it is a look at the person, by key."""
    justering = get_object_or_404(_ALLA, pk=pk)
    if justering.person_id:
        anteckna(request, justering.person_id, sida=sida)
    return justering


@kraver(Ratt.SE_JUSTERINGAR)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what it is, what it does to its month, and what may be done with it."""
    return _visa(request, _hamta(request, pk, "justering"), Svarsform())


def _visa(request: HttpRequest, justering: Justering, svarsform: Svarsform) -> HttpResponse:
    vem = inloggad(request)
    kontext = {
        "justering": justering,
        "rubrik": justeringar.i_ord(justering),
        "marke": lagesmarke(justering.status),
        "fakta": justeringsvisning.fakta(justering, vem),
        "effekt": justeringsvisning.justeringens_effekt(justering),
        "svarsform": svarsform,
        "vill_avgora": har_ratt(vem.roller, Ratt.GODKANNA_JUSTERING),
        "hinder_for_avgorande": justeringar.hinder_for_avgorande(justering, vem),
        "kan_aterkallas": not justeringar.hinder_for_aterkallande(justering, vem),
        "kan_tas_tillbaka": not justeringar.hinder_for_att_ta_tillbaka(justering, vem),
        "far_foresla": har_ratt(vem.roller, Ratt.FORESLA_JUSTERING),
        "far_se_bilagan": justering.person is None or far_se(vem, justering.person),
    }
    return render(request, "ersattning/justering.html", kontext)


@require_POST
@kraver(Ratt.GODKANNA_JUSTERING)
def godkann(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve it, and say what it means for the month."""
    justering = _hamta(request, pk, "justering")

    def gor() -> str:
        justeringar.godkann(justering=justering, av=inloggad(request), nu=klocka.nu())
        effekt = justeringsvisning.justeringens_effekt(justering)
        return " ".join([f"{justering} är godkänd.", *effekt.meningar])

    return _steg(request, pk, gor)


@require_POST
@kraver(Ratt.GODKANNA_JUSTERING)
def neka(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse it with a reason."""
    justering, form = _hamta(request, pk, "justering"), Svarsform(request.POST)
    if not form.is_valid():
        return _visa(request, justering, form)

    def gor() -> str:
        svar = form.cleaned_data["svar"]
        justeringar.neka(justering=justering, svar=svar, av=inloggad(request), nu=klocka.nu())
        return f"{justering} är nekad."

    return _steg(request, pk, gor)


@require_POST
@kraver(Ratt.FORESLA_JUSTERING)
def aterkalla(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the own proposal back."""
    justering = _hamta(request, pk, "justering")

    def gor() -> str:
        justeringar.aterkalla(justering=justering, av=inloggad(request), nu=klocka.nu())
        return f"{justering} är återkallad."

    return _steg(request, pk, gor)


def _steg(request: HttpRequest, pk: int, gor: Callable[[], str]) -> HttpResponse:
    """Do it and say what was done, or say why not; then back to the page."""
    try:
        messages.success(request, gor())
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
    return redirect("ersattning:justering", pk)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORESLA_JUSTERING)
def ta_tillbaka(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the opposite of one that is godkänd."""
    justering, av = _hamta(request, pk, "ta tillbaka en justering"), inloggad(request)
    form = Tillbakaform(request.POST or None, request.FILES or None)
    hinder = justeringar.hinder_for_att_ta_tillbaka(justering, av)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            motsatt = justeringar.ta_tillbaka(
                justering=justering, motiv=data["motiv"], bilaga=data["bilaga"], av=av, nu=klocka.nu()
            )
        except Hindrad as fel:
            _hindrad(form, fel.orsaker)
        else:
            messages.success(request, f"{motsatt}, som tar tillbaka {justering}, är föreslagen.")
            return redirect("ersattning:justering", motsatt.pk)
    effekt = justeringsvisning.effekt(justering.utforare, -justering.belopp, justering.avser)
    kontext = {
        "justering": justering,
        "i_ord": justeringar.i_ord(justering),
        "form": form,
        "hinder": hinder,
        "effekt": effekt,
    }
    return render(request, "ersattning/justering_tillbaka.html", kontext)


@kraver(Ratt.SE_JUSTERINGAR)
def bilaga(request: HttpRequest, pk: int) -> HttpResponse:
    """The attachment, as it was handed in. It may name a person, so the protected are for the named users only."""
    justering = get_object_or_404(_ALLA.exclude(sokvag=""), pk=pk)
    if justering.person and not far_se(inloggad(request), justering.person):
        raise ArSkyddad
    innehall = intyg.las(justering.sokvag, justering.sha256)
    if innehall is None:
        msg = "Bilagan saknas på disken eller har ändrats. Lägg tillbaka den från säkerhetskopian."
        raise Http404(msg)
    if justering.person_id:
        anteckna(request, justering.person_id, sida="justeringens bilaga")
    svar = HttpResponse(innehall, content_type=intyg.mimetyp(justering.sokvag))
    svar["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=justering.bilagans_namn)
    return svar
