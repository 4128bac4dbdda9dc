"""The way in: what needs doing today, for each that signs in, by what they may do."""

from dataclasses import replace
from datetime import date
from typing import Protocol

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import beslut.attgora
import beslut.attgora_delegation
import beslut.attgora_logg
import beslut.attgora_niva
import ersattning.attgora
import ersattning.attgora_bonus
import ersattning.attgora_faktura
import ersattning.attgora_individavtal
import ersattning.attgora_justering
import ersattning.attgora_niva
import ersattning.attgora_prognos
import ersattning.attgora_utbetalning
import uppfoljning.attgora_avtal
import uppfoljning.attgora_dokument
import uppfoljning.attgora_fynd
import uppfoljning.attgora_gallring
import uppfoljning.attgora_handlingsplan
import uppfoljning.driften.attgora
import uppfoljning.leveranser.attgora
import utforare.attgora
import utforare.attgora_niva
import utforare.attgora_rapport
from beslut import tillgang
from config.meny import menyval
from grund import klocka
from grund.attgora import Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import stor_forsta, veckodag_i_ord
from grund.tillgang import inloggad
from utforare.tillgang import enheter


class Kalla(Protocol):
    """An app's `attgora.grupper`."""

    def __call__(self, vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]: ...


# What costs somebody money or a right comes first.
KALLOR: tuple[Kalla, ...] = (
    uppfoljning.driften.attgora.grupper,
    beslut.attgora_delegation.grupper,
    utforare.attgora.grupper,
    beslut.attgora.grupper,
    ersattning.attgora.grupper,
    ersattning.attgora_individavtal.grupper,
    ersattning.attgora_justering.grupper,
    ersattning.attgora_utbetalning.grupper,
    ersattning.attgora_faktura.grupper,
    uppfoljning.attgora_dokument.grupper,
    ersattning.attgora_prognos.grupper,
    utforare.attgora_rapport.grupper,
    uppfoljning.attgora_fynd.grupper,
    uppfoljning.attgora_gallring.grupper,
    ersattning.attgora_niva.niva_grupper,
    ersattning.attgora_bonus.grupper,
    beslut.attgora_niva.niva_grupper,
    utforare.attgora_niva.niva_grupper,
    uppfoljning.attgora_handlingsplan.grupper,
    uppfoljning.attgora_avtal.grupper,
    beslut.attgora_logg.grupper,
    uppfoljning.leveranser.attgora.grupper,
)
FORST = {"underteckna"}  # nobody else may do it, and the person has nothing until it is done
VISAS = 5  # lines of a group that has a page of its own with all of them


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Att göra. Who shares out the work sees everybody's, unless they ask for their own."""
    vem, alla = inloggad(request), tillgang.hela_enheten(request, forval=True)
    if not vem.roller:
        msg = "Ditt konto har ingen roll som ger tillgång till någon sida än. Be systemförvaltaren om rätt roll."
        raise PermissionDenied(msg)
    grupper = att_gora(vem, klocka.idag(), alla=alla)
    visade = [pk for grupp in grupper for pk in grupp.personer]
    tillgang.anteckna_lista(request, visade, sida="att göra, hela enheten" if alla else "att göra")
    kontext = {
        "grupper": grupper,
        "genvagar": [] if grupper else menyval(vem),
        "dag": stor_forsta(veckodag_i_ord(klocka.idag())),
        "kan_visa_alla": tillgang.far_visa_alla(vem),
        "alla": alla,
        "utan_enhet": har_ratt(vem.roller, Ratt.RAPPORTERA) and not enheter(vem, klocka.idag()).exists(),
    }
    return render(request, "start.html", kontext)


def att_gora(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """What each app has for `vem`. `alla`: also what is others' work, where a role shares it."""
    grupper = [_kortad(grupp) for kalla in KALLOR for grupp in kalla(vem, idag, alla=alla)]
    return sorted(grupper, key=lambda grupp: grupp.nyckel not in FORST)


def _kortad(grupp: Uppgiftsgrupp) -> Uppgiftsgrupp:
    return replace(grupp, uppgifter=grupp.uppgifter[:VISAS]) if grupp.alla else grupp
