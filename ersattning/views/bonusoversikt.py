"""What arbetsbonus comes to and gives, and kvalitetspeng on trial."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from beslut import tillgang
from beslut.visning import person_i_ord
from ersattning import bonusoversikt
from ersattning.bonusformular import Kvalitetsform
from ersattning.bonusord import effektbild
from ersattning.kvalitetspeng import Vikt, fordela
from ersattning.regler import Prisenhet
from grund import klocka
from grund.behorighet import Ratt
from grund.pengar import avrunda
from grund.text import giltig_i_ord
from grund.tillgang import kraver


class Dagform(forms.Form):
    """How many paid days a whole month is taken to have."""

    dagar = forms.IntegerField(
        label="Betalda dagar i en hel månad",
        min_value=1,
        max_value=31,
        widget=forms.NumberInput(attrs={"class": "kort-ruta"}),
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], "Skriv ett tal, 1–31."),
    )


@require_safe
@kraver(Ratt.SE_BONUS)
def utfall(request: HttpRequest) -> HttpResponse:
    """Each rule's year against its cap, and the effect month by month."""
    idag, form = klocka.idag(), Dagform(request.GET if "dagar" in request.GET else None)
    dagar = form.cleaned_data["dagar"] if form.is_bound and form.is_valid() else bonusoversikt.VANLIGA_DAGAR
    effekt = bonusoversikt.effekten(idag, dagar)
    tillgang.anteckna(request, *{ett.fall.person.pk for ett in effekt.personer}, sida="arbetsbonus, utfall")
    kontext = {
        "arsrader": bonusoversikt.arsrader(idag),
        "effekt": effekt,
        "sist": effekt.manader[-1] if effekt.manader else None,
        "bild": effektbild(effekt.manader),
        "personer": [_person(ett) for ett in effekt.personer],
        "form": form if form.is_bound else Dagform(initial={"dagar": dagar}),
    }
    return render(request, "ersattning/bonus/utfall.html", kontext)


def _person(ett: bonusoversikt.Personeffekt) -> dict[str, Any]:
    return {
        "ett": ett,
        "person": person_i_ord(ett.fall.person),
        "enhet": f"per {Prisenhet(ett.pris.enhet).label}" if ett.pris else "",
        "tid": giltig_i_ord(ett.fran, ett.till) if ett.fran else "har kvar daglig verksamhet",
    }


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_BONUS)
def kvalitetspeng(request: HttpRequest) -> HttpResponse:
    """A pot over enheter by survey results. Nothing is stored, so the answer is shown at once."""
    form, andelar = Kvalitetsform(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        andelar = fordela(data["pott"], data["resultat"], Vikt(data["vikt"]))
    kontext: dict[str, Any] = {
        "form": form,
        "andelar": None if andelar is None else [(a, avrunda(a.andel * 100, 1)) for a in andelar],
        "summa": sum(a.belopp for a in andelar or ()),
        "utan": [a.resultat.enhet for a in andelar or () if a.for_fa_svar],
    }
    return render(request, "ersattning/bonus/kvalitetspeng.html", kontext)
