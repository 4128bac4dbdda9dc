"""Bonuses that are paid and questioned: the list, the page where a person decides, and when an anställning ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beslut import tillgang
from beslut.views.gemensamt import formularsida
from beslut.visning import person_i_ord
from ersattning import aterkrav, bonusbeslut
from ersattning.aterkrav import Fall
from ersattning.bonusformular import Aterkravsform, Slutform
from ersattning.bonusord import aterkravsval, skal_i_ord
from ersattning.models import Anstallning, Ersattningsrad
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import giltig_i_ord
from grund.tid import Manad
from grund.tillgang import inloggad, kraver

_OM_SLUTET = [
    (
        "Vad som händer",
        [
            "Resten av en bonus betalas bara om personen är anställd hela kvalificeringstiden.",
            "Det som redan är betalt står kvar tills någon beslutar om det, under Att ta ställning till.",
        ],
    )
]


@require_safe
@kraver(Ratt.SE_BONUS)
def lista(request: HttpRequest) -> HttpResponse:
    """What nobody has decided about, and every paid bonus."""
    alla = aterkrav.fallen()
    tillgang.anteckna(request, *{ett.person.pk for ett in alla}, sida="arbetsbonus, att ta ställning till")
    vem = inloggad(request)
    rader = [_rad(ett, vem) for ett in alla]
    kontext = {
        "oppna": [rad for rad in rader if rad["fall"].oppna],
        "ovriga": [rad for rad in rader if not rad["fall"].oppna],
    }
    return render(request, "ersattning/bonus/aterkrav.html", kontext)


def _rad(fall: Fall, vem: Anvandare) -> dict[str, Any]:
    return {
        "fall": fall,
        "person": person_i_ord(fall.person),
        "synlig": tillgang.far_se(vem, fall.person),
        "enhet": fall.rader[0].enhet.namn,
        "skal": [skal_i_ord(fall, ett) for ett in fall.oppna],
    }


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_BONUS)
def fall(request: HttpRequest, pk: int) -> HttpResponse:
    """A paid bonus: what has happened, what was paid, and the decision."""
    ett, vem = _hamta(request, pk), inloggad(request)
    hinder = aterkrav.hinder_for_beslut(ett, vem)
    form = None
    if not hinder or request.method == "POST":
        form = Aterkravsform(request.POST or None, val=aterkravsval(ett), initial={"sedda": "\n".join(ett.sett)})
    if form and request.method == "POST" and form.is_valid() and _besluta(request, form, ett, vem):
        return redirect("ersattning:aterkrav")
    kontext = _kontext(ett, vem) | {"form": form, "hinder": hinder}
    return render(request, "ersattning/bonus/fall.html", kontext)


def _hamta(request: HttpRequest, pk: int) -> Fall:
    ett = aterkrav.hamta(pk)
    if ett is None:
        msg = "Bonusen finns inte, eller är inte fastställd."
        raise Http404(msg)
    if not tillgang.far_se(inloggad(request), ett.person):
        raise tillgang.ArSkyddad
    tillgang.anteckna(request, ett.person.pk, sida="arbetsbonus, återkrav")
    return ett


def _besluta(request: HttpRequest, form: Aterkravsform, ett: Fall, vem: Anvandare) -> bool:
    try:
        aterkrav.besluta(
            rad_pk=ett.pk,
            tas_tillbaka=form.tas_tillbaka,
            motiv=form.cleaned_data["motiv"],
            sedda=form.cleaned_data["sedda"].splitlines(),
            av=vem,
            nu=klocka.nu(),
        )
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    klart = (
        "Bonusen är återkrävd. Den tas tillbaka i nästa öppna körning." if form.tas_tillbaka else "Bonusen står kvar."
    )
    messages.success(request, klart)
    return True


def _kontext(ett: Fall, vem: Anvandare) -> dict[str, Any]:
    tillbaka = {
        rad.krediterar_id: Manad.av(rad.korning.manad)
        for rad in Ersattningsrad.objects.filter(krediterar__in=ett.rader).select_related("korning")
    }
    aterkravda = set(ett.aterkrav.rader.values_list("rad", flat=True)) if ett.aterkrav else set()
    return {
        "fall": ett,
        "person": person_i_ord(ett.person),
        "rader": [
            {
                "rad": rad,
                "manad": Manad.av(rad.korning.manad),
                "tillbaka": tillbaka.get(rad.pk),
                "ska": rad.pk in aterkravda,
            }
            for rad in ett.rader
        ],
        "skal": [skal_i_ord(ett, skal) for skal in ett.oppna],
        "anstallning": ett.anstallning,
        "giltig": giltig_i_ord(ett.anstallning.fran, ett.anstallning.till) if ett.anstallning else "",
        "provningar": list(reversed(ett.provningar)),
        "far_prova": har_ratt(vem.roller, Ratt.PROVA_BONUS),
        "far_forklara": har_ratt(vem.roller, Ratt.SE_ERSATTNING),
    }


@require_http_methods(["GET", "POST"])
@kraver(Ratt.PROVA_BONUS)
def slut(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an anställning, or that it goes on."""
    jobb, vem = get_object_or_404(Anstallning.objects.select_related("person"), pk=pk), inloggad(request)
    if not tillgang.far_se(vem, jobb.person):
        raise tillgang.ArSkyddad
    tillgang.anteckna(request, jobb.person_id, sida="anställning, slut")
    sedd = {"sista": bonusbeslut.sista_dag(jobb), "sedd": jobb.till.isoformat() if jobb.till else ""}
    form = Slutform(request.POST or None, initial=sedd)
    if request.method == "POST" and form.is_valid() and _registrera_slut(form, jobb, vem):
        messages.success(request, "Anställningens slut är registrerat.")
        return redirect("ersattning:aterkrav")
    lista_ = reverse("ersattning:aterkrav")
    return formularsida(
        request,
        form,
        rubrik="Anställningens slut",
        knapp="Spara",
        avbryt=lista_,
        smulor=[("Arbetsbonus", reverse("ersattning:kommunens_bonusansokningar")), ("Anställningens slut", "")],
        ingress=f"{person_i_ord(jobb.person)}, {jobb.nyckel}, {giltig_i_ord(jobb.fran, jobb.till)}.",
        hjalp=_OM_SLUTET,
    )


def _registrera_slut(form: Slutform, jobb: Anstallning, vem: Anvandare) -> bool:
    try:
        bonusbeslut.registrera_slut(
            anstallning=jobb, sista=form.cleaned_data["sista"], sedd_till=form.sedd_till, av=vem
        )
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    return True
