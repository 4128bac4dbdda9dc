"""What imports have changed in a row, field by field, in words (read from the log of changes, Andring)."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, models

from grund.models import Andring
from grund.text import datum_i_ord, stor_forsta, tal
from grund.tid import EN_DAG, lokal_dag

FLEST = 100  # changes of one row that are shown; the latest


class Falt(NamedTuple):
    """A column that people know by `namn`; `i_ord` tells its value, as JSON keeps it, in words."""

    namn: str
    i_ord: Callable[[Any], str] = str


class Historierad(NamedTuple):
    """A change, as komponenter/handelser.html shows it."""

    nar: str
    text: str


class Skillnad(NamedTuple):
    """What an event changed in the row with the key, before and after in words."""

    nyckel: str
    text: str


def historik(fil: str, rad: models.Model, nyckel: str, falt: Mapping[str, Falt]) -> list[Historierad]:
    """What has changed in `rad`, which the file `fil` of the import knows by `nyckel`; latest first. Two queries."""
    andringar = Andring.objects.filter(fil=fil, nyckel=nyckel, gammalt__isnull=False).order_by("-handelse_id")
    tidigare = andringar.distinct("handelse_id").values_list("handelse__tidpunkt", "gammalt")[:FLEST]
    svar, efter = [], _nu(rad)
    for tidpunkt, gammalt in tidigare:
        fore: dict[str, Any] = gammalt or {}
        if text := _skillnad(fore, efter, falt):
            svar.append(Historierad(datum_i_ord(lokal_dag(tidpunkt)), text))
        efter = fore
    return svar


def skillnader(andringar: models.QuerySet[Andring], tabell: str, falt: Mapping[str, Falt]) -> dict[int, list[Skillnad]]:
    """What has changed in several rows of one file, by event: its number, and the rows that it changed in words.

    `andringar` are of the file whose rows lie in `tabell`. At most FLEST, the latest. Two queries.
    """
    urval = andringar.filter(gammalt__isnull=False).order_by("-handelse_id", "nyckel").distinct("handelse_id", "nyckel")
    alla = list(urval.values_list("handelse_id", "nyckel", "gammalt")[:FLEST])
    efter = _nu_alla(tabell, {gammalt["id"] for _, _, gammalt in alla if gammalt})
    svar: dict[int, list[Skillnad]] = {}
    for handelse, nyckel, gammalt in alla:
        fore: dict[str, Any] = gammalt or {}
        if text := _skillnad(fore, efter.get(fore["id"], {}), falt):
            svar.setdefault(handelse, []).append(Skillnad(nyckel, text))
        efter[fore["id"]] = fore
    return svar


def _nu_alla(tabell: str, nycklar: Collection[int]) -> dict[int, dict[str, Any]]:
    """Rows as JSON keeps them, by primary key; one that has been removed is not there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, to_jsonb(g) FROM {tabell} g WHERE id = ANY(%s)", [list(nycklar)])
        return {pk: dict(json.loads(rad)) for pk, rad in cursor.fetchall()}


def _nu(rad: models.Model) -> dict[str, Any]:
    """The row as JSON keeps it, to compare with what it was."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(g) FROM {rad._meta.db_table} g WHERE id = %s", [rad.pk])
        (svar,) = cursor.fetchone() or ("{}",)
    return dict(json.loads(svar))


def _skillnad(fore: Mapping[str, Any], efter: Mapping[str, Any], falt: Mapping[str, Falt]) -> str:
    """`Till och med: var 31 maj 2026, blev tills vidare.`"""
    delar = [
        f"{stor_forsta(ett.namn)}: var {_i_ord(ett, fore.get(kolumn))}, blev {_i_ord(ett, efter.get(kolumn))}."
        for kolumn, ett in falt.items()
        if fore.get(kolumn) != efter.get(kolumn)
    ]
    return " ".join(delar)


def _i_ord(falt: Falt, varde: Any) -> str:
    return falt.i_ord(varde) if varde not in (None, "", []) else _TOMT.get(falt.namn, "tomt")


_TOMT = {"till och med": "tills vidare"}


def dag(text: str) -> str:
    """A day of JSON in words."""
    return datum_i_ord(date.fromisoformat(text))


def sista(text: str) -> str:
    """The last day before an exclusive end, in words."""
    return datum_i_ord(date.fromisoformat(text) - EN_DAG)


def antal(varde: float) -> str:
    """A number in words, with at most four decimals."""
    return tal(Decimal(str(varde)), 4, minst=0)


def kod(val: type[models.TextChoices]) -> Callable[[str], str]:
    """A code by its name among `val`."""
    return lambda varde: str(val(varde).label)


FRAN = Falt("från och med", dag)
TILL = Falt("till och med", sista)
