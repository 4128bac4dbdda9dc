"""What is read about a month before anything is merged. Never reaches a template: siffror.py stands between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grund.tid import Manad
from uppfoljning.undertryckning import Cell, Personer


@dataclass(frozen=True, slots=True)
class Volym:
    """How much of an insats was paid for, in one unit (`enhet` as in ersattning.csv)."""

    insats: str
    enhet: str
    personer: Personer
    antal: Decimal


@dataclass(frozen=True, slots=True)
class Tillagg:
    """What a körning pays beside the month's own: a correction of `avser`, or (None) arbetsbonus or justeringar.

    Justeringar about persons stand apart from those that are the utförare's alone, which have no persons.
    """

    avser: Manad | None
    personer: Personer
    belopp: Decimal
    justering: bool = False

    @property
    def nyckel(self) -> tuple[Manad | None, bool, bool]:
        """What tells it from the others."""
        return self.avser, self.justering, bool(self.personer)


@dataclass(frozen=True, slots=True)
class Avvikelseslag:
    """How many avvikelser of a kind a körning told of."""

    kod: str
    personer: Personer
    antal: int


@dataclass(frozen=True, slots=True)
class Korningsfakta:
    """A körning, as a document refers to it. `steg` is the last step taken, `steg_av` who took it."""

    manad: Manad
    omgang: int
    ar_fast: bool
    steg: str
    steg_dag: date
    steg_av: str


@dataclass(frozen=True, slots=True)
class Manadsdata:
    """A month's own rows."""

    korning: Korningsfakta
    celler: tuple[Cell, ...]
    volymer: tuple[Volym, ...]


@dataclass(frozen=True, slots=True)
class Underlag:
    """All that a document about `manad` is made from. `jamforda` has the months that there are to compare with."""

    manad: Manad
    data: Manadsdata
    jamforda: Mapping[Manad, Manadsdata]
    tillagg: tuple[Tillagg, ...]
    avvikelser: tuple[Avvikelseslag, ...]
