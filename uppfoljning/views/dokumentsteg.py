"""What the pages of documents have in common: who sees what, and a step that a check of personal data may stop."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.text import stor_forsta
from grund.tillgang import inloggad
from uppfoljning.dokument.actions import Personuppgift, notera_stopp
from uppfoljning.dokument.koder import Dokumentstatus
from uppfoljning.dokument.personregister import hinder_for_fler_forsok
from uppfoljning.dokument.queries import Skadad, klara
from uppfoljning.models import Dokument

logger = logging.getLogger(__name__)


def visar_skada(vy: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that says so when what is stored has been altered, and shows nothing of it."""

    @wraps(vy)
    def omslag(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return vy(request, *args, **kwargs)
        except Skadad as skada:
            logger.error("%s (%s)", skada, request.path)
            return render(request, "uppfoljning/dokument/skadat.html", {"vad": str(skada)}, status=500)

    return omslag


def far_skriva(request: HttpRequest) -> bool:
    """Whether the user writes documents, and so sees drafts."""
    return har_ratt(inloggad(request).roller, Ratt.GORA_TJANSTEUTLATANDE)


def far_kontrasignera(request: HttpRequest) -> bool:
    """Whether the user may sign as the second."""
    return har_ratt(inloggad(request).roller, Ratt.KONTRASIGNERA_DOKUMENT)


def ser_utkastet(request: HttpRequest, dokument: Dokument) -> bool:
    """Whether the user sees what is not signed yet."""
    vantar = dokument.status == Dokumentstatus.VANTAR
    return far_skriva(request) or (vantar and far_kontrasignera(request))


def hamta(request: HttpRequest, pk: int) -> Dokument:
    """The document, if there is one that the user may see: for most that is a signed one."""
    dokument = get_object_or_404(Dokument, pk=pk)
    if ser_utkastet(request, dokument) or klara(dokument).exists():
        return dokument
    msg = "Det finns inget sådant dokument."
    raise Http404(msg)


def forsok(request: HttpRequest, form: forms.Form, gor: Callable[[], str], dokument: Dokument | None = None) -> bool:
    """Do it if the form is filled in; what stopped it stands in the form, with all that was typed."""
    if not form.is_valid():
        return False
    vem = inloggad(request)
    if hinder := hinder_for_fler_forsok(vem, klocka.nu()):
        form.add_error(None, hinder[0])
        return False
    try:
        messages.success(request, gor())
    except Personuppgift as stopp:
        notera_stopp(dokument=dokument, antal=sum(map(len, stopp.fel.values())), av=vem)
        for falt, meningar in stopp.fel.items():
            form.add_error(
                falt if falt in form.fields else None, [f"{stor_forsta(ett)}. Ta bort det." for ett in meningar]
            )
        return False
    except Hindrad as hindrad:
        for orsak in hindrad.orsaker:
            form.add_error(None, orsak)
        return False
    return True


def ta_steg(request: HttpRequest, gor: Callable[[], str], dokument: Dokument) -> None:
    """A step by a button: what was done, or why not, is said on the page that follows."""
    vem = inloggad(request)
    try:
        if hinder := hinder_for_fler_forsok(vem, klocka.nu()):
            raise Hindrad(hinder)
        messages.success(request, gor())
    except Hindrad as hindrad:
        if isinstance(hindrad, Personuppgift):
            notera_stopp(dokument=dokument, antal=len(hindrad.orsaker), av=vem)
        for orsak in hindrad.orsaker:
            messages.error(request, orsak)


def pdf_svar(innehall: bytes, namn: str, *, egen: bool = True) -> HttpResponse:
    """A PDF to open; one that somebody has handed in is saved first."""
    svar = HttpResponse(innehall, content_type="application/pdf")
    svar["Content-Disposition"] = content_disposition_header(as_attachment=not egen, filename=namn) or "inline"
    return svar
