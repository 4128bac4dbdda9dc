"""A person's register extract: who asks and what is kept back; then its files, made anew each time and never stored."""

from hashlib import file_digest

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beslut import tillgang
from beslut.views.gemensamt import hamta_person, lyckas
from grund import klocka
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.text import datum_i_ord, stor_forsta, tidpunkt_i_ord
from grund.tillgang import inloggad, kraver
from uppfoljning.models import Registerutdrag
from uppfoljning.registerutdrag import actions, data, dokument, forms
from uppfoljning.registerutdrag.grunder import Undantagsgrund
from uppfoljning.registerutdrag.information import svaras_senast
from uppfoljning.registerutdrag.kandidater import kandidater

_SIDA = "registerutdrag"


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.HANDLAGGA)
def nytt(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who asks, read the texts that may tell of others, and decide."""
    person = hamta_person(request, pk, sida=_SIDA)
    texter = kandidater(person.pk)
    form = forms.Utdragsform(request.POST or None, initial={"sett": forms.sett(texter)})
    former = forms.kandidatformer(request.POST or None, texter)
    gjorda: list[Registerutdrag] = []

    def gor() -> None:
        gjorda.append(
            actions.besluta_utdrag(
                person=person,
                **form.cleaned_data,
                undantag=forms.undantag(former),
                av=inloggad(request),
                nu=klocka.nu(),
                idag=klocka.idag(),
            )
        )

    if form.is_bound and form.is_valid() and all(ett.is_valid() for ett in former) and lyckas(form, gor):
        messages.success(request, "Utdraget är beslutat. Hämta filerna här.")
        return redirect("uppfoljning:registerutdrag", gjorda[0].pk)
    if form.is_bound:  # the page that is shown now has the texts as they are now
        form.data = request.POST.copy()
        form.data["sett"] = forms.sett(texter)
    kontext = {
        "person": person,
        "namn": tillgang.namn(inloggad(request), person),
        "form": form,
        "former": former,
        "tidigare": list(person.registerutdrag.order_by("-tidpunkt")),
    }
    return render(request, "uppfoljning/registerutdrag/nytt.html", kontext)


@require_safe
@kraver(Ratt.HANDLAGGA)
def utdrag(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, and buttons that fetch the files."""
    ett = _hamta(request, pk)
    kontext = {
        "utdrag": ett,
        "person": ett.person,
        "namn": tillgang.namn(inloggad(request), ett.person),
        "fakta": _fakta(ett),
        "undantag": _undantag(ett),
        "hinder": actions.hinder_for_filer(ett),
    }
    return render(request, "uppfoljning/registerutdrag/utdrag.html", kontext)


@require_POST
@kraver(Ratt.HANDLAGGA)
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document."""
    ett = _hamta(request, pk)
    if hinder := actions.hinder_for_filer(ett):
        return _nej(request, ett, hinder)
    bytes_, _ = dokument.gor(ett)
    actions.notera_fil(utdrag=ett, slag="PDF", innehall=bytes_, av=inloggad(request))
    return som_fil(bytes_, dokument.filnamn(ett, "pdf"))


@require_POST
@kraver(Ratt.HANDLAGGA)
def datafil(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The data and the person's documents, as a zip."""
    ett = _hamta(request, pk)
    if hinder := actions.hinder_for_filer(ett):
        return _nej(request, ett, hinder)
    fil = data.gor(ett)
    summa = file_digest(fil, "sha256").hexdigest()  # type: ignore[arg-type]  # an open file
    actions.notera_fil(utdrag=ett, slag="data", innehall=summa, av=inloggad(request))
    fil.seek(0)
    return FileResponse(fil, as_attachment=True, filename=dokument.filnamn(ett, "zip"))


def _hamta(request: HttpRequest, pk: int) -> Registerutdrag:
    ett = get_object_or_404(Registerutdrag.objects.select_related("person", "av"), pk=pk)
    tillgang.oppna(request, ett.person, sida=_SIDA)
    return ett


def _nej(request: HttpRequest, ett: Registerutdrag, hinder: list[str]) -> HttpResponse:
    messages.error(request, " ".join(hinder))
    return redirect("uppfoljning:registerutdrag", ett.pk)


def _fakta(ett: Registerutdrag) -> list[tuple[str, str]]:
    return [
        ("Begärt av", stor_forsta(ett.get_begarande_display())),
        ("Kom in", datum_i_ord(ett.begart)),
        ("Lämnas senast", datum_i_ord(svaras_senast(ett.begart))),
        ("Kontrollerat", ett.kontroll),
        ("Varför", ett.skal),
        ("Beslutat", f"{tidpunkt_i_ord(ett.tidpunkt)} av {ett.av.get_full_name() or ett.av.username}"),
    ]


def _undantag(ett: Registerutdrag) -> list[tuple[str, str]]:
    vad = {kandidat.nyckel: kandidat.vad for kandidat in kandidater(ett.person_id)}
    return [
        (vad.get(nyckel, nyckel), stor_forsta(Undantagsgrund(grund).label)) for nyckel, grund in ett.undantag.items()
    ]
