"""Price lists for the pages that show them: read from the database and put in words."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from beslut.ord import insats_i_ord, niva_i_ord
from beslut.regler import Insats
from ersattning.models import Pris, Tidsband
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Prisenhet
from grund.sortering import pa_svenska
from grund.text import TANKSTRECK, VECKODAGAR, giltig_i_ord, och, stor_forsta, tidpunkt_i_ord
from grund.tid import Manad
from utforare.models import Avtal, Prislista


class Anvandning(NamedTuple):
    """A price list, how many prices it has, and the contracts that use it, by provider."""

    prislista: Prislista
    antal: int
    galler: int
    avtal: list[Avtal]


class Prisrad(NamedTuple):
    """A price as it is shown: its values of the group's columns, its days, and if it is "tidigare" or "kommande"."""

    pris: Pris
    galler_for: list[str]
    giltig: str
    lage: str


class Prisgrupp(NamedTuple):
    """The prices of an insats in one unit, with the columns that any of them uses."""

    insats: str
    enhet: str
    kolumner: list[str]
    rader: list[Prisrad]


class Bandord(NamedTuple):
    """When a time band applies, in words: each week, and between moments of the calendar."""

    namn: str
    vecka: list[str]
    tillfallen: list[str]


def prislistor(idag: date) -> list[Anvandning]:
    """Every price list by name. Two queries."""
    galler = Q(priser__fran__lte=idag) & (Q(priser__till=None) | Q(priser__till__gt=idag))
    listor = Prislista.objects.annotate(antal=Count("priser"), antal_nu=Count("priser", filter=galler))
    per_lista: dict[int, list[Avtal]] = defaultdict(list)
    for avtal in Avtal.objects.select_related("utforare").order_by(*pa_svenska("utforare__namn"), "insats", "-fran"):
        per_lista[avtal.prislista_id].append(avtal)
    return [
        Anvandning(lista, lista.antal, lista.antal_nu, per_lista[lista.pk])
        for lista in listor.order_by(*pa_svenska("namn"), "nyckel")
    ]


def prisgrupper(prislista: Prislista, idag: date) -> list[Prisgrupp]:
    """The list's prices by insats and unit, as the law and the levels count; of the same thing the latest first."""
    rader = sorted(Pris.objects.filter(prislista=prislista), key=_ordning)
    per_grupp = groupby(rader, key=lambda pris: (pris.insats, pris.enhet))
    return [_prisgrupp(insats, enhet, list(grupp), idag) for (insats, enhet), grupp in per_grupp]


def priser_pa_dag(prislista: Prislista, dag: date) -> list[Pris]:
    """The prices that hold on the day, in the list's order."""
    return sorted(Pris.objects.filter(prislista=prislista, period__contains=dag), key=_ordning)


def avtal_med(prislista: Prislista) -> QuerySet[Avtal]:
    """The contracts that use the list."""
    return prislista.avtal.select_related("utforare").order_by(*pa_svenska("utforare__namn"), "insats", "-fran")


def tidsband(prislista: Prislista) -> list[Bandord]:
    """When each of the list's time bands applies, the one that wins first (R20)."""
    ordning = ("-prioritet", "tidsband", "fran_minut", "till_minut", "veckodag", "fran_tidpunkt")
    rader = Tidsband.objects.filter(prislista=prislista).order_by(*ordning)
    per_band = groupby(rader, key=lambda rad: (rad.prioritet, rad.tidsband))
    return [_bandord(namn, list(grupp)) for (_, namn), grupp in per_band]


def _ordning(pris: Pris) -> tuple[object, ...]:
    niva = (int(pris.niva) if pris.niva.isdecimal() else -1, pris.niva)
    plats = (Insats.values.index(pris.insats), Prisenhet.values.index(pris.enhet))
    return (*plats, niva, pris.omfattning, pris.tidsband, -pris.fran.toordinal())


def _prisgrupp(insats: str, enhet: str, priser: list[Pris], idag: date) -> Prisgrupp:
    kolumner = [(rubrik, falt) for rubrik, falt in _KOLUMNER if any(getattr(pris, falt) for pris in priser)]
    kolumner = kolumner or [_KOLUMNER[0]]
    rader = [
        Prisrad(
            pris, [_varde(pris, falt) for _, falt in kolumner], giltig_i_ord(pris.fran, pris.till), _lage(pris, idag)
        )
        for pris in priser
    ]
    return Prisgrupp(insats_i_ord(insats), Prisenhet(enhet).label, [rubrik for rubrik, _ in kolumner], rader)


_KOLUMNER = (("Nivå", "niva"), ("Omfattning", "omfattning"), ("Tidsband", "tidsband"))
_I_ORD = {"niva": niva_i_ord, "tidsband": tidsband_i_ord}
_ALLA = {"niva": "Alla nivåer", "omfattning": "Alla", "tidsband": "Alla tider"}


def _varde(pris: Pris, falt: str) -> str:
    """The price's value of a column; an empty one is for all."""
    varde = getattr(pris, falt)
    if not varde:
        return _ALLA[falt]
    return stor_forsta(_I_ORD.get(falt, str)(varde))


def _lage(pris: Pris, idag: date) -> str:
    if pris.fran > idag:
        return "kommande"
    return "tidigare" if pris.till and pris.till <= idag else "galler"


def _bandord(namn: str, rader: list[Tidsband]) -> Bandord:
    """`måndag–fredag 19.00–24.00`; days with the same hours together."""
    tillfallen, dagar = [], defaultdict(list)
    for rad in rader:
        if rad.fran_tidpunkt and rad.till_tidpunkt:
            tillfallen.append(f"{tidpunkt_i_ord(rad.fran_tidpunkt)}{TANKSTRECK}{tidpunkt_i_ord(rad.till_tidpunkt)}")
        elif rad.veckodag and rad.fran_minut is not None and rad.till_minut is not None:
            dagar[rad.fran_minut, rad.till_minut].append(rad.veckodag)
    vecka = [stor_forsta(f"{_veckodagar(dagar[tid])} {_klockan(*tid)}") for tid in dagar]
    return Bandord(stor_forsta(tidsband_i_ord(namn)), vecka, tillfallen)


def _klockan(fran: int, till: int) -> str:
    return "hela dygnet" if (fran, till) == (0, 1440) else f"{_klocka(fran)}{TANKSTRECK}{_klocka(till)}"


def _veckodagar(dagar: list[int]) -> str:
    """`måndag–fredag`, `lördag och söndag`, `måndag, onsdag och fredag`."""
    namn = [VECKODAGAR[dag - 1] for dag in sorted(dagar)]
    if len(namn) > 2 and max(dagar) - min(dagar) == len(namn) - 1:
        return f"{namn[0]}{TANKSTRECK}{namn[-1]}"
    return och(namn)


def _klocka(minut: int) -> str:
    return f"{minut // 60:02}.{minut % 60:02}"


def omfattningar(prislistor: Collection[int], manad: Manad) -> dict[tuple[int, str], list[str]]:
    """The degrees that have a price per day in the month, by price list and insats (utforare.omfattningar)."""
    priser = Pris.objects.filter(
        prislista__in=prislistor, enhet=Prisenhet.DAG, period__overlap=(manad.fran, manad.till)
    )
    svar: dict[tuple[int, str], list[str]] = defaultdict(list)
    ordnade = priser.exclude(omfattning="").values_list("prislista_id", "insats", "omfattning").distinct()
    for prislista, insats, omfattning in ordnade.order_by("prislista_id", "insats", "omfattning"):
        svar[prislista, insats].append(omfattning)
    return svar
