"""Stores what operations keep, each in a transaction of its own, and never at the cost of what it tells of."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F, Q

from grund import klocka
from grund.insyn import fel as felord
from grund.insyn.logg import rad
from grund.insyn.matning import avtryck, samlare
from grund.insyn.modeller import Jobb, Langsamhet, Uppgiftsfel

P = ParamSpec("P")
VAR_MINUT = 60.0
FLEST_LANGSAMMA, FLEST_FEL = 500, 2000
LANGSAMT_KVAR, FEL_KVAR = timedelta(days=30), timedelta(days=400)


def _vid_sidan(skriv: Callable[P, None]) -> Callable[P, None]:
    """Storing is turned off in most tests, does nothing inside somebody's transaction, and may fail with a line."""

    @wraps(skriv)
    def vid_sidan(*args: P.args, **kwargs: P.kwargs) -> None:
        if not settings.INSYN_SPARA or (connection.in_atomic_block and not settings.INSYN_SPARA_I_TRANSAKTION):
            return
        try:
            with transaction.atomic():
                skriv(*args, **kwargs)
        except Error as fel:
            rad(logging.WARNING, "insyn kunde inte sparas", vad=skriv.__name__, fel=felord.klass(fel))

    return vid_sidan


_SPARA = """
INSERT INTO grund_langsamhet AS l (avtryck, slag, plats, text, antal, varsta, totalt, forst, senast)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (avtryck) DO UPDATE SET antal = l.antal + EXCLUDED.antal, totalt = l.totalt + EXCLUDED.totalt,
  varsta = greatest(l.varsta, EXCLUDED.varsta), senast = EXCLUDED.senast
"""


@_vid_sidan
def spara_langsamt(*, efter: float = VAR_MINUT) -> None:
    """What has been slow in this process; at most once in `efter` seconds, in one round to the database."""
    if not (samlat := samlare.tom(efter=efter)):
        return
    nu = klocka.nu()
    rader = [
        (avtryck(nyckel), *nyckel, ett.antal, ett.varsta, ett.totalt, nu, nu) for nyckel, ett in sorted(samlat.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_SPARA, rader)  # in order of the key: two processes must not wait for one another


@_vid_sidan
def jobb_startar(*, namn: str, nu: datetime) -> None:
    """A job of the clock's begins."""
    _skriv_jobb(Jobb(namn=namn, startat=nu, utfall=Jobb.Utfall.PAGAR), "startat", "slutat", "utfall", "sekunder")


@_vid_sidan
def jobb_slutar(*, namn: str, nu: datetime, sekunder: float, gick_bra: bool) -> None:
    """A job of the clock's has ended."""
    utfall = Jobb.Utfall.KLART if gick_bra else Jobb.Utfall.FEL
    jobb = Jobb(namn=namn, startat=nu, slutat=nu, utfall=utfall, sekunder=sekunder, lyckades=nu if gick_bra else None)
    _skriv_jobb(jobb, "slutat", "utfall", "sekunder", *(["lyckades"] if gick_bra else []))


def _skriv_jobb(jobb: Jobb, *falt: str) -> None:
    """Only these of its fields when it is known already; one statement, as the clock's jobs go all the time."""
    Jobb.objects.bulk_create([jobb], update_conflicts=True, unique_fields=["namn"], update_fields=falt)


@_vid_sidan
def anteckna_uppgiftsfel(
    *, namn: str, objekt: str, fel: BaseException, begaran: str, forsok: int, nu: datetime
) -> None:
    """A task has failed for good. Its class and its sentence without values; counted when it is open already."""
    klass = felord.klass(fel)[:120]
    oppet = Uppgiftsfel.objects.filter(namn=namn, objekt=objekt, felklass=klass, lost=None, kvitterad=None)
    if oppet.update(antal=F("antal") + 1, senast=nu, begaran=begaran, forsok=forsok):
        return
    Uppgiftsfel.objects.bulk_create(
        [
            Uppgiftsfel(
                namn=namn,
                objekt=objekt,
                felklass=klass,
                mening=felord.mening(fel),
                begaran=begaran,
                forsok=forsok,
                forst=nu,
                senast=nu,
            )
        ],
        ignore_conflicts=True,  # another worker was first with the same
    )


@_vid_sidan
def anteckna_lost(*, namn: str, objekt: str, nu: datetime) -> None:
    """The task has succeeded: what failed of it before needs nobody any more."""
    Uppgiftsfel.objects.filter(namn=namn, objekt=objekt, lost=None, kvitterad=None).update(lost=nu)


def glom(*, nu: datetime) -> None:
    """Keep the tables small: what nobody has met for long, and the least beyond a number."""
    Langsamhet.objects.filter(senast__lt=nu - LANGSAMT_KVAR).delete()
    kvar = Langsamhet.objects.order_by("-totalt").values("pk")[:FLEST_LANGSAMMA]
    Langsamhet.objects.exclude(pk__in=kvar).delete()
    avslutade = Uppgiftsfel.objects.filter(~Q(lost=None) | ~Q(kvitterad=None))
    avslutade.filter(senast__lt=nu - FEL_KVAR).delete()
    senaste = Uppgiftsfel.objects.order_by("-senast").values("pk")[:FLEST_FEL]
    avslutade.exclude(pk__in=senaste).delete()
