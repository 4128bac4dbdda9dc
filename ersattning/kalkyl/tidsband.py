"""Which time band each minute of a visit falls in: highest prioritet wins, by the minute's own local clock (R20)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ersattning.kalkyl.klocka import DYGN, lokal, samma_forskjutning_till, veckodag
from ersattning.kalkyl.typer import Bandrad

_UTAN_BAND = (-(2**31), "")


class Bandbok:
    """The time bands of every price list."""

    def __init__(self, rader: Iterable[tuple[int, Bandrad]]) -> None:
        """`rader`: (prislista_id, Bandrad)."""
        self._vecka: dict[tuple[int, int], list[Bandrad]] = defaultdict(list)
        self._kalender: dict[int, list[Bandrad]] = defaultdict(list)
        self._listor: set[int] = set()
        for prislista_id, rad in rader:
            self._listor.add(prislista_id)
            if rad.veckodag is None:
                self._kalender[prislista_id].append(rad)
            else:
                self._vecka[prislista_id, rad.veckodag].append(rad)

    def dela(self, prislista_id: int, start: int, slut: int) -> list[tuple[str, int]]:
        """The UTC minutes `[start, slut)` as (tidsband, minutes) in time order; "" = no band."""
        if prislista_id not in self._listor:
            return [("", slut - start)]
        svar: list[tuple[str, int]] = []
        for fran, till in _dygnsvis(start, slut):
            for band, minuter in self._inom_dygn(prislista_id, fran, till):
                if svar and svar[-1][0] == band:
                    minuter += svar.pop()[1]  # noqa: PLW2901
                svar.append((band, minuter))
        return svar

    def _inom_dygn(self, prislista_id: int, start: int, slut: int) -> Iterator[tuple[str, int]]:
        """The same for minutes of one local day with one offset."""
        skillnad = lokal(start) - start
        noll = (start + skillnad) // DYGN * DYGN - skillnad  # UTC minute of the local midnight, at this offset
        rader = [
            (noll + rad.fran, noll + rad.till, (rad.prioritet, rad.tidsband))
            for rad in self._vecka[prislista_id, veckodag(start + skillnad)]
        ]
        rader += [(rad.fran, rad.till, (rad.prioritet, rad.tidsband)) for rad in self._kalender[prislista_id]]
        brytpunkter = sorted(
            {start, slut, *(punkt for fran, till, _ in rader for punkt in (fran, till) if start < punkt < slut)}
        )
        for fran, till in pairwise(brytpunkter):
            _, band = max((hos for f, t, hos in rader if f <= fran < t), default=_UTAN_BAND)
            yield band, till - fran


def _dygnsvis(start: int, slut: int) -> Iterator[tuple[int, int]]:
    """Cut `[start, slut)` at local midnights and where the clock is changed."""
    while start < slut:
        midnatt = start + DYGN - lokal(start) % DYGN
        till = samma_forskjutning_till(start, min(slut, midnatt))
        yield start, till
        start = till
