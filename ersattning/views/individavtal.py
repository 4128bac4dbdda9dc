"""Individavtal: the list with what they cost more, and one of them with how that was counted and why it is."""

from io import BytesIO

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beslut.tillgang import anteckna
from beslut.visning import person_i_ord
from ersattning import individavtal
from ersattning.individavtalsandring import motivera
from ersattning.individavtalslista import forklaring, motiven, rader, varfor_ingen_skillnad
from ersattning.individavtalstabell import OM_ARET, Individavtalstabell, skriv_arbetsbok
from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.pengar import avrunda
from grund.personnummer import utan_personnummer
from grund.tillgang import inloggad, kraver
from utforare.models import Avtal
from utforare.visning import avtal_i_ord


class Motivform(forms.Form):
    """Why the person has an avtal of their own."""

    motiv = forms.CharField(
        label="Varför personen har ett eget avtal",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[utan_personnummer],
        help_text="Vad som gör att prislistan inte räcker. Skriv inga namn och inga diagnoser.",
        error_messages={"required": "Skriv varför personen behöver ett eget avtal."},
    )


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def lista(request: HttpRequest) -> HttpResponse:
    """All that hold or are to come, the first to end first."""
    idag, roller = klocka.idag(), inloggad(request).roller
    sammanhang = {
        "tabell": Individavtalstabell(rader(individavtal.gallande(idag), idag), idag),
        "om_aret": OM_ARET,
        "far_utlatande": har_ratt(roller, Ratt.SE_RAPPORTER),
    }
    return render(request, "ersattning/individavtal/lista.html", sammanhang)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def arbetsbok(request: HttpRequest) -> HttpResponse:
    """The same as a workbook. Taken out, its persons are in the log."""
    idag, fil = klocka.idag(), BytesIO()
    alla = rader(individavtal.gallande(idag), idag)
    anteckna(request, *{rad.person_id for rad in alla}, sida="individavtal (Excel)")
    skriv_arbetsbok(fil, alla, idag=idag, nu=klocka.nu())
    return som_fil(fil.getvalue(), f"individavtal-{idag}.xlsx")


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_UNDERLAG)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """What it costs more, step by step, and why it is; who looks after avtal may say why."""
    avtal = get_object_or_404(
        Avtal.objects.select_related("utforare", "person", "prislista"), pk=pk, person__isnull=False
    )
    assert avtal.person is not None  # noqa: S101  it was asked for
    anteckna(request, avtal.person.pk, sida="individavtal")
    hinder = hinder_for_ratt(inloggad(request).roller, Ratt.SKOTA_AVTAL)
    form = Motivform(request.POST or None)
    if request.method == "POST":
        if hinder:
            raise PermissionDenied(" ".join(hinder))
        if form.is_valid() and _motivera(request, form, avtal):
            messages.success(request, "Motiveringen är sparad.")
            return redirect("ersattning:individavtal", pk)
    kostnad = individavtal.merkostnader([avtal], klocka.idag())[avtal.pk]
    sammanhang = {
        "avtal": avtal,
        "person": person_i_ord(avtal.person),
        "i_ord": avtal_i_ord(avtal),
        "kostnad": kostnad,
        "sidor": list(forklaring(kostnad)),
        "skillnad": None if kostnad.skillnad is None else avrunda(kostnad.skillnad),
        "varfor": varfor_ingen_skillnad(kostnad),
        "allmanna": Avtal.objects.filter(pk__in=kostnad.allmanna).select_related("prislista").order_by("fran"),
        "om_aret": OM_ARET,
        "motiven": motiven(avtal),
        "form": None if hinder else form,
    }
    return render(request, "ersattning/individavtal/visa.html", sammanhang)


def _motivera(request: HttpRequest, form: Motivform, avtal: Avtal) -> bool:
    try:
        motivera(avtal=avtal, motiv=form.cleaned_data["motiv"], av=inloggad(request), idag=klocka.idag())
    except Hindrad as fel:
        for orsak in fel.orsaker:
            form.add_error("motiv", orsak)
        return False
    return True
