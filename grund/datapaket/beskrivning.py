"""What a file of the format is: columns, key, rules of a row and of the whole, and whom a change concerns."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from psycopg import Cursor as _Cursor

from grund.datapaket.typer import Heltal, Referens, Typ
from grund.tid import Manad

Cursor = _Cursor[tuple[Any, ...]]
Varden = Mapping[str, Any]  # a row's values by column name
Radfel = tuple[str, str]  # column, what is wrong
Radregel = Callable[[Varden], Iterable[Radfel]]
HELTAL = Heltal()


@dataclass(frozen=True)
class Kolumn:
    """A column of a file. `falt`: its column in the table, when that has another name."""

    namn: str
    typ: Typ
    kravs: bool = False
    falt: str = ""
    nytt: str = (
        ""  # SQL for the value to store, of `s` (the file's row) and `g` (the stored row), when not simply the file's
    )

    @property
    def db(self) -> str:
        return self.falt or self.namn

    @property
    def typ_i_tabell(self) -> Typ:
        """A reference is text in the file and a number in the table."""
        return HELTAL if self.fil else self.typ

    @property
    def fil(self) -> str:
        """The file that it refers to, or nothing."""
        return self.typ.till if isinstance(self.typ, Referens) else ""


@dataclass(frozen=True)
class Kontroll:
    """A set-based check: SQL that gives (rad, kolumn, text) for each row of the file that breaks the rule.

    It may read `paket_<fil>` (the package), `efter_<fil>` (all rows as they will be) and the tables. What SQL says
    badly is a `funktion` instead, which is given a cursor.
    """

    sql: str = ""
    funktion: Callable[[Cursor], Iterable[tuple[int, str, str]]] | None = None


@dataclass(frozen=True)
class Dagar:
    """Two SQL expressions: the days `[fran, till)` that may be paid differently. `fran` NULL = no day."""

    fran: str = "NULL"
    till: str = "NULL"


INGA_DAGAR = Dagar()


@dataclass(frozen=True)
class Spar:
    """Whom and which days a change of a row concerns (grund.models.Andring).

    `objekt` and `egna` are SQL of a row called {r}; `andrad` of the row before (g) and after (n), one and the same for
    both. Without `andrad` the row's own days before, and its own days after, are what a change concerns.
    """

    slag: str
    objekt: str
    via: str = ""  # joins that `objekt` needs
    egna: Dagar = INGA_DAGAR
    andrad: Dagar | None = None
    nya: bool = True


@dataclass(frozen=True)
class Snabb:
    """How a big file goes straight into its table, as long as all of it is new and plain (grund.datapaket.snabb).

    Its key is `grupp`, a reference to a file whose rows have the days fran and till, and `dag`, which must be within
    them; the other columns are few different texts.
    """

    grupp: str
    dag: str


@dataclass(frozen=True)
class PerManad:
    """A table that is kept by month: its day column, what sees to it that months have a place to go to, and what gives
    the table to COPY rows of some months into."""

    dag: str
    sakra: Callable[[Iterable[Manad]], None]
    skrivplats: Callable[[Collection[Manad]], AbstractContextManager[str]]


@dataclass(frozen=True)
class Fil:
    """A file of the format."""

    namn: str
    tabell: str
    kolumner: tuple[Kolumn, ...]
    nyckel: tuple[str, ...]
    spar: Spar
    regler: tuple[Radregel, ...] = ()
    kontroller: tuple[Kontroll, ...] = ()
    snabb: "Snabb | None" = None
    kan_tas_bort: tuple[str, ...] = ()  # columns that borttag.csv names a row by
    per_manad: "PerManad | None" = None
    uppskjutna: tuple[str, ...] = ()  # exclusion constraints that look at the end of the statement, not row by row
    mellanlage: Mapping[str, str] = field(default_factory=dict)  # SQL of g and n: values until all files are stored

    def kolumn(self, namn: str) -> Kolumn:
        return next(kolumn for kolumn in self.kolumner if kolumn.namn == namn)

    @property
    def namnen(self) -> tuple[str, ...]:
        return tuple(kolumn.namn for kolumn in self.kolumner)

    @property
    def referenser(self) -> Iterator[Kolumn]:
        return (kolumn for kolumn in self.kolumner if kolumn.fil)


def period(varden: Varden) -> Iterator[Radfel]:
    """`till` is the day after the last; it may not be before the first."""
    if varden["till"] and varden["fran"] and varden["till"] <= varden["fran"]:
        yield "till", "Slutdagen ligger före startdagen."


def tillsammans(kolumn: str, enhet: str) -> Radregel:
    """A number and its unit: both or neither."""

    def regel(varden: Varden) -> Iterator[Radfel]:
        if (varden[kolumn] is None) != (not varden[enhet]):
            yield (enhet if varden[kolumn] is not None else kolumn), f"{kolumn} och {enhet} anges tillsammans."

    return regel


def jamfor(typ: Typ, uttryck: str) -> str:
    """`uttryck` with the collation of the format, code points, whatever the table's column has."""
    return f'({uttryck}) COLLATE "C"' if typ.sql == Typ.sql else uttryck


def olika(kolumner: Iterable[Kolumn]) -> str:
    """SQL: the row before (g) differs from the row after (n) in some of `kolumner`."""
    delar = [f"{jamfor(kolumn.typ_i_tabell, f'n.{kolumn.db}')} IS DISTINCT FROM g.{kolumn.db}" for kolumn in kolumner]
    return f"({' OR '.join(delar) or 'false'})"


def bara_andrat(kolumner: Iterable[Kolumn], *undantag: str) -> str:
    """SQL: nothing but `undantag` differs between the row before (g) and after (n)."""
    return f"NOT {olika(kolumn for kolumn in kolumner if kolumn.namn not in undantag)}"
