"""What the underlag was when a row was made: today's rows, set back by what the import has noted since (grund.Andring).

A row rests on facts that may be corrected or taken back afterwards. Each such change kept what was there before it, so
the earliest change after the calculation tells what the calculation saw.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from ersattning.models import Ersattningsrad
from grund.models import Andring
from grund.tid import Manad

M = TypeVar("M", bound=Model)
Nyckel = Callable[[Mapping[str, Any]], Any]
MEST = 2_000  # of changes that are looked at: far more than touch one person, price list and contract in a month
_NARVARO_FORE = timedelta(days=62)  # a run of absence goes on from before the month


def _efter_id(gammalt: Mapping[str, Any]) -> Any:
    return gammalt["id"]


def narvarodag(gammalt: Mapping[str, Any]) -> Any:
    """What a närvaro row is known by."""
    return gammalt["verkstallighet_id"], gammalt["datum"]


class Andringar:
    """The changes after a calculation that may concern a row, the earliest first."""

    def __init__(self, alla: Iterable[Andring]) -> None:
        self.alla = tuple(alla)

    def fore(self, fil: str, nyckel: Nyckel = _efter_id) -> dict[Any, Mapping[str, Any]]:
        """What each changed or removed row of `fil` was when the calculation saw it."""
        svar: dict[Any, Mapping[str, Any]] = {}
        for andring in self.alla:
            if andring.fil == fil and andring.gammalt is not None:
                svar.setdefault(nyckel(andring.gammalt), andring.gammalt)
        return svar

    def till_och_med(self, nummer: int) -> "Andringar":
        """Those that a later calculation has seen."""
        return Andringar(ett for ett in self.alla if ett.pk <= nummer)

    def efter(self, nummer: int) -> "Andringar":
        """Those that came after `nummer`."""
        return Andringar(ett for ett in self.alla if ett.pk > nummer)

    def som_ror(self, rad: Ersattningsrad) -> "Andringar":
        """Without those that are known to be of another insats, verkställighet's närvaro or visits, or price cell."""
        return Andringar(ett for ett in self.alla if _ror(ett, rad))


def _ror(andring: Andring, rad: Ersattningsrad) -> bool:
    gammalt = andring.gammalt
    if gammalt is None:
        return True
    if andring.fil in {"narvaro", "besok"}:
        return bool(gammalt["verkstallighet_id"] == rad.verkstallighet_id)
    if andring.fil == "priser" and not _passar(gammalt, rad):
        return False
    return bool(gammalt.get("insats", rad.insats) == rad.insats)


def _passar(pris: Mapping[str, Any], rad: Ersattningsrad) -> bool:
    """R4: a cell that could price the row, its days aside."""
    falten = ("niva", "omfattning", "tidsband")
    return pris["enhet"] == rad.enhet_for_antal and all(pris[ett] in {"", getattr(rad, ett)} for ett in falten)


def andringar(sedan: int, vems: Mapping[str, Iterable[int]], manad: Manad) -> Andringar:
    """The changes after number `sedan` of these scopes (slag → primary keys) that may touch the month."""
    omfang = Q()
    for slag, ider in vems.items():
        omfang |= Q(slag=slag, objekt_id__in=list(ider))
    urval = Andring.objects.filter(omfang, _beror(manad), pk__gt=sedan)
    return Andringar(urval.select_related("handelse__av").order_by("pk")[:MEST])


def _beror(manad: Manad) -> Q:
    """Days that meet the month. A visit's or a band's days reach one further, and närvaro of before may count on."""
    fran = Q(till__isnull=True) | Q(till__gte=manad.fran)
    narvaro = Q(fil="narvaro", fran__gte=manad.fran - _NARVARO_FORE)
    return Q(fran__lte=manad.till) & ((fran & ~Q(fil="narvaro")) | narvaro)


def som_det_var(modell: type[M], gammalt: Mapping[str, Any]) -> M:
    """A row of the table as it was, from the JSON that was kept of it. Not to be saved."""
    falt = {
        f.attname: f.to_python(gammalt[f.column])
        for f in modell._meta.concrete_fields
        if f.column and f.column in gammalt and not f.generated
    }
    return modell(**falt)


def da(nu: QuerySet[M], fore: Mapping[Any, Mapping[str, Any]], ider: Iterable[int]) -> dict[int, M]:
    """The rows with these keys as they were; one that is gone comes back, one that never was is left out."""
    onskade = set(ider)
    lasta = {rad.pk: rad for rad in nu.filter(pk__in=onskade)} if onskade else {}
    return satt_tillbaka(nu.model, lasta, fore, onskade)


def satt_tillbaka(
    modell: type[M], nu: Mapping[int, M], fore: Mapping[Any, Mapping[str, Any]], ider: set[int]
) -> dict[int, M]:
    """`nu`, with those of `ider` that have changed since as they were before."""
    svar = dict(nu)
    for id_ in ider & fore.keys():
        ny = som_det_var(modell, fore[id_])
        if id_ in svar:
            ny._state.fields_cache.update(_oforandrade(svar[id_], ny))
        svar[id_] = ny
    return svar


def _oforandrade(nu: Model, ny: Model) -> dict[str, Any]:
    """What has been read of related rows, where the row still points at the same."""
    return {
        namn: rad
        for namn, rad in nu._state.fields_cache.items()
        if getattr(nu, f"{namn}_id", None) == getattr(ny, f"{namn}_id", None)
    }
