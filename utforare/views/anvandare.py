"""Where a user who reports for a utförare works, for the systemförvaltare. Shows no person that is decided about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from grund import klocka
from grund.behorighet import Ratt
from grund.models import Anvandare
from grund.tillgang import inloggad, kraver
from utforare import anstallningar
from utforare.actions import tillhorighet as actions
from utforare.forms.tillhorighet import Enhetsform, Slutdagsform
from utforare.models import Tillhorighet
from utforare.views.steg import forsok


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORVALTA_ANVANDARE)
def enheter(request: HttpRequest, pk: int) -> HttpResponse:
    """The user's enheter, now, before and later; give one more."""
    user, vem, idag = get_object_or_404(Anvandare, pk=pk), inloggad(request), klocka.idag()
    form = Enhetsform(request.POST or None, enheter=anstallningar.valbara(user, idag), initial={"fran": idag})

    def gor() -> str:
        data = form.cleaned_data
        actions.ge_enhet(anvandare=user, enhet=data["enhet"], fran=data["fran"], sista=data["sista"], av=vem)
        return f"{user.username} rapporterar för {data['enhet'].namn}."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("utforare:anvandarens_enheter", pk)
    kontext = {
        "anvandare": user,
        "form": form,
        "rader": anstallningar.rader(user, idag),
        "hinder": actions.hinder_for_forvaltning(user, vem) + anstallningar.hinder_for_roll(user),
    }
    return render(request, "utforare/anvandarens_enheter.html", kontext)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORVALTA_ANVANDARE)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day at an enhet."""
    ett = get_object_or_404(Tillhorighet.objects.select_related("anvandare", "enhet__utforare"), pk=pk)
    form = Slutdagsform(request.POST or None, initial={"sista": klocka.idag()})

    def gor() -> str:
        actions.avsluta_tillhorighet(tillhorighet=ett, sista=form.cleaned_data["sista"], av=inloggad(request))
        return "Sparat."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("utforare:anvandarens_enheter", ett.anvandare_id)
    hinder = actions.hinder_for_forvaltning(ett.anvandare, inloggad(request))
    return render(request, "utforare/avsluta_enhet.html", {"ett": ett, "form": form, "hinder": hinder})
