"""Every row about a person, one at a time, model by model: bounded memory, however many there are."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Model, QuerySet

from uppfoljning.gallring.typer import Modellrad
from uppfoljning.gallring.urval import rader_om
from uppfoljning.personuppgifter.falt import falten

BIT = 500  # rows at a time
_TIDSORDNING = {"utforare.Narvaro": ("datum", "verkstallighet_id"), "utforare.Besok": ("dag", "pk")}


def rader(tabellrad: Modellrad, person: int) -> "QuerySet[Model]":
    """The model's rows about the person, in a settled order, without what is heavy and not given out."""
    alla = rader_om(tabellrad, [person])
    tunga = [falt.name for falt in alla.model._meta.concrete_fields if isinstance(falt, models.BinaryField)]
    return alla.defer(*tunga).order_by(*_TIDSORDNING.get(tabellrad.modell, ("pk",)))


def strom(tabellrad: Modellrad, person: int) -> Iterator[Model]:
    """The same, read a bit at a time."""
    return rader(tabellrad, person).iterator(chunk_size=BIT)


def varden(rad: Model) -> dict[str, Any]:
    """The row's fields that are given out, by name: for a reference its primary key."""
    return {falt.name: getattr(rad, falt.attname) for falt in falten(type(rad))}


def nummer(rad: Model) -> str:
    """What tells the row from the others of its model."""
    return "/".join(str(del_) for del_ in rad.pk) if isinstance(rad.pk, tuple) else str(rad.pk)
