"""The draft of a decision: written, tried while one types, proposed, returned, signed, and set as a document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from beslut import arenden, omprovning
from beslut.actions.forslag import EjFardigt, aterlamna, foresla, spara_forslag, underteckna
from beslut.arendevy import smulor, vad
from beslut.beslutshandling import beslutshandling_pdf
from beslut.forms.forslag import Aterlamningsform, Forslagsform, borja_med
from beslut.koder import Arendeslag
from beslut.lagrum import lagrum_i_ord
from beslut.models import Arende, Beslutshandling, Forslag
from beslut.provning import Anmarkning, prova
from beslut.views.gemensamt import forsok, hamta_arende, lyckas
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver, sedd_version


@kraver(Ratt.HANDLAGGA)
def forslag(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the draft. Two buttons: store it as it is, or leave it for signature."""
    arende = hamta_arende(request, pk, sida="förslag till beslut")
    lagrat = Forslag.objects.filter(arende=arende).first()
    if hinder := arenden.hinder_for_att_skriva(arende):
        messages.error(request, " ".join(hinder))
        return redirect("beslut:arende", arende.pk)
    if request.method != "POST":
        form = Forslagsform(arende=arende, initial=borja_med(arende, lagrat, klocka.idag()))
        return _sida(request, arende, form, list(lagrat.bekraftat) if lagrat else [])
    form, bekraftat = Forslagsform(request.POST, arende=arende), request.POST.getlist("bekrafta")
    if form.is_valid() and _spara(request, arende, form, bekraftat):
        return redirect("beslut:arende", arende.pk)
    return _sida(request, arende, form, bekraftat)


def _spara(request: HttpRequest, arende: Arende, form: Forslagsform, bekraftat: list[str]) -> bool:
    """Whether the page is done. What was written is stored even when it may not be proposed."""
    vem, sparade = inloggad(request), []

    def spara() -> None:
        falt, version = form.falt(bekraftat), form.cleaned_data["version"]
        sparade.append(spara_forslag(arende=arende, falt=falt, pa_version=version, av=vem))

    if not lyckas(form, spara):
        return False
    if request.POST.get("gor") != "foresla":
        messages.success(request, "Utkastet är sparat.")
        return True
    return _foresla(request, arende, form, sparade[0])


def _foresla(request: HttpRequest, arende: Arende, form: Forslagsform, sparat: Forslag) -> bool:
    try:
        foresla(arende=arende, pa_version=sparat.version, av=inloggad(request), nu=klocka.nu())
    except EjFardigt as brott:
        form.visa_hinder(brott.anmarkningar)
    except Hindrad as brott:
        form.add_error(None, brott.orsaker)
    if form.errors:
        nytt = request.POST.copy()
        nytt["version"] = str(sparat.version)  # it is stored: the next attempt begins from there
        form.data = nytt
        return False
    messages.success(request, "Förslaget är lämnat för underskrift.")
    return True


@require_POST
@kraver(Ratt.HANDLAGGA)
def provas(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules say of the draft as it is typed. A part of the page; nothing is stored."""
    arende = hamta_arende(request, pk, sida="förslag till beslut", upprepat=True)
    form = Forslagsform(request.POST, arende=arende)
    form.is_valid()
    return render(request, "beslut/_provning.html", _provat(arende, form, request.POST.getlist("bekrafta")))


def _provat(arende: Arende, form: Forslagsform, bekraftat: list[str]) -> dict[str, object]:
    anmarkningar: list[Anmarkning] = []
    if form.is_bound:
        utkast = form.utkast()
        grund = str(form.cleaned_data.get("grund") or "")
        anmarkningar = [
            *prova(utkast, arenden.lage(arende), klocka.idag()),
            *(arenden.andringens_hinder(arende, utkast, grund, klocka.idag()) if grund or utkast.fran else []),
        ]
    return {
        "hindren": [ett for ett in anmarkningar if ett.hindrar],
        "varningarna": [(ett, ett.kod in bekraftat) for ett in anmarkningar if not ett.hindrar],
        "lagrum": lagrum_i_ord(arende.insats, klocka.idag()),
        "provat": form.is_bound,
    }


def _sida(request: HttpRequest, arende: Arende, form: Forslagsform, bekraftat: list[str]) -> HttpResponse:
    lagrat = Forslag.objects.filter(arende=arende).first()
    provat = form
    if not form.is_bound:  # the rules have their say of what is stored too
        provat = Forslagsform(_som_post(form), arende=arende)
        provat.is_valid()
    kontext = {
        "form": form,
        "arende": arende,
        "vad": vad(arende),
        "smulor": smulor(arende, inloggad(request), "Förslag till beslut"),
        "aterlamnat": lagrat.aterlamnat if lagrat else "",
        "mojligheter": _mojligheter(arende),
        **_provat(arende, provat, bekraftat),
    }
    return render(request, "beslut/forslag.html", kontext)


def _som_post(form: Forslagsform) -> dict[str, object]:
    """What an untouched form would send."""
    return {falt.name: falt.value() for falt in form if falt.value() not in {None, ""}}


def _mojligheter(arende: Arende) -> list[omprovning.Mojlighet]:
    gammalt = arende.omprovar
    if gammalt is None or arende.slag != Arendeslag.OMPROVNING:
        return []
    forbehall = arenden.forbehall_i(gammalt)
    return omprovning.mojligheter(arenden.innehall(gammalt), forbehall=forbehall, idag=klocka.idag())


@require_POST
@kraver(Ratt.HANDLAGGA)
def aterlamnas(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the proposal back with a reason."""
    arende = hamta_arende(request, pk, sida="återlämna förslag")
    form = Aterlamningsform(request.POST)
    skal = form.cleaned_data["skal"] if form.is_valid() else ""
    forsok(request, lambda: aterlamna(arende=arende, skal=skal, av=inloggad(request)), "Förslaget är återlämnat.")
    return redirect("beslut:arende", arende.pk)


@require_POST
@kraver(Ratt.HANDLAGGA)
def undertecknas(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the proposal that the page showed."""
    arende = hamta_arende(request, pk, sida="underteckna beslut")
    forsok(
        request,
        lambda: underteckna(
            arende=arende,
            pa_version=sedd_version(request),
            bekraftat=tuple(request.POST.getlist("bekrafta")),
            av=inloggad(request),
            nu=klocka.nu(),
        ),
        "Beslutet är undertecknat. Se till att personen får del av det, och anteckna dagen.",
    )
    return redirect("beslut:arende", arende.pk)


@kraver(Ratt.HANDLAGGA)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision as a document: as it was signed, or the draft as it stands."""
    arende = hamta_arende(request, pk, sida="beslutet som dokument")
    handling = Beslutshandling.objects.filter(forslag__arende=arende).first()
    if handling is None:
        ett = get_object_or_404(Forslag.objects.select_related("foreslaget_av", "undertecknat_av"), arende=arende)
        if not ett.utfall:
            msg = "Utkastet säger inte hur beslutet blir än."
            raise Http404(msg)
        ett.arende = arende
        innehall = beslutshandling_pdf(ett)
    else:
        innehall = bytes(handling.pdf)
    svar = HttpResponse(innehall, content_type="application/pdf")
    utkast = "" if handling else "utkast-"
    svar["Content-Disposition"] = f'inline; filename="{utkast}beslut-{arende.nummer}.pdf"'
    svar["Cache-Control"] = "private, no-store"
    return svar
