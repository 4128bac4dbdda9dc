"""Whose rows: the retention table's paths as queries. The register extract reads persons' rows by the same."""

from collections.abc import Collection

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from grund.kedja.loggar import GALLRAT
from grund.models import Andring
from uppfoljning.gallring.tabell import FOR
from uppfoljning.gallring.typer import Lank, Lankslag, Modellrad


def modell(rad: Modellrad) -> type[Model]:
    """The model that a line of the table is about."""
    return apps.get_model(rad.modell)


def rader_om(rad: Modellrad, personer: Collection[int]) -> "QuerySet[Model]":
    """The rows of the line's model that are any of the persons' (primary keys). ValueError if it has no persons."""
    if not rad.om_person:
        msg = f"{rad.modell} har inga rader om personer"
        raise ValueError(msg)
    villkor = Q()
    for vag in rad.vag:
        villkor |= Q(**{f"{vag}__in": personer})
    if rad.lank:
        villkor |= _lankade(rad.lank, personer)
    return modell(rad)._base_manager.filter(villkor)


def _lankade(lank: Lank, personer: Collection[int]) -> Q:
    if lank.slag == Lankslag.PERSONER:
        return Q(**{f"{lank.falt}__overlap": list(personer)})
    if lank.slag == Lankslag.ANDRING:
        return Q(slag=Andring.Slag.PERSON, **{f"{lank.falt}__in": personer})
    if lank.slag == Lankslag.PERSON_ID:
        return Q(**{f"{lank.falt}__in": personer})
    return Q(**{f"{lank.falt}__in": rader_om(FOR[lank.till], personer).values("nyckel")})


def utan_text(rad: Modellrad) -> Q:
    """Rows of the line whose free texts have been emptied, or never held anything."""
    villkor = Q()
    for falt in rad.fritext:
        villkor &= Q(**{f"{falt}__in": ("", GALLRAT)})
    return villkor
