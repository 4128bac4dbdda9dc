"""The way in: what needs doing today, for each that signs in, by what they may do."""

from datetime import date
from typing import Protocol

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import beslut.attgora
import beslut.attgora_logg
import beslut.attgora_niva
import ersattning.attgora
import ersattning.attgora_niva
import utforare.attgora
import utforare.attgora_niva
import utforare.attgora_rapport
from grund import klocka
from grund.attgora import Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import stor_forsta, veckodag_i_ord
from grund.tillgang import inloggad


class Kalla(Protocol):
    """An app's `attgora.grupper`."""

    def __call__(self, vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]: ...


KALLOR: tuple[Kalla, ...] = (
    beslut.attgora.grupper,
    beslut.attgora_logg.grupper,
    utforare.attgora.grupper,
    ersattning.attgora.grupper,
    utforare.attgora_rapport.grupper,
    beslut.attgora_niva.niva_grupper,
    utforare.attgora_niva.niva_grupper,
    ersattning.attgora_niva.niva_grupper,
)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Att göra."""
    vem, alla = inloggad(request), request.GET.get("visa") == "alla"
    if not vem.roller:
        msg = "Ditt konto har ingen roll som ger tillgång till någon sida än. Be systemförvaltaren om rätt roll."
        raise PermissionDenied(msg)
    kontext = {
        "grupper": att_gora(vem, klocka.idag(), alla=alla),
        "dag": stor_forsta(veckodag_i_ord(klocka.idag())),
        "kan_visa_alla": har_ratt(vem.roller, Ratt.HANDLAGGA),
        "alla": alla,
    }
    return render(request, "start.html", kontext)


def att_gora(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """What each app has for `vem`. `alla`: also what is others' work, where a role shares it."""
    return [grupp for kalla in KALLOR for grupp in kalla(vem, idag, alla=alla)]
