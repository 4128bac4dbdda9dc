"""Why somebody looks at a person outside their assignments: asked before anything is shown, and kept in the log.

What a form had posted when the question came goes along: through the page as hidden fields, and on with the answer
(307), so that nothing that was typed is lost, and none of it stands in an address, the session or a log.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from beslut import tillgang
from beslut.forms.varfor import Varforform
from beslut.models import Person
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of Django's hidden field


def fraga(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask why, instead of what `request` asked for; nothing of it has been done."""
    kontext = {
        "form": Varforform(initial={"nasta": request.get_full_path(), "posta": request.method == "POST"}),
        "person": person,
        "med": list(_medskickat(request)),
        "utan_fil": bool(request.FILES),
    }
    return render(request, "beslut/varfor.html", kontext, status=403)


@require_POST
@kraver(Ratt.HANDLAGGA)
def varfor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reason, and go on to the page that was asked for, with what was posted to it."""
    person = get_object_or_404(Person, pk=pk)
    if not tillgang.far_se(inloggad(request), person):
        raise tillgang.ArSkyddad
    form = Varforform(request.POST)
    if not form.is_valid():
        kontext = {"form": form, "person": person, "med": list(_medskickat(request)), "utan_fil": False}
        return render(request, "beslut/varfor.html", kontext)
    tillgang.minns_motiv(request, person, form.cleaned_data["motiv"])
    return redirect(_egen_adress(form.cleaned_data["nasta"]), preserve_request=form.cleaned_data["posta"])


def _medskickat(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was filled in on the page that the question came instead of, name by name."""
    for namn, varden in request.POST.lists():
        if namn != _TOKEN and not namn.startswith(f"{Varforform.prefix}-"):
            yield from ((namn, str(varde)) for varde in varden)


def _egen_adress(adress: str) -> str:
    """An address of ours, never somebody else's."""
    egen = adress.startswith("/") and url_has_allowed_host_and_scheme(adress, allowed_hosts=None)
    return adress if egen else "/"
