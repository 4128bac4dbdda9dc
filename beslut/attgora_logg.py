"""What the log wants of a gruppchef: controls under way, and a new one when the last is old."""

from datetime import date, timedelta

from django.urls import reverse

from beslut.loggkontroll import kontroller, period_i_ord, rader, sagt, urval_i, urval_i_ord
from beslut.models import Loggkontroll
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, stor_forsta
from grund.tid import EN_DAG, lokal_dag

HOGST = timedelta(days=90)  # between the last day that has been controlled and today; the house's own, not the law's


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:  # noqa: ARG001
    """One group, or none. Few controls are ever under way at once."""
    if not har_ratt(vem.roller, Ratt.KONTROLLERA_LASNINGAR):
        return []
    uppgifter = [_pagaende(kontroll) for kontroll in kontroller().filter(avslutad=None)]
    if not uppgifter and (ny := _ny(idag)):
        uppgifter = [ny]
    if not uppgifter:
        return []
    ingress = "Loggarna över vem som har öppnat vems uppgifter kontrolleras regelbundet (SoLPUL 10 §)."
    return [Uppgiftsgrupp("loggkontroll", "Loggkontroll", "Loggkontroll", ingress, uppgifter, len(uppgifter))]


def _pagaende(kontroll: Loggkontroll) -> Uppgift:
    dragna = rader(kontroll)
    kvar = sum(1 for rad in dragna if not sagt(rad)[0])
    adress, urval = reverse("beslut:loggkontroll", args=[kontroll.pk]), urval_i(kontroll)
    return Uppgift(
        nar="Pågår",
        nar_under=f"sedan {datum_i_ord(lokal_dag(kontroll.skapad))}",
        vem=period_i_ord(urval),
        adress=adress,
        vad=stor_forsta(urval_i_ord(urval)),
        lage=f"{len(dragna) - kvar} av {antal_ord(len(dragna), 'läsning', 'läsningar')} bedömda",
        nasta="Bedöm" if kvar else "Avsluta",
        nasta_adress=adress,
    )


def _ny(idag: date) -> Uppgift | None:
    sist = Loggkontroll.objects.filter(avslutad__isnull=False).order_by("-till").values_list("till", flat=True).first()
    if sist and idag - sist <= HOGST:
        return None
    adress = reverse("beslut:ny_loggkontroll")
    return Uppgift(
        nar="Dags nu",
        vem="Ny kontroll",
        adress=adress,
        vad="Läsningar av personers uppgifter",
        lage=f"Kontrollerat till {datum_i_ord(sist - EN_DAG)}" if sist else "Ingen kontroll är gjord",
        nasta="Dra ett urval",
        nasta_adress=adress,
        sen=sist is not None,
    )
