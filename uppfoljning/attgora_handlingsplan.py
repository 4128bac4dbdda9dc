"""Measures of handlingsplaner that are late or soon to be done, for those who look after the plans."""

from datetime import date, timedelta

from django.urls import reverse

from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, stor_forsta
from uppfoljning.rapporter.handlingsplan.queries import Ofardig, ofardiga

VISAS = 8
SNART = timedelta(days=14)


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """One group, or none. One query. `alla` changes nothing: the plans are the municipality's."""
    del alla
    rader = ofardiga(idag + SNART) if har_ratt(vem.roller, Ratt.SKOTA_HANDLINGSPLAN) else []
    if not rader:
        return []
    sena = sum(ett.klar_senast < idag for ett in rader)
    return [
        Uppgiftsgrupp(
            "handlingsplan",
            "Åtgärder i handlingsplaner",
            "Handlingsplan",
            "Åtgärder som skulle ha varit klara, eller som ska vara det inom två veckor.",
            [_uppgift(ett, idag) for ett in rader[:VISAS]],
            len(rader),
            not_=antal_ord(sena, "försenad", "försenade") if sena else "",
            sen=bool(sena),
            alla=reverse("uppfoljning:handlingsplaner"),
        )
    ]


def _uppgift(ett: Ofardig, idag: date) -> Uppgift:
    adress, kvar = reverse("uppfoljning:atgard", args=[ett.pk]), (ett.klar_senast - idag).days
    return Uppgift(
        nar=_nar(kvar),
        nar_under=datum_i_ord(ett.klar_senast),
        sen=kvar < 0,
        vem=ett.namn,
        adress=adress,
        vad=ett.ansvarig,
        vad_under=ett.plan,
        lage=stor_forsta(ett.status.label),
        nasta="Följ upp",
        nasta_adress=adress,
    )


def _nar(kvar: int) -> str:
    if kvar < 0:
        return antal_ord(-kvar, "dag sen", "dagar sen")
    return antal_ord(kvar, "dag", "dagar") if kvar else "I dag"
