"""Rows as they come out of the database, for those who need each of them once."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

_BUNT = 10_000


def strom(sql: str, parametrar: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The query's rows, some thousands at a time: however many they are, no more are in memory.

    Where the database may not keep a cursor (docs/skala.md, PgBouncer) all are fetched at once.
    """
    oppna = connection.cursor if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] else connection.chunked_cursor
    with oppna() as cursor:
        cursor.execute(sql, parametrar)
        while bunt := cursor.fetchmany(_BUNT):
            yield from bunt
