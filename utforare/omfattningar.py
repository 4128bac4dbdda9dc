"""The degrees of omfattning that price lists know. Prices stand downstream: ersattning.apps says how to find them."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from grund.tid import Manad

Prisnyckel: TypeAlias = tuple[int, str]  # price list's primary key, insats
Kalla: TypeAlias = Callable[[Collection[int], Manad], Mapping[Prisnyckel, list[str]]]

_kallor: list[Kalla] = []


def anmal(kalla: Kalla) -> None:
    """Let `kalla` answer for the price lists. Called once, when the app that has the prices is ready."""
    _kallor[:] = [kalla]


def omfattningar(prislistor: Collection[int], manad: Manad) -> Mapping[Prisnyckel, list[str]]:
    """The degrees that have a price per day in the month, by price list and insats."""
    return _kallor[0](prislistor, manad) if _kallor and prislistor else {}
