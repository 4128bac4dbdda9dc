"""Which räkenskapsår are older than the seven years that bookkeeping is kept, and what is left of them.

The system shows them and removes nothing of them: docs/gallring.md says why, and what remains to be built.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from ersattning.fakturaregler import ATT_HANTERA, Fakturastatus
from ersattning.models import Ersattningsrad, Faktura, Fil, Justering, Korning
from ersattning.regler import FAST
from grund.tabeller import Tabell
from grund.text import datum_i_ord, tal
from grund.tid import Manad
from uppfoljning.gallring.regler import Rakenskapsar, bokforing_till, hinder_for_rakenskapsar


@dataclass(frozen=True, slots=True)
class Ar:
    """A year with körningar: why it stays (empty = it is due), and what there is of it. Rows are counted of a year
    whose time has come only: there are millions of the others."""

    ar: int
    hinder: tuple[str, ...]
    korningar: int
    filer: int
    fakturor: int
    justeringar: int
    rader: int | None


def aren(idag: date) -> list[Ar]:
    """Every year with a körning, the oldest first. Six queries, however many years."""
    manader: dict[int, list[tuple[date, str]]] = {}
    for manad, status in Korning.objects.order_by("manad").values_list("manad", "status"):
        manader.setdefault(manad.year, []).append((manad, status))
    oppna = Faktura.objects.filter(
        lage__avslutad=False, lage__status__in=(*ATT_HANTERA, Fakturastatus.VANTAR)
    ).order_by()
    vantar = _per_ar(oppna, "datum")
    filer, fakturor = _per_ar(Fil.objects.order_by(), "korning__manad"), _per_ar(Faktura.objects.order_by(), "datum")
    justeringar = _per_ar(Justering.objects.order_by(), "manad")
    gamla = [ar for ar in manader if bokforing_till(date(ar, 12, 31)) < idag]
    rader = _per_ar(Ersattningsrad.objects.filter(korning__manad__year__in=gamla).order_by(), "korning__manad")
    return [
        Ar(
            ar,
            tuple(hinder_for_rakenskapsar(_lage(ar, alla, vantar[ar]), idag=idag)),
            len(alla),
            filer[ar],
            fakturor[ar],
            justeringar[ar],
            rader[ar] if ar in gamla else None,
        )
        for ar, alla in sorted(manader.items())
    ]


def _lage(ar: int, manader: Iterable[tuple[date, str]], fakturor: int) -> Rakenskapsar:
    oppna = tuple(str(Manad.av(manad)) for manad, status in manader if status not in FAST)
    return Rakenskapsar(ar=ar, manader=oppna, fakturor=fakturor)


def _per_ar(urval: "QuerySet[Any]", dag: str) -> Counter[int]:
    per = urval.annotate(aret=ExtractYear(dag)).values_list("aret").annotate(antal=Count("pk"))
    return Counter(dict(per))


class Aren(Tabell):
    """The years, and what there is of each."""

    ar = tables.Column("Räkenskapsår")
    till = tables.Column("Finns kvar till och med")
    korningar = tables.Column("Månader")
    rader = tables.Column("Rader")
    filer = tables.Column("Filer")
    fakturor = tables.Column("Fakturor")
    justeringar = tables.Column("Justeringar")
    lage = tables.Column("Läge")

    class Meta(Tabell.Meta):
        caption = "Räkenskapsår"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingen månad är beräknad."


def tabell(alla: Iterable[Ar]) -> Aren:
    """Drawn."""
    return Aren(
        [
            {
                "ar": str(ett.ar),
                "till": datum_i_ord(bokforing_till(date(ett.ar, 12, 31))),
                "korningar": tal(ett.korningar),
                "rader": "räknas när tiden har gått" if ett.rader is None else tal(ett.rader),
                "filer": tal(ett.filer),
                "fakturor": tal(ett.fakturor),
                "justeringar": tal(ett.justeringar),
                "lage": " ".join(ett.hinder) or "Äldre än sju år. Beslutas tillsammans med arkivmyndigheten.",
            }
            for ett in alla
        ]
    )
