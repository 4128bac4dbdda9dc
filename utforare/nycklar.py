"""Keys for what is made here instead of in the source system: readable, and never one that is taken."""

from datetime import date
from typing import Any

from django.db import connection, models


def ny_nyckel(modell: type[models.Model], prefix: str, dag: date) -> str:
    """`PL-2026-041`: the prefix, the year, and a number from the table's own sequence. Never the same twice."""
    alla: Any = modell._default_manager
    while True:
        nyckel = f"{prefix}-{dag.year}-{_nummer(modell):03}"
        if not alla.filter(nyckel=nyckel).exists():
            return nyckel


def _nummer(modell: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [modell._meta.db_table])
        ((nummer,),) = cursor.fetchall()
    return int(nummer)
