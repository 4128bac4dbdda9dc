"""Price lists for the pages that show them: read from the database and put in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from beslut.ord import insats_i_ord, niva_i_ord
from beslut.regler import Insats
from ersattning.models import Pris, Tidsband
from ersattning.regler import Prisenhet
from grund.text import TANKSTRECK, giltig_i_ord, stor_forsta, tidpunkt_i_ord
from utforare.models import Avtal, Prislista

_VECKODAGAR = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


class Anvandning(NamedTuple):
    """A price list, how many prices it has, and the contracts that use it, by provider."""

    prislista: Prislista
    antal: int
    galler: int
    avtal: list[Avtal]


@dataclass(frozen=True)
class Prisrad:
    """A price as it is shown. `lage`: "galler", "tidigare" or "kommande"."""

    pris: Pris
    niva: str
    omfattning: str
    tidsband: str
    giltig: str
    lage: str


@dataclass(frozen=True)
class Prisgrupp:
    """The prices of an insats in one unit, and which columns any of them uses."""

    insats: str
    enhet: str
    rader: list[Prisrad]

    @property
    def har_niva(self) -> bool:
        return any(rad.pris.niva for rad in self.rader)

    @property
    def har_omfattning(self) -> bool:
        return any(rad.pris.omfattning for rad in self.rader)

    @property
    def har_tidsband(self) -> bool:
        return any(rad.pris.tidsband for rad in self.rader)


class Bandord(NamedTuple):
    """A time band in words."""

    namn: str
    nar: list[str]
    prioritet: int


def prislistor(idag: date) -> list[Anvandning]:
    """Every price list by name. Two queries."""
    galler = Q(priser__fran__lte=idag) & (Q(priser__till=None) | Q(priser__till__gt=idag))
    listor = Prislista.objects.annotate(antal=Count("priser"), antal_nu=Count("priser", filter=galler))
    per_lista: dict[int, list[Avtal]] = defaultdict(list)
    for avtal in Avtal.objects.select_related("utforare").order_by("utforare__namn", "insats", "-fran"):
        per_lista[avtal.prislista_id].append(avtal)
    return [
        Anvandning(lista, lista.antal, lista.antal_nu, per_lista[lista.pk])
        for lista in listor.order_by("namn", "nyckel")
    ]


def prisgrupper(prislista: Prislista, idag: date) -> list[Prisgrupp]:
    """The list's prices by insats and unit, as the law and the levels count; of the same thing the latest first."""
    rader = sorted(Pris.objects.filter(prislista=prislista), key=_ordning)
    return [
        Prisgrupp(insats_i_ord(insats), Prisenhet(enhet).label, [_prisrad(pris, idag) for pris in grupp])
        for (insats, enhet), grupp in groupby(rader, key=lambda pris: (pris.insats, pris.enhet))
    ]


def avtal_med(prislista: Prislista) -> QuerySet[Avtal]:
    """The contracts that use the list."""
    return prislista.avtal.select_related("utforare").order_by("utforare__namn", "insats", "-fran")


def tidsband(prislista: Prislista) -> list[Bandord]:
    """When each of the list's time bands applies, the one that wins first (R20)."""
    rader = Tidsband.objects.filter(prislista=prislista).order_by(
        "-prioritet", "tidsband", "fran_minut", "till_minut", "veckodag", "fran_tidpunkt"
    )
    svar = []
    for (prioritet, namn), grupp in groupby(rader, key=lambda rad: (rad.prioritet, rad.tidsband)):
        svar.append(Bandord(stor_forsta(namn), list(_nar(list(grupp))), prioritet))
    return svar


def _ordning(pris: Pris) -> tuple[object, ...]:
    niva = (int(pris.niva) if pris.niva.isdecimal() else -1, pris.niva)
    plats = (Insats.values.index(pris.insats), Prisenhet.values.index(pris.enhet))
    return (*plats, niva, pris.omfattning, pris.tidsband, -pris.fran.toordinal())


def _prisrad(pris: Pris, idag: date) -> Prisrad:
    return Prisrad(
        pris=pris,
        niva=stor_forsta(niva_i_ord(pris.niva)) if pris.niva else "Alla nivåer",
        omfattning=stor_forsta(pris.omfattning) or "All",
        tidsband=stor_forsta(pris.tidsband) or "Alla tider",
        giltig=giltig_i_ord(pris.fran, pris.till),
        lage=_lage(pris, idag),
    )


def _lage(pris: Pris, idag: date) -> str:
    if pris.fran > idag:
        return "kommande"
    return "tidigare" if pris.till and pris.till <= idag else "galler"


def _nar(rader: list[Tidsband]) -> Iterable[str]:
    """`måndag–fredag 19.00–24.00`; days with the same hours together."""
    dagar: dict[tuple[int, int], list[int]] = defaultdict(list)
    for rad in rader:
        if rad.fran_tidpunkt and rad.till_tidpunkt:
            yield f"{tidpunkt_i_ord(rad.fran_tidpunkt)}{TANKSTRECK}{tidpunkt_i_ord(rad.till_tidpunkt)}"
        elif rad.veckodag and rad.fran_minut is not None and rad.till_minut is not None:
            dagar[rad.fran_minut, rad.till_minut].append(rad.veckodag)
    for (fran, till), veckodagar in dagar.items():
        tid = "hela dygnet" if (fran, till) == (0, 1440) else f"{_klocka(fran)}{TANKSTRECK}{_klocka(till)}"
        yield f"{_veckodagar(veckodagar)} {tid}"


def _veckodagar(dagar: list[int]) -> str:
    """`måndag–fredag`, `lördag och söndag`, `måndag, onsdag och fredag`."""
    namn = [_VECKODAGAR[dag - 1] for dag in sorted(dagar)]
    if len(namn) > 2 and max(dagar) - min(dagar) == len(namn) - 1:
        return f"{namn[0]}{TANKSTRECK}{namn[-1]}"
    return " och ".join(filter(None, [", ".join(namn[:-1]), namn[-1]]))


def _klocka(minut: int) -> str:
    return f"{minut // 60:02}.{minut % 60:02}"
