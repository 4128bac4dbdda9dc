"""What a kind of file is: its period, its columns, and the table that its rows are kept in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, BinaryIO

from grund.datapaket.beskrivning import Fil, Kolumn, Radregel, Spar, Varden
from grund.datapaket.csvlasning import Klaga, Rad, csvrader
from grund.datapaket.typer import Referens, Typ
from grund.tid import Manad
from uppfoljning.models import Uppgiftsrad

Filfel = tuple[int, str, str]  # line, column, what is wrong


class Period(Enum):
    """What time a file is of. A new file for the same time takes the place of the one before."""

    AR = "år"
    MANAD = "månad"
    INGEN = "alla tider"


@dataclass(frozen=True, slots=True)
class Falt:
    """A column. `rubrik`: what people call it; `hjalp`: what it means. The model has a field `namn`; a reference
    `enhet_id` is its foreign key `enhet`."""

    namn: str
    rubrik: str
    typ: Typ
    kravs: bool = True
    hjalp: str = ""

    @property
    def modellfalt(self) -> str:
        """The model's field."""
        return self.namn.removesuffix("_id") if self.pekar_pa else self.namn

    @property
    def pekar_pa(self) -> str:
        """The file of the import format whose id it is (utforare, enheter), or nothing."""
        return self.typ.till if isinstance(self.typ, Referens) else ""


@dataclass(frozen=True)
class Uppgiftsslag:
    """A kind of file. `nyckel` is its name in addresses, in the database, and of the sheet in a workbook.

    `modell` has a field for each column. `unikt`: columns that name a row. `regler` try a row, `kontroll` all of them,
    given as (line, values). `lasare` reads what is not CSV, such as JSON, into a header and rows. `dolda`: why no page
    shows the rows, if none does.
    """

    nyckel: str
    namn: str
    om: str
    period: Period
    falt: tuple[Falt, ...]
    modell: type[Uppgiftsrad]
    unikt: tuple[str, ...]
    regler: tuple[Radregel, ...] = ()
    kontroll: Callable[[Sequence[tuple[int, Varden]]], Iterable[Filfel]] | None = None
    lasare: Callable[[BinaryIO, Klaga], Iterator[Rad]] = csvrader
    dolda: str = ""

    @cached_property
    def fil(self) -> Fil:
        """The same in the words of the import format, whose reader it uses."""
        kolumner = tuple(Kolumn(falt.namn, falt.typ, kravs=falt.kravs) for falt in self.falt)
        return Fil(self.nyckel, "", kolumner, nyckel=self.unikt, spar=Spar("", ""), regler=self.regler)

    @property
    def mall(self) -> str:
        """An empty file of the kind, for Excel: the header."""
        return f"\ufeff{';'.join(falt.namn for falt in self.falt)}\r\n"

    def las_period(self, text: str) -> Any:
        """The period as it is kept. ValueError: it is none of its kind."""
        if self.period is Period.INGEN:
            return ""
        return str(Manad.las(text)) if self.period is Period.MANAD else f"{int(text):04}"
