"""The nämnd's delegation: everybody who decides may see it, the gruppchef changes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from beslut.actions.delegation import OBJEKT, avsluta_delegation, lagg_in_grundforslag, lagg_till_delegation
from beslut.akt import handelserader
from beslut.delegation import Delegationsregel
from beslut.delegationsvy import grupper
from beslut.forms.forslag import Delegationsform
from beslut.models import Delegation
from beslut.regler import Insats, Omfattningsenhet, Utfall
from beslut.views.gemensamt import forsok, lyckas
from grund import klocka
from grund.behorighet import Ratt, Roll, har_ratt
from grund.tillgang import inloggad, kraver


@kraver(Ratt.HANDLAGGA)
def delegation(request: HttpRequest) -> HttpResponse:
    """Who decides what, as it holds today and from later days; a form for those who may add a row."""
    far_andra = har_ratt(inloggad(request).roller, Ratt.SKOTA_DELEGATION)
    form = Delegationsform(request.POST or None, initial={"fran": klocka.idag()})
    if request.method == "POST" and not far_andra:
        messages.error(request, "Bara gruppchef kan ändra delegationen.")
        return redirect("beslut:delegation")

    def gor() -> None:
        lagg_till_delegation(regel=_regel(form.cleaned_data), fran=form.cleaned_data["fran"], av=inloggad(request))

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Raden är tillagd.")
        return redirect("beslut:delegation")
    kontext = {
        "grupper": grupper(klocka.idag()),
        "form": form,
        "far_andra": far_andra,
        "handelser": handelserader([OBJEKT]),
    }
    return render(request, "beslut/delegation.html", kontext)


def _regel(varden: dict[str, object]) -> Delegationsregel:
    return Delegationsregel(
        Roll(str(varden["roll"])),
        Insats(str(varden["insats"])),
        Utfall(str(varden["utfall"])) if varden["utfall"] else None,
        varden["hogst_omfattning"],  # type: ignore[arg-type]  # the form has read it
        Omfattningsenhet(str(varden["enhet"])) if varden["enhet"] else None,
        varden["hogst_kostnad"],  # type: ignore[arg-type]
        bool(varden["fyra_ogon"]),
    )


@require_POST
@kraver(Ratt.SKOTA_DELEGATION)
def grundforslag(request: HttpRequest) -> HttpResponse:
    """Begin from the proposal of the house."""
    forsok(
        request,
        lambda: lagg_in_grundforslag(fran=klocka.idag(), av=inloggad(request)),
        "Grundförslaget är inlagt. Gå igenom det mot nämndens delegationsordning.",
    )
    return redirect("beslut:delegation")


@require_POST
@kraver(Ratt.SKOTA_DELEGATION)
def upphor(request: HttpRequest, pk: int) -> HttpResponse:
    """End a row today."""
    rad = get_object_or_404(Delegation, pk=pk)
    forsok(
        request,
        lambda: avsluta_delegation(rad=rad, till=klocka.idag(), av=inloggad(request)),
        "Raden gäller inte längre.",
    )
    return redirect("beslut:delegation")
