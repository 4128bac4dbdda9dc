"""Reads events, a page at a time, with what they changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet

from grund.behorighet import har_ratt
from grund.historik import Skillnad
from grund.models import Anvandare, Handelse
from grund.pengar import kronor
from grund.text import och, tal
from grund.tid import dygnets_start
from uppfoljning.handelser import objekt
from uppfoljning.handelser.ord import fil_i_ord

DAGAR = 30  # that the list goes back when nobody has said
_LANGST = 100  # events of one thing that are shown with what they changed


@dataclass(frozen=True, slots=True)
class Objektet:
    """A thing and its events: the page that shows it for those who may see it, and what each event changed."""

    slag: str
    nyckel: str
    sida: tuple[str, list[Any]] | None
    personer: list[int]
    skillnader: Mapping[int, Sequence[Skillnad]]
    handelser: QuerySet[Handelse]


def handelser(fran: date, till: date) -> QuerySet[Handelse]:
    """What happened during the days `[fran, till)`, the latest first."""
    urval = Handelse.objects.filter(tidpunkt__gte=dygnets_start(fran), tidpunkt__lt=dygnets_start(till))
    return urval.select_related("av").order_by("-tidpunkt", "-pk")


def hamta_objekt(slag: str, nyckel: str, vem: Anvandare) -> Objektet | None:
    """The thing with its events; None when nothing is known of it. Before and after is for those who may see it."""
    pk = objekt.hitta(slag, nyckel)
    sidan = objekt.sida(slag, nyckel, pk)
    far_se = sidan is not None and har_ratt(vem.roller, sidan[2])
    andrat = objekt.andrat(slag, nyckel, pk) if far_se else {}
    namn = f"{slag}:{nyckel}" if nyckel else slag
    alla = Handelse.objects.filter(Q(objekt=namn) | Q(pk__in=list(andrat)) if andrat else Q(objekt=namn))
    if pk is None and not alla.exists():
        return None
    return Objektet(
        slag=slag,
        nyckel=nyckel,
        sida=(sidan[0], sidan[1]) if sidan and far_se else None,
        personer=objekt.personer(slag, nyckel),
        skillnader=andrat,
        handelser=alla.select_related("av").order_by("-tidpunkt", "-pk"),
    )


def uppgifter(handelse: Handelse) -> str:
    """What the event keeps beside its sentence, in words; empty when that is nothing that people read."""
    if handelse.handling == "las_in":
        filer = [_fil(namn, antal) for namn, antal in handelse.data.items() if isinstance(antal, dict)]
        return "; ".join(filter(None, filer))
    if belopp := handelse.data.get("belopp"):
        return _kronor(belopp)
    if sha256 := handelse.data.get("sha256"):
        return f"SHA-256 {sha256}"
    return ""


def _fil(namn: str, antal: Mapping[str, int]) -> str:
    """`närvaro: 25 nya och 3 ändrade`."""
    ord_ = (("nya", "nya"), ("andrade", "ändrade"), ("borttagna", "borttagna"))
    delar = [f"{tal(antal[kod])} {text}" for kod, text in ord_ if antal.get(kod)]
    return f"{fil_i_ord(namn)}: {och(delar)}" if delar else ""


def _kronor(belopp: str) -> str:
    try:
        return f"Belopp: {kronor(Decimal(belopp))}"
    except InvalidOperation:
        return ""
