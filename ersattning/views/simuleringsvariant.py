"""A variant of a simulering: a new one, changed, and taken away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ersattning.models import Simulering, Simuleringsvariant
from ersattning.simulering import actions
from ersattning.simulering.variantform import Variantform, variantens_initial
from ersattning.views.simulering import forsok, hamta_simulering
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SIMULERA)
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """A variant more."""
    simulering = hamta_simulering(pk)
    form = Variantform(request.POST or None, insats=simulering.insats)
    return _svara(request, simulering, form, None)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SIMULERA)
def andra(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    """Change a variant."""
    simulering = hamta_simulering(pk)
    variant = _variant(simulering, nummer)
    form = Variantform(request.POST or None, insats=simulering.insats, initial=variantens_initial(variant))
    return _svara(request, simulering, form, variant)


def _variant(simulering: Simulering, nummer: int) -> Simuleringsvariant:
    variant = simulering.varianter.filter(nummer=nummer, nummer__gt=0, punkt=None).first()
    if variant is None:
        msg = "Varianten finns inte."
        raise Http404(msg)
    return variant


def _svara(
    request: HttpRequest, simulering: Simulering, form: Variantform, variant: Simuleringsvariant | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():

        def gor() -> str:
            sparad = actions.spara_variant(
                simulering=simulering,
                nummer=variant.nummer if variant else None,
                variant=form.variant(),
                av=inloggad(request),
            )
            return f"Varianten ”{sparad.namn}” är sparad."

        return forsok(request, simulering, gor)
    sammanhang = {"simulering": simulering, "form": form, "variant": variant}
    return render(request, "ersattning/simulering/variant.html", sammanhang)


@require_POST
@kraver(Ratt.SIMULERA)
def ta_bort(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    """Take a variant away."""
    simulering = hamta_simulering(pk)

    def gor() -> str:
        actions.ta_bort_variant(simulering=simulering, nummer=nummer, av=inloggad(request))
        return "Varianten är borttagen."

    return forsok(request, simulering, gor)
