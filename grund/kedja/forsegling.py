"""Sealing: new rows of the logs get their links, in order, by one writer at a time. A few seconds after they came, and
never in the transaction of what somebody does: no user waits for it, and nothing that fails here stops anybody."""

from datetime import datetime

from django.db import connection

from grund.kedja.loggar import Logg, loggar

OMGANG = 50_000  # links a transaction; some seconds


def forsegla(nu: datetime) -> int:
    """Seal all that is committed, and how many rows that was."""
    return sum(_logg(logg, nu) for logg in loggar())


def _logg(logg: Logg, nu: datetime) -> int:
    antal, senast = 0, OMGANG
    while senast == OMGANG:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {logg.forsegla}(%s, %s)", [nu, OMGANG])
            ((senast,),) = cursor.fetchall()
        antal += senast
    return antal


def vantande(logg: Logg, innan: datetime) -> tuple[int, datetime | None]:
    """Rows that came before `innan` and have no link yet: how many, and since when the oldest waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), min(t.tidpunkt) FROM {logg.tabell} t WHERE t.tidpunkt < %(innan)s"
            " AND t.id > (SELECT coalesce(max(under), 0) FROM grund_loggmarke WHERE logg = %(logg)s)"
            " AND NOT EXISTS (SELECT FROM grund_logglank l WHERE l.logg = %(logg)s AND l.rad = t.id)",
            {"logg": logg.kod, "innan": innan},
        )
        ((antal, aldst),) = cursor.fetchall()
    return antal, aldst
