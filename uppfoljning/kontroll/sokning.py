"""Asks the database what a rule finds: one query, with the limits and the persons that it is asked of."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from uppfoljning.kontroll.besok import BESOK
from uppfoljning.kontroll.typer import Fraga, Regel, Traff

_TABELL = "kontroll_besok"


def sok(regel: Regel, fraga: Fraga) -> list[Traff]:
    """What the rule finds, each key once."""
    if callable(regel.fraga):
        return list(regel.fraga(fraga))
    besok = fraga.besok or f"({BESOK.format(vilka=_vilka(fraga))})"
    with connection.cursor() as cursor:
        cursor.execute(regel.fraga.format(vilka=_vilka(fraga), besok=besok), _parametrar(fraga))
        rader = cursor.fetchall()
    return list({rad[0]: _traff(rad) for rad in rader}.values())


@contextmanager
def allas_besok(fraga: Fraga) -> Iterator[str]:
    """The visits of the time that is looked at, read once for all the rules. Gives the name of the table.

    In a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {_TABELL} AS {BESOK.format(vilka='true')}", _parametrar(fraga))
        cursor.execute(f"CREATE INDEX ON {_TABELL} (person)")
        cursor.execute(f"ANALYZE {_TABELL}")
        yield _TABELL
        cursor.execute(f"DROP TABLE {_TABELL}")  # what fails takes the table with it when it is rolled back


def _vilka(fraga: Fraga) -> str:
    return "true" if fraga.personer is None else "p.id = ANY(%(personer)s)"


def _parametrar(fraga: Fraga) -> dict[str, Any]:
    return {
        "idag": fraga.idag,
        "fran": fraga.fran,
        "manad": fraga.idag.replace(day=1),
        "personer": list(fraga.personer or ()),
        "lasta": list(fraga.lasta),
        **fraga.granser,
    }


def _traff(rad: tuple[Any, ...]) -> Traff:
    nyckel, objekt_nyckel, objekt_id, person, enhet, fran, till, uppgifter, besok = rad
    return Traff(nyckel, objekt_nyckel, objekt_id, person, enhet, fran, till, json.loads(uppgifter), tuple(besok or ()))
