"""The närvaro grid: shown, saved cell by cell by its script, and as one form without scripts."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from beslut.tillgang import anteckna
from grund import klocka
from grund.behorighet import Ratt
from grund.models import Anvandare, Handelse
from grund.skickat import json_ur
from grund.text import antal_ord, datum_i_ord
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from utforare import narvaroblad, rapportering
from utforare.actions.narvaro import Cell, Cellsvar, Lage, objekt, spara_narvaro
from utforare.dagvarde import Dagvarde, i_ord, text
from utforare.models import Enhet
from utforare.narvaroblad import Blad, faltnamn, las_faltnamn
from utforare.tillgang import enheter, hamta_enhet
from utforare.tolkning import tolka

MEST_PER_GANG = 200  # cells that a script may send at once
_VISADE_FEL = 10


@kraver(Ratt.RAPPORTERA)
def start(request: HttpRequest) -> HttpResponse:
    """The user's enheter with this month and the one before; straight to the grid when there is only one."""
    vem, manad = inloggad(request), Manad.av(klocka.idag())
    alla = list(enheter(vem, klocka.idag()))
    lagen = [ett for ena in (manad, manad.plus(-1)) for ett in rapportering.lage(ena, enheter=alla)]
    med = {ett.enhet.pk for ett in lagen if ett.har_narvaro}
    if len(med) == 1:
        return redirect("utforare:narvaro", med.pop(), manad)
    kontext = {"lagen": [ett for ett in lagen if ett.har_narvaro], "manad": manad, "fore": manad.plus(-1)}
    return render(request, "utforare/narvaro_start.html", kontext)


@kraver(Ratt.RAPPORTERA)
def narvaro(request: HttpRequest, pk: int, manad: Manad) -> HttpResponse:
    """The grid. POST: the whole form, as it is sent without scripts."""
    enhet, vem, idag = hamta_enhet(request, pk), inloggad(request), klocka.idag()
    vecka = _vecka(request.GET.get("vecka"))
    blad = narvaroblad.hamta(vem, enhet, manad, idag, vecka)
    if request.method == "POST":
        return _spara_formular(request, blad)
    anteckna(request, *(rad.person_id for rad in blad.rader if not rad.skyddad), sida="enhetens närvaro")
    lage = rapportering.signerad_eller_last(enhet, manad, idag)
    kontext = {
        "blad": blad,
        "lage": lage,
        "sag": json.dumps(blad.sag),
        "bara_vecka": request.GET.get("visa") == "vecka",
        "fore": manad.plus(-1),
        "efter": manad.plus(1) if manad < Manad.av(idag).plus(1) else None,
        "sparat": _senast_sparat(enhet, manad),
        "ko": f"{vem.pk}:{enhet.pk}:{manad}",
        "framtid": manad.fran > idag,
    }
    return render(request, "utforare/narvaro.html", kontext)


def _vecka(text_: str | None) -> int | None:
    return int(text_) if text_ and text_.isdecimal() and len(text_) < 3 else None


def _senast_sparat(enhet: Enhet, manad: Manad) -> Handelse | None:
    urval = Handelse.objects.filter(objekt=objekt(enhet, manad)).select_related("av")
    return urval.order_by("-tidpunkt", "-pk").first()


@kraver(Ratt.RAPPORTERA)
@require_POST
def spara(request: HttpRequest, pk: int, manad: Manad) -> HttpResponse:
    """Cells from the script, as JSON; the answer says what became of each one sent. To send twice is harmless."""
    enhet = hamta_enhet(request, pk)
    if request.content_type != "application/json":
        return redirect("utforare:narvaro", enhet.pk, manad)
    try:
        skickat = json_ur(request.body)
        rader = skickat["celler"][:MEST_PER_GANG]
        celler = [_ur_json(rad) for rad in rader]
        skal = str(skickat.get("skal", ""))[:300]
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponseBadRequest("Ändringarna gick inte att läsa.", content_type="text/plain; charset=utf-8")
    lasta = [cell for cell, _ in celler if cell is not None]
    svar = _spara(enhet, lasta, skal, inloggad(request)) if lasta else []
    olasta = [
        {"namn": rad["namn"], "lage": Lage.FEL, "text": fel, "varde": None}
        for rad, (_, fel) in zip(rader, celler, strict=True)
        if fel
    ]
    return JsonResponse({"celler": [_som_json(ett) for ett in svar] + olasta})


def _spara(enhet: Enhet, celler: list[Cell], skal: str, av: Anvandare) -> list[Cellsvar]:
    return spara_narvaro(enhet=enhet, celler=celler, skal=skal, av=av, idag=klocka.idag(), nu=klocka.nu())


def _ur_json(rad: Mapping[str, Any]) -> tuple[Cell | None, str]:
    """The cell, or what is wrong with what was typed in it. ValueError when it is no cell at all."""
    verk, dag = las_faltnamn(str(rad["namn"]))
    try:
        return Cell(verk, dag, tolka(str(rad["nytt"])), Dagvarde.las(str(rad["sag"]))), ""
    except ValueError as fel:
        return None, str(fel)


def _som_json(svar: Cellsvar) -> dict[str, Any]:
    namn = faltnamn(svar.cell.verk_id, svar.cell.dag)
    return {"namn": namn, "lage": svar.lage, "varde": text(svar.varde), "text": svar.text, "ord": i_ord(svar.varde)}


def _spara_formular(request: HttpRequest, blad: Blad) -> HttpResponse:
    celler: list[Cell] = []
    fel: list[str] = []
    for cell in _ur_formular(request, blad):
        if isinstance(cell, str):
            fel.append(cell)
        else:
            celler.append(cell)
    celler += _fyllda(request.POST.get("fyll", ""), blad, celler)
    svar = _spara(blad.enhet, celler, request.POST.get("skal", "")[:300], inloggad(request))
    fel += [
        f"{_vems(blad, ett.cell)}: {ett.text} Du skrev {i_ord(ett.cell.nytt)}."
        for ett in svar
        if ett.lage != Lage.SPARAD
    ]
    if antal := sum(ett.lage == Lage.SPARAD for ett in svar):
        messages.success(request, f"{antal_ord(antal, 'dag', 'dagar')} sparades.")
    elif not fel:
        messages.info(request, "Ingenting var ändrat.")
    for ett in fel[:_VISADE_FEL]:
        messages.error(request, ett)
    if len(fel) > _VISADE_FEL:
        messages.error(request, f"Ytterligare {antal_ord(len(fel) - _VISADE_FEL, 'dag', 'dagar')} sparades inte.")
    return redirect(f"{reverse('utforare:narvaro', args=[blad.enhet.pk, blad.manad])}?{request.GET.urlencode()}")


def _ur_formular(request: HttpRequest, blad: Blad) -> Iterator[Cell | str]:
    """The fields that differ from what the page was made with; a sentence for one that cannot be read."""
    try:
        sag = {str(namn): str(varde) for namn, varde in json_ur(request.POST.get("sag", "")).items()}
    except (ValueError, AttributeError):
        yield "Formuläret kom inte fram helt. Ingenting sparades. Försök igen."
        return
    for rad in blad.rader:
        for dag in rad.falt:
            namn = faltnamn(rad.verk_id, dag)
            if namn not in request.POST:
                continue
            try:
                nytt, fore = tolka(request.POST[namn]), Dagvarde.las(sag.get(namn, ""))
            except ValueError as fel:
                yield f"{rad.namn} {datum_i_ord(dag)}: {fel}"
                continue
            if nytt != fore:
                yield Cell(rad.verk_id, dag, nytt, fore)


def _fyllda(fyll: str, blad: Blad, andrade: list[Cell]) -> list[Cell]:
    """Expected days that are still empty, as planned: in the whole month (`alla`) or in one week."""
    if not fyll:
        return []
    tagna = {(cell.verk_id, cell.dag) for cell in andrade}
    return [
        Cell(rad.verk_id, dag, Dagvarde("N"), None)
        for rad in blad.rader
        if rad.celler
        for dag in rad.saknade
        if (rad.verk_id, dag) not in tagna and (fyll == "alla" or str(dag.isocalendar().week) == fyll)
    ]


def _vems(blad: Blad, cell: Cell) -> str:
    namn = next((rad.namn for rad in blad.rader if rad.verk_id == cell.verk_id), "")
    return f"{namn} {datum_i_ord(cell.dag)}"
