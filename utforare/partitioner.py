"""Närvaro is kept in one table per month, below `utforare_narvaro` (docs/adr/0007). Measured on a year of a million
rows a month: the month's rows go in four times faster, and come out twice as fast, as in one table.

Each month's table has the guards of the whole (models.vakter), so that it can be written to by its own name.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from grund.tid import Manad

HELA = "utforare_narvaro"
MANADSLAS = 4_711_004  # key of the advisory lock of whoever makes a month's table


def sakra_manader(manader: Iterable[Manad]) -> None:
    """See to it that närvaro of these months has a table to go to. Call it in the transaction that stores the rows."""
    for manad in sorted(manader):
        if _saknas(manad):
            _skapa(manad)
            _fardigstall(manad)


@contextmanager
def skrivplats(manader: Collection[Manad]) -> Iterator[str]:
    """The table to COPY rows of these months into, and to no other.

    Rows of one month go straight to its table, and to a new one before it gets its index: twice as fast.
    """
    if len(manader) != 1:
        sakra_manader(manader)
        yield HELA
        return
    (manad,) = manader
    ny = _saknas(manad)
    if ny:
        _skapa(manad)
    yield _namn(manad)
    if ny:
        _fardigstall(manad)


def _namn(manad: Manad) -> str:
    return f"{HELA}_{manad.ar:04}_{manad.nummer:02}"


def _sql(fraga: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(fraga)
        return list(cursor.fetchall()) if cursor.description else []


def _finns(manad: Manad) -> bool:
    # Not to_regclass, which may answer from before a wait for somebody else's new table.
    namnrymd = f"(SELECT relnamespace FROM pg_class WHERE oid = '{HELA}'::regclass)"
    return bool(_sql(f"SELECT 1 FROM pg_class WHERE relname = '{_namn(manad)}' AND relnamespace = {namnrymd}"))


def _saknas(manad: Manad) -> bool:
    """Whether the month has no table. Then the caller makes it: others who need it wait to the end of our transaction.

    Two who report the first day of a month at once would otherwise both make it, and one of them fail.
    """
    if _finns(manad):
        return False
    _sql(f"SELECT pg_advisory_xact_lock({MANADSLAS})")
    return not _finns(manad)


def _skapa(manad: Manad) -> None:
    """A table of its own, with constraints, guards, rights and policies but no index yet. The database makes it, for a
    role that may make no tables itself (migration 0011)."""
    _sql(f"SELECT utforare_narvaro_skapa('{manad.fran}')")


def _fardigstall(manad: Manad) -> None:
    """Give it its index and put it in its place. That holds off neither readers nor writers of the other months."""
    _sql(f"SELECT utforare_narvaro_fardigstall('{manad.fran}')")
