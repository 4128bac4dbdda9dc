"""Avtal and prices that are about to run out with nothing to follow them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef

from beslut.ord import insats_i_ord
from ersattning.models import Pris
from grund.text import antal_ord
from utforare.models import Avtal, Prislista
from utforare.regler import Avtalsform

DAGAR = 60


@dataclass(frozen=True, slots=True)
class Upphor:
    """What ends (`till`, exclusive): of what kind, whose or which, and where to look and to act."""

    till: date
    slag: str
    namn: str
    vad: str
    pk: int
    sida: str
    nasta: str
    nasta_sida: str
    hur_mycket: str = ""


def som_upphor(idag: date) -> list[Upphor]:
    """The first to end first. Three queries."""
    return sorted([*_avtal(idag), *_priser(idag)], key=lambda ett: (ett.till, ett.slag, ett.namn))


def _avtal(idag: date) -> list[Upphor]:
    efter = Avtal.objects.filter(
        person=None,
        utforare=OuterRef("utforare"),
        insats=OuterRef("insats"),
        period__contains=OuterRef("till"),
    )
    # an individavtal is to be tried again whatever follows: ersattning.attgora_individavtal
    allmanna = Avtal.objects.filter(person=None, till__gt=idag, till__lte=idag + timedelta(days=DAGAR))
    slutar = allmanna.exclude(Exists(efter))
    return [
        Upphor(
            till=ett.till,
            slag=f"avtal, {Avtalsform(ett.avtalsform).label}",
            namn=ett.utforare.namn,
            vad=insats_i_ord(ett.insats),
            pk=ett.pk,
            sida="utforare:avtal",
            nasta="Ny version",
            nasta_sida="ersattning:ny_avtalsversion",
        )
        for ett in slutar.select_related("utforare")
        if ett.till
    ]


def _priser(idag: date) -> list[Upphor]:
    """A line for each price list and day, when an avtal would need the prices after they end."""
    efter = Pris.objects.filter(
        prislista=OuterRef("prislista"),
        insats=OuterRef("insats"),
        niva=OuterRef("niva"),
        omfattning=OuterRef("omfattning"),
        tidsband=OuterRef("tidsband"),
        enhet=OuterRef("enhet"),
        period__contains=OuterRef("till"),
    )
    anvands = Avtal.objects.filter(prislista=OuterRef("prislista"), period__contains=OuterRef("till"))
    slutar = Pris.objects.filter(till__gt=idag, till__lte=idag + timedelta(days=DAGAR))
    antal: dict[tuple[int, date], int] = defaultdict(int)
    for lista, till in slutar.filter(~Exists(efter), Exists(anvands)).values_list(F("prislista"), F("till")):
        antal[lista, till] += 1
    listor = Prislista.objects.in_bulk({lista for lista, _ in antal})
    return [
        Upphor(
            till=till,
            slag="prislista",
            namn=listor[lista].namn,
            vad="",
            pk=lista,
            sida="ersattning:prislista",
            nasta="Nya priser",
            nasta_sida="ersattning:nya_priser",
            hur_mycket=antal_ord(hur_manga, "pris", "priser"),
        )
        for (lista, till), hur_manga in antal.items()
    ]
