"""What is put in for KPB: the ledger summary of a year, and the limits of what is out of the ordinary."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from grund.tid import Manad
from uppfoljning.rapporter.kpb.fordelning import Post
from uppfoljning.rapporter.kpb.regler import Gransmatt

HELA_ARET = 12


@dataclass(frozen=True, slots=True)
class Bokslut:
    """The accounts of a year, or of its first `manader` months. `kalla`: which upload it is."""

    ar: int
    manader: int
    poster: tuple[Post, ...]
    kalla: str

    @property
    def fran(self) -> date:
        """First day."""
        return date(self.ar, 1, 1)

    @property
    def till(self) -> date:
        """The day after the last."""
        return Manad(self.ar, self.manader).till

    @property
    def helt(self) -> bool:
        """The whole year."""
        return self.manader == HELA_ARET

    @property
    def namn(self) -> str:
        """`2025`, `januari–maj 2026`."""
        return str(self.ar) if self.helt else f"de första {self.manader} månaderna {self.ar}"


@dataclass(frozen=True, slots=True)
class Grans:
    """What is out of the ordinary: below `lagst` or above `hogst` for a person. `insats` empty = all together."""

    insats: str
    matt: Gransmatt
    lagst: Decimal | None
    hogst: Decimal | None

    def utanfor(self, varde: Decimal | Fraction) -> bool:
        """Whether the value is."""
        return (self.lagst is not None and varde < self.lagst) or (self.hogst is not None and varde > self.hogst)


def bokslutsar() -> list[int]:
    """The years that there are accounts of, in order."""
    return []


def bokslut(ar: int) -> Bokslut:
    """The accounts of the year that hold. KeyError: there are none."""
    raise KeyError(ar)


def granser() -> tuple[Grans, ...]:
    """The limits that hold."""
    return ()
