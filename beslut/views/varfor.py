"""Why somebody looks at a person outside their assignments: asked before anything is shown, and kept in the log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from beslut import tillgang
from beslut.forms.varfor import Varforform
from beslut.models import Person
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver


@require_POST
@kraver(Ratt.HANDLAGGA)
def varfor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reason, and go on to the page that was asked for."""
    person = get_object_or_404(Person, pk=pk)
    if not tillgang.far_se(inloggad(request), person):
        raise tillgang.ArSkyddad
    form = Varforform(request.POST)
    nasta = _egen_adress(request.POST.get("nasta", ""))
    if not form.is_valid():
        return render(request, "beslut/varfor.html", {"form": form, "person": person, "nasta": nasta})
    tillgang.minns_motiv(request, person, form.cleaned_data["motiv"])
    return redirect(nasta)


def _egen_adress(adress: str) -> str:
    """An address of ours, never somebody else's."""
    egen = adress.startswith("/") and url_has_allowed_host_and_scheme(adress, allowed_hosts=None)
    return adress if egen else "/"
