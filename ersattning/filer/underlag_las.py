"""Reads what the underlag workbook shows: rows with their grund, streamed, and the times of the visits in them.

A row's own grund says what was paid for. Only names and times are today's: what has no row any more is said to be gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from ersattning.filer import queries
from ersattning.filer.underlag_rader import Underlag, underlag
from ersattning.models import Ersattningsrad, Korning, Pris
from grund.tid import STOCKHOLM
from utforare.models import Avtal, Besok, Utforare

_BUNT = 500


class Besokstid(NamedTuple):
    """When a visit is registered, Swedish time without zone, as spreadsheets have it; `utford` if carried out."""

    dag: date
    start: datetime
    slut: datetime
    utford: bool


@dataclass
class Anvant:
    """What the rows name, gathered on the way: prices with the amounts they gave, contracts, articles."""

    priser: set[tuple[int, Decimal]] = field(default_factory=set)
    avtal: set[int] = field(default_factory=set)
    artiklar: set[str] = field(default_factory=set)
    typer: set[str] = field(default_factory=set)

    def lagg_till(self, rad: Ersattningsrad) -> None:
        self.artiklar.add(rad.artikel)
        self.typer.add(rad.typ)
        for del_ in rad.grund:
            if "pris" in del_:
                self.priser.add((del_["pris"], rad.a_pris))
                self.avtal.add(del_["avtal"])


def las(korning: Korning, utforare: Utforare, anvant: Anvant) -> Iterator[tuple[Underlag, dict[str, Besokstid]]]:
    """The provider's rows in the order of the specification, each with the times of its visits that still exist."""
    rader = queries.ordnade_rader(korning, utforare=utforare).iterator(_BUNT)
    plats = 0
    while bunt := list(islice(rader, _BUNT)):
        tider = _tider(bunt)
        for plats, rad in enumerate(bunt, plats + 1):  # noqa: B020
            anvant.lagg_till(rad)
            yield underlag(plats, queries.som_visas(rad), rad.grund), tider


def _tider(bunt: list[Ersattningsrad]) -> dict[str, Besokstid]:
    nycklar = {nyckel for rad in bunt for del_ in rad.grund for nyckel, _ in del_.get("besok", ())}
    falt = ("nyckel", "dag", "utford_start", "utford_slut", "planerad_start", "planerad_slut")
    svar = {}
    for nyckel, dag, utford_start, utford_slut, start, slut in (
        Besok.objects.filter(nyckel__in=nycklar).values_list(*falt) if nycklar else ()
    ):
        utford = utford_start is not None
        svar[nyckel] = Besokstid(dag, _lokal(utford_start or start), _lokal(utford_slut or slut), utford)
    return svar


def _lokal(tidpunkt: datetime) -> datetime:
    return tidpunkt.astimezone(STOCKHOLM).replace(tzinfo=None)


def priser(anvant: Anvant) -> list[tuple[Pris, Decimal]]:
    """The price cells that the rows were priced by, each with the amount that it gave, by list and what it is for."""
    ordning = ("prislista__namn", "prislista__nyckel", "insats", "enhet", "niva", "omfattning", "tidsband", "fran")
    celler = Pris.objects.filter(pk__in={pk for pk, _ in anvant.priser}).select_related("prislista")
    gav: dict[int, list[Decimal]] = {}
    for pk, belopp in sorted(anvant.priser):
        gav.setdefault(pk, []).append(belopp)
    return [(cell, belopp) for cell in celler.order_by(*ordning, "pk") for belopp in gav[cell.pk]]


def avtal(anvant: Anvant) -> list[Avtal]:
    """The contracts that the rows were paid under."""
    urval = Avtal.objects.filter(pk__in=anvant.avtal).select_related("prislista")
    return list(urval.order_by("insats", "fran", "nyckel"))
