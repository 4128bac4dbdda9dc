"""The avtalssamordnare's nivåbedömningar: the list, and the page where one is decided, with what it costs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from beslut import nivaarenden, nivavisning, tillgang
from beslut.actions.nivaprovning import avvisa, godkann, skicka_tillbaka, svara_pa_synpunkt
from beslut.forms.niva import Synpunktssvarsform
from beslut.models import Nivaarende
from beslut.models.nivaarende import Arendelage
from beslut.ord import insats_i_ord, niva_i_ord
from beslut.views.nivaifyllnad import handelser
from beslut.visning import beslut_i_ord
from ersattning import nivaord, nivaprovning
from ersattning.nivaeffekt import Effekt
from ersattning.nivaformular import ATER, AVVISA, GODKANN, Provningsform
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.text import datum_i_ord, liten_forsta
from grund.tillgang import inloggad, kraver
from utforare.visning import avtal_i_ord

_VISADE = 25  # of the decided, the latest


@kraver(Ratt.PROVA_NIVA)
def lista(request: HttpRequest) -> HttpResponse:
    """What waits, what is contested, and what has been decided."""
    vem, idag = inloggad(request), klocka.idag()
    sida = Paginator(nivaprovning.vantande(), nivaprovning.PER_SIDA).get_page(request.GET.get("sida"))
    annat = nivaprovning.fran_annat_system()
    overklagade, avgjorda = list(nivaprovning.overklagade()), list(nivaprovning.avgjorda()[:_VISADE])
    visade = [*sida.object_list, *overklagade, *avgjorda]
    tillgang.anteckna_lista(
        request, [ett.person_id for ett in visade if nivaprovning.syns(ett, vem)], sida="nivåbedömningar, lista"
    )
    kontext = {
        "sida": sida,
        "vantande": nivaprovning.rader(list(sida.object_list), vem, idag),
        "overklagade": [nivavisning.listrad(ett, vem, idag) for ett in overklagade],
        "avgjorda": [nivavisning.listrad(ett, vem, idag) for ett in avgjorda],
        "annat_system": annat[:_VISADE],
        "antal_annat_system": annat.count(),
    }
    return render(request, "ersattning/niva/lista.html", kontext)


def _hamta(request: HttpRequest, pk: int) -> Nivaarende:
    """One that has been sent in, logged. ArSkyddad when the person is not for this user."""
    urval = nivaarenden.arenden().exclude(lage=Arendelage.UTKAST)
    arende = urval.filter(pk=pk).first()
    if arende is None:
        msg = "Nivåbedömningen finns inte."
        raise Http404(msg)
    if not tillgang.far_se(inloggad(request), arende.person):
        raise tillgang.ArSkyddad
    tillgang.anteckna(request, arende.person_id, sida="nivåbedömning, prövning")
    return arende


@require_http_methods(["GET", "POST"])
@kraver(Ratt.PROVA_NIVA)
def prova(request: HttpRequest, pk: int) -> HttpResponse:
    """Old and new side by side, what it costs, and the decision."""
    arende, idag = _hamta(request, pk), klocka.idag()
    hinder = nivaarenden.hinder_for_provning(arende, inloggad(request))
    if request.method == "POST" and hinder:
        return _sag(request, arende, hinder)
    fran = _dag(request, arende)
    effekt = None if arende.lage != Arendelage.INSKICKAD else nivaprovning.effekt_av(arende, fran, idag)
    form = _form(request, arende, effekt, fran)
    notis = ""
    if request.method == "POST" and form.is_valid():
        notis = _inte_sett(form, effekt, fran)
        if not notis:
            return _besluta(request, arende, form)
        form = _form(request, arende, effekt, fran, sedd=True)
    kontext = _kontext(request, arende, effekt, fran) | {"form": form, "hinder": hinder, "notis": notis}
    return render(request, "ersattning/niva/prova.html", kontext)


def _dag(request: HttpRequest, arende: Nivaarende) -> date:
    """The day that the cost is of: what is chosen, else what was asked for."""
    onskad = arende.onskad_fran or klocka.idag()
    try:
        vald = date.fromisoformat(request.POST.get("fran") or request.GET.get("fran") or "")
    except ValueError:
        return onskad
    return vald if abs((vald - onskad).days) <= nivaarenden.LANGST_BORT else onskad


def _form(
    request: HttpRequest, arende: Nivaarende, effekt: Effekt | None, fran: date, *, sedd: bool = False
) -> Provningsform:
    """`sedd`: what was filled in stands, but the cost that it was of is the one shown now."""
    nu = {"version": arende.version, "visad_fran": fran.isoformat(), "lofte": effekt.lofte if effekt else ""}
    val = [
        (GODKANN, f"Godkänn {niva_i_ord(arende.niva)}"),
        (ATER, "Skicka tillbaka för komplettering"),
        (AVVISA, _avvisa_i_ord(effekt)),
    ]
    kwargs: dict[str, Any] = {"val": val, "saknar_pris": bool(effekt and effekt.saknar_pris)}
    if request.method == "POST":
        data = request.POST.copy()
        if sedd:
            for namn, varde in nu.items():
                data[namn] = str(varde)
        return Provningsform(data, **kwargs)
    return Provningsform(initial={"fran": fran, **nu}, **kwargs)


def _avvisa_i_ord(effekt: Effekt | None) -> str:
    if effekt is None or not effekt.niva_fore:
        return "Avvisa"
    return f"Avvisa, {niva_i_ord(effekt.niva_fore)} fortsätter gälla"


def _inte_sett(form: Provningsform, effekt: Effekt | None, fran: date) -> str:
    """Nobody approves a cost that they have not seen: why the page is shown once more instead."""
    ifyllt = form.cleaned_data
    if ifyllt["beslut"] != GODKANN or effekt is None:
        return ""
    if ifyllt["fran"] != fran:
        return f"Dagen ligger mer än tio år från den som önskades. Kostnaden är räknad från {datum_i_ord(fran)}."
    if ifyllt["visad_fran"] != fran:
        dag = datum_i_ord(fran)
        return f"Du har ändrat dagen. Kostnaden är nu räknad från {dag}. Titta på den och spara igen."
    if ifyllt["lofte"] != effekt.lofte:
        return "Kostnaden har ändrats sedan du öppnade sidan. Titta på den nya och spara igen."
    return ""


def _besluta(request: HttpRequest, arende: Nivaarende, form: Provningsform) -> HttpResponse:
    ifyllt, vem, nu = form.cleaned_data, inloggad(request), klocka.nu()
    allmant: dict[str, Any] = {"arende": arende, "motiv": ifyllt["motiv"], "av": vem, "nu": nu}
    allmant["version"] = ifyllt["version"]
    try:
        if ifyllt["beslut"] == GODKANN:
            godkann(fran=ifyllt["fran"], idag=klocka.idag(), **allmant)
            text = f"Godkänd: {niva_i_ord(arende.niva)} från {datum_i_ord(ifyllt['fran'])}."
        elif ifyllt["beslut"] == ATER:
            skicka_tillbaka(**allmant)
            text = f"Skickad tillbaka till {nivavisning.vem(arende.bedomare)}."
        else:
            avvisa(**allmant)
            text = "Avvisad. Den nivå som gällde fortsätter gälla."
    except Hindrad as hinder:
        return _sag(request, arende, hinder.orsaker)
    messages.success(request, text)
    return redirect("ersattning:nivalista")


def _sag(request: HttpRequest, arende: Nivaarende, orsaker: list[str]) -> HttpResponse:
    for orsak in orsaker:
        messages.error(request, orsak)
    return redirect("ersattning:nivaprovning", arende.pk)


def _kontext(request: HttpRequest, arende: Nivaarende, effekt: Effekt | None, fran: date) -> dict[str, Any]:
    idag = klocka.idag()
    forra = nivaarenden.forra(arende.person_id, arende.insats, arende)
    underlag = nivaprovning.underlag(effekt)
    marke, lage = nivavisning.lage(arende, idag)
    synpunkt = getattr(arende, "synpunkt", None)
    svarshinder = nivaarenden.hinder_for_svar(arende, inloggad(request)) if synpunkt else ["-"]
    return {
        "arende": arende,
        "person": tillgang.namn(inloggad(request), arende.person),
        "insats": liten_forsta(insats_i_ord(arende.insats)),
        "rubrik": _rubrik(arende, forra),
        "hos": underlag.verkstalligheter,
        "marke": marke,
        "lage": lage,
        "jamforelse": nivavisning.jamforelse(arende, forra),
        "poang": nivavisning.poangrad(nivaarenden.poang(arende), nivavisning.mest_poang(arende.instrument)),
        "bild": nivaord.bild(effekt, idag) if effekt else None,
        "fran": fran,
        "beslut": [(ett.beslut, beslut_i_ord(ett.beslut)) for ett in underlag.verkstalligheter],
        "avtal": [(ett, avtal_i_ord(ett)) for ett in underlag.avtal],
        "prislistor": underlag.prislistor,
        "provningar": nivavisning.provningar(arende),
        "synpunkt": synpunkt,
        "svarsform": None if svarshinder else _svarsform(arende),
        "handelser": handelser(arende),
        "du": inloggad(request),
        "avgjord": arende.lage != Arendelage.INSKICKAD,
    }


def _rubrik(arende: Nivaarende, forra: nivaarenden.Forra | None) -> str:
    ny = niva_i_ord(arende.niva)
    if arende.lage == Arendelage.GODKAND:
        return f"Nivåbedömning: {ny}, godkänd"
    if forra is None:
        return f"Nivåbedömning: {ny} föreslås, den första"
    gammal = niva_i_ord(forra.bedomning.niva)
    if gammal == ny:
        return f"Nivåbedömning: {ny} föreslås fortsätta"
    return f"Nivåbedömning: {gammal} föreslås bli {ny}"


def _svarsform(arende: Nivaarende, data: Any = None) -> Synpunktssvarsform:
    return Synpunktssvarsform(data, kan_provas_igen=arende.lage == Arendelage.AVVISAD, prefix="svar")


@require_POST
@kraver(Ratt.PROVA_NIVA)
def svara(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the utförare who contests."""
    arende = _hamta(request, pk)
    if hinder := nivaarenden.hinder_for_svar(arende, inloggad(request)):
        return _sag(request, arende, hinder)
    form = _svarsform(arende, request.POST)
    if not form.is_valid():
        fran = arende.onskad_fran or klocka.idag()
        kontext = _kontext(request, arende, None, fran) | {"form": None, "hinder": [], "notis": "", "svarsform": form}
        return render(request, "ersattning/niva/prova.html", kontext)
    ifyllt = form.cleaned_data
    try:
        svara_pa_synpunkt(
            arende=arende, svar=ifyllt["svar"], motiv=ifyllt["motiv"], av=inloggad(request), nu=klocka.nu()
        )
    except Hindrad as fel:
        return _sag(request, arende, fel.orsaker)
    messages.success(request, "Synpunkten är besvarad.")
    return redirect("ersattning:nivaprovning", pk)
