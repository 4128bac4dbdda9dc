"""Rows of a price list's tidsband that would both win the same minute: equal priority, overlapping. Pure.

A weekly rule is a stretch of local clock time on a weekday; a calendar interval is a stretch of real time. They meet
where the interval's local clock passes the rule: the interval is cut where the offset changes, so that each piece has
one clock, and at midnights. An hour that is skipped in March is in no piece, one that comes twice in October in two.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from grund.tid import EN_DAG, STOCKHOLM

_MINUT = timedelta(minutes=1)
_EN_VECKA = timedelta(days=8)  # a piece that long passes every minute of the week


@dataclass(frozen=True, slots=True)
class Band:
    """A row. `rad` None: stored already."""

    rad: int | None
    namn: str
    veckodag: int | None
    fran_minut: int | None
    till_minut: int | None
    fran: datetime | None
    till: datetime | None

    def __str__(self) -> str:
        var = "redan inläst" if self.rad is None else f"rad {self.rad}"
        return f"tidsbandet {self.namn} ({var})"


Stracka = tuple[Any, Any, Band]  # from, to (half-open), whose


def krockar(rader: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, str, str]]:
    """(rad, column, what is wrong) for each row of the package that meets another.

    Rows are (prislista, prioritet, rad, namn, veckodag, fran_minut, till_minut, fran, till).
    """
    grupper: dict[tuple[str, int], list[Band]] = defaultdict(list)
    for prislista, prioritet, *resten in rader:
        grupper[prislista, prioritet].append(Band(*resten))
    for (_, prioritet), banden in grupper.items():
        for ena, andra in _par(banden):
            ny, annan = (ena, andra) if (ena.rad or 0) >= (andra.rad or 0) else (andra, ena)
            if ny.rad is not None:
                yield ny.rad, "prioritet", f"Samma minut täcks också av {annan} med samma prioritet {prioritet}."


def _par(banden: list[Band]) -> Iterator[tuple[Band, Band]]:
    vecka = [band for band in banden if band.veckodag is not None]
    kalender = [band for band in banden if band.veckodag is None]
    dagar = {dag: [_veckostracka(band) for band in vecka if band.veckodag == dag] for dag in range(1, 8)}
    for strackor in dagar.values():
        yield from _moten(strackor)
    yield from _moten([(band.fran, band.till, band) for band in kalender])
    for band in kalender:
        yield from _kalender_mot_vecka(band, dagar)


def _veckostracka(band: Band) -> Stracka:
    return band.fran_minut, band.till_minut, band


def _moten(strackor: list[Stracka]) -> Iterator[tuple[Band, Band]]:
    """Each stretch with the one before it that reaches furthest, if they meet."""
    langst: Stracka | None = None
    for stracka in sorted(strackor, key=lambda en: en[:2]):
        if langst and stracka[0] < langst[1]:
            yield langst[2], stracka[2]
        if langst is None or stracka[1] > langst[1]:
            langst = stracka


def _kalender_mot_vecka(band: Band, dagar: dict[int, list[Stracka]]) -> Iterator[tuple[Band, Band]]:
    traffade: set[int] = set()
    for dag, fran, till in _klocka(band):
        for start, slut, vecka in dagar[dag]:
            if start < till and fran < slut and id(vecka) not in traffade:
                traffade.add(id(vecka))
                yield vecka, band


def _klocka(band: Band) -> Iterator[tuple[int, int, int]]:
    """The local clock that the interval passes, as (weekday, from minute, to minute), each at most once."""
    sedda: set[tuple[int, int, int]] = set()
    for start, slut in _bitar(band):
        midnatt = start.replace(hour=0, minute=0)
        while midnatt < slut:
            fran, till = max(start, midnatt), min(slut, midnatt + EN_DAG)
            bit = (midnatt.isoweekday(), (fran - midnatt) // _MINUT, (till - midnatt) // _MINUT)
            if bit not in sedda:
                sedda.add(bit)
                yield bit
            midnatt += EN_DAG


def _bitar(band: Band) -> Iterator[tuple[datetime, datetime]]:
    """The interval as naive local pieces, each with one offset; a long piece is cut after a full week."""
    assert band.fran is not None  # noqa: S101  a calendar row has both
    assert band.till is not None  # noqa: S101
    fran, slut = band.fran.astimezone(UTC), band.till.astimezone(UTC)
    while fran < slut:
        till = _samma_klocka_till(fran, slut)
        forskjutning = _forskjutning(fran)
        start = fran.replace(tzinfo=None) + forskjutning
        yield start, min(till.replace(tzinfo=None) + forskjutning, start + _EN_VECKA)
        fran = till


def _samma_klocka_till(fran: datetime, slut: datetime) -> datetime:
    """The first moment after `fran`, at most `slut`, when the offset is another. Offsets hold for more than a week."""
    steg = fran
    while steg < slut:
        nasta = min(steg + timedelta(days=7), slut)
        if _forskjutning(nasta) != _forskjutning(fran):
            return _sok(fran, steg, nasta)
        steg = nasta
    return slut


def _sok(fran: datetime, lag: datetime, hog: datetime) -> datetime:
    """Halving: the first minute in (lag, hog] whose offset is not that of `fran`."""
    while hog - lag > _MINUT:
        mitt = lag + (hog - lag) // 2
        mitt -= timedelta(seconds=mitt.second, microseconds=mitt.microsecond)
        if _forskjutning(mitt) == _forskjutning(fran):
            lag = mitt
        else:
            hog = mitt
    return hog


def _forskjutning(tidpunkt: datetime) -> timedelta:
    return tidpunkt.astimezone(STOCKHOLM).utcoffset() or timedelta(0)
