"""Invoices that somebody must look at."""

from datetime import date
from typing import Any

from django.urls import reverse

from ersattning.fakturalista import ATT_GORA, fakturor
from ersattning.fakturaregler import Fakturaatgard, Fakturastatus
from ersattning.fakturatabeller import period_i_ord
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import HART, dag_kort, skillnad, stor_forsta

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Those that do not agree with the underlag, the first to be paid first. Empty for roles that do not review."""
    del alla
    if not har_ratt(vem.roller, Ratt.GRANSKA_MANAD):
        return []
    kvar = fakturor().filter(ATT_GORA)
    antal = kvar.count()
    if not antal:
        return []
    lista = f"{reverse('ersattning:fakturor')}?lage=kvar"
    return [
        Uppgiftsgrupp(
            "fakturor",
            "Fakturor som inte stämmer",
            "Fakturor att hantera",
            "De skiljer sig från det fastställda underlaget. Det är underlaget som gäller.",
            [_uppgift(ett, idag) for ett in kvar.order_by("forfaller", "pk")[:VISAS]],
            antal,
            not_="mot underlaget",
            alla=lista,
        )
    ]


def _uppgift(faktura: Any, idag: date) -> Uppgift:
    adress = reverse("ersattning:faktura", args=[faktura.pk])
    return Uppgift(
        nar=dag_kort(faktura.forfaller, idag) if faktura.forfaller else "Utan förfallodag",
        nar_under="förfaller" if faktura.forfaller else "",
        sen=bool(faktura.forfaller and faktura.forfaller < idag),
        vem=f"Faktura {faktura.nummer}",
        vem_under=faktura.utforare.namn,
        adress=adress,
        vad=stor_forsta(Fakturastatus(faktura.lage.status).label),
        vad_under=f"{skillnad(faktura.lage.differens, 2)}{HART}kr, {period_i_ord(faktura)}",
        lage=stor_forsta(Fakturaatgard(faktura.senast).label) if faktura.senast else "Ingen har börjat",
        nasta="Hantera",
        nasta_adress=adress,
    )
