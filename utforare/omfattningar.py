"""The degrees of omfattning that price lists know, asked of the app that has prices (ADR 0008)."""

from collections.abc import Collection, Mapping
from typing import Protocol, TypeAlias, cast

from django.conf import settings
from django.utils.module_loading import import_string

from grund.tid import Manad

Prisnyckel: TypeAlias = tuple[int, str]  # price list's primary key, insats


class Omfattningskalla(Protocol):
    """Answers with the degrees that have a price per day in the month."""

    def __call__(self, prislistor: Collection[int], manad: Manad) -> Mapping[Prisnyckel, list[str]]: ...


def omfattningar(prislistor: Collection[int], manad: Manad) -> Mapping[Prisnyckel, list[str]]:
    """The degrees that have a price per day in the month, by price list and insats. One query."""
    return cast("Omfattningskalla", import_string(settings.OMFATTNINGSKALLA))(prislistor, manad) if prislistor else {}
