"""Many rows in little room: a nation's report has a hundred thousand single persons, and a page shows twenty. Pure.

They are packed in bundles of a few bytes a row, so that the report is kept, sent and read as quickly as its sums are.
Only the bundles that somebody asks for become rows again.
"""

import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import overload

from uppfoljning.rapport.innehall import Del, Rad, Rapport, Tabell

BUNT = 500  # rows in a bundle: a page reads one or two
_SNABBAST = 1  # of zlib's levels


class Packade(Sequence[Rad]):
    """The rows, in order."""

    __slots__ = ("_antal", "_buntar")

    def __init__(self, rader: Sequence[Rad]) -> None:
        self._antal = len(rader)
        self._buntar = tuple(_packa(rader[plats : plats + BUNT]) for plats in range(0, len(rader), BUNT))

    def __len__(self) -> int:
        return self._antal

    def __iter__(self) -> Iterator[Rad]:
        for bunt in self._buntar:
            yield from _packa_upp(bunt)

    @overload
    def __getitem__(self, plats: int) -> Rad: ...
    @overload
    def __getitem__(self, plats: slice) -> Sequence[Rad]: ...
    def __getitem__(self, plats: int | slice) -> Rad | Sequence[Rad]:
        vilka = range(self._antal)[plats]
        if isinstance(vilka, int):
            return _packa_upp(self._buntar[vilka // BUNT])[vilka % BUNT]
        if not vilka:
            return ()
        forst, sist = min(vilka) // BUNT, max(vilka) // BUNT
        rader = [rad for bunt in self._buntar[forst : sist + 1] for rad in _packa_upp(bunt)]
        return tuple(rader[ett - forst * BUNT] for ett in vilka)


def packa(rapport: Rapport) -> Rapport:
    """The same report, with every table that is longer than a bundle packed."""
    return replace(rapport, delar=tuple(map(_packad_del, rapport.delar)))


def _packad_del(del_: Del) -> Del:
    return replace(del_, tabeller=tuple(map(_packad_tabell, del_.tabeller)))


def _packad_tabell(tabell: Tabell) -> Tabell:
    return tabell if len(tabell.rader) <= BUNT else replace(tabell, rader=Packade(tabell.rader))


def _packa(rader: Sequence[Rad]) -> bytes:
    """As plain tuples, which are read in a fraction of the time that objects take."""
    return zlib.compress(pickle.dumps([(rad.celler, rad.adress) for rad in rader], pickle.HIGHEST_PROTOCOL), _SNABBAST)


def _packa_upp(bunt: bytes) -> list[Rad]:
    return [Rad(*ett) for ett in pickle.loads(zlib.decompress(bunt))]  # noqa: S301  packed above, kept as Django keeps all in Valkey
