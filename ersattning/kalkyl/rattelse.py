"""R40: what is settled against what the month would be now."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Ny = TypeVar("Ny")


@dataclass(frozen=True, slots=True)
class Fast:
    """A settled row: its id, what it is known by (all columns as printed), and the row that it takes back, if any."""

    id: int
    nyckel: Hashable
    krediterar: int | None


@dataclass(frozen=True, slots=True)
class Rattelse(Generic[Ny]):
    """The settled rows (ids) to take back, and the new rows to add."""

    krediteras: tuple[int, ...]
    tillkommer: tuple[Ny, ...]


def netto(fasta: Iterable[Fast]) -> list[Fast]:
    """What of the settled rows still stands: a kreditering cancels the row that it negates."""
    alla = list(fasta)
    borttagna = {rad.krediterar for rad in alla if rad.krediterar is not None}
    return [rad for rad in alla if rad.krediterar is None and rad.id not in borttagna]


def jamfor(fasta: Iterable[Fast], nya: Iterable[tuple[Hashable, Ny]]) -> Rattelse[Ny]:
    """Compare as multisets. Unchanged rows stay; of several alike, the earliest settled ones do."""
    star_kvar: dict[Hashable, list[int]] = defaultdict(list)
    for rad in netto(fasta):
        star_kvar[rad.nyckel].append(rad.id)
    for ider in star_kvar.values():
        ider.sort(reverse=True)
    tillkommer = []
    for nyckel, ny in nya:
        if star_kvar[nyckel]:
            star_kvar[nyckel].pop()
        else:
            tillkommer.append(ny)
    krediteras = sorted(id_ for ider in star_kvar.values() for id_ in ider)
    return Rattelse(tuple(krediteras), tuple(tillkommer))


def nya_avvikelser(fore: Iterable[Hashable], nu: Iterable[Hashable]) -> Counter[Hashable]:
    """The avvikelser (as printed) that the month did not have when it was last settled."""
    return Counter(nu) - Counter(fore)
