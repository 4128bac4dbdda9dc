"""Lists of gallring that wait: for a decision, and to be carried out."""

from datetime import date

from django.urls import reverse

from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, stor_forsta
from grund.tid import lokal_dag
from uppfoljning.gallring.koder import Listlage, Listslag
from uppfoljning.models import Gallringslista


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """One group, or none. At most one query: a list waits at a time."""
    del alla
    lage, nasta = _roll(vem)
    rader = list(Gallringslista.objects.filter(lage=lage).exclude(foreslagen_av=vem)) if lage else []
    if not rader:
        return []
    return [
        Uppgiftsgrupp(
            "gallring",
            "Gallring",
            "Gallring",
            "Listor över vad som ska tas bort.",
            [_uppgift(ett, nasta, idag) for ett in rader],
            len(rader),
            alla=reverse("uppfoljning:gallring"),
        )
    ]


def _roll(vem: Anvandare) -> tuple[Listlage | None, str]:
    """What waits for the user's role, and what is to be done with it."""
    if har_ratt(vem.roller, Ratt.BESLUTA_GALLRING):
        return Listlage.FORESLAGEN, "Besluta"
    if har_ratt(vem.roller, Ratt.FORVALTA_ANVANDARE):
        return Listlage.BESLUTAD, "Genomför"
    return None, ""


def _uppgift(lista: Gallringslista, nasta: str, idag: date) -> Uppgift:
    adress = reverse("uppfoljning:gallringslista", args=[lista.pk])
    sedan = lokal_dag(lista.avgjord or lista.foreslagen)
    return Uppgift(
        nar=antal_ord((idag - sedan).days, "dag", "dagar"),
        nar_under=datum_i_ord(sedan),
        sen=False,
        vem=lista.nyckel,
        adress=adress,
        vad=antal_ord(lista.antal, "person", "personer"),
        vad_under=stor_forsta(str(Listslag(lista.slag).label)),
        lage=stor_forsta(str(Listlage(lista.lage).label)),
        nasta=nasta,
        nasta_adress=adress,
    )
