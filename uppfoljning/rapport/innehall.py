"""A report as frozen content: figures, tables and pictures, before it is a page, a workbook or a section. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grund.arbetsbok import Kolumn, Slag
from grund.text import HART, TANKSTRECK, manad_i_ord, och, tal

Varde = str | int | Decimal | date | None

_DECIMALER = {Slag.HELTAL: 0, Slag.ANTAL: 1, Slag.KRONOR: 0}
TEXTER = frozenset({Slag.TEXT, Slag.LANGTEXT, Slag.STYCKE, Slag.SVAR})
TIDER = frozenset({Slag.DATUM, Slag.TIDPUNKT, Slag.MANAD})


@dataclass(frozen=True, slots=True)
class Nyckeltal:
    """A figure that docs/nyckeltal.md defines under `nyckel`. `av` = täljare and nämnare when it is a share.

    `adress`: where it was counted from, such as `#individrapporter`.
    """

    nyckel: str
    varde: Varde
    slag: Slag = Slag.HELTAL
    av: tuple[int | Decimal, int | Decimal] | None = None
    adress: str = ""

    @property
    def text(self) -> str:
        """As it is printed."""
        return som_text(self.varde, self.slag)

    @property
    def not_(self) -> str:
        """`21 av 57` under a share."""
        return "" if self.av is None else f"{tal(self.av[0])} av {tal(self.av[1])}"


@dataclass(frozen=True, slots=True)
class Rad:
    """A row. `adress`: the page that tells what it was counted from."""

    celler: tuple[Varde, ...]
    adress: str = ""


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table. `enskilda`: its rows are single persons or decisions, so it never stands in a document.

    `rader`: many are kept packed (uppfoljning/rapport/packning.py). `dolj`: columns (by place) that only the workbook
    has. `tom`: said where the rows would have been.
    """

    nyckel: str
    rubrik: str
    kolumner: tuple[Kolumn, ...]
    rader: Sequence[Rad]
    summa: Rad | None = None
    noter: tuple[str, ...] = ()
    enskilda: bool = False
    dolj: frozenset[int] = frozenset()
    tom: str = "Det finns inget att visa."

    @property
    def visade(self) -> tuple[int, ...]:
        """The columns' places on a page."""
        return tuple(plats for plats in range(len(self.kolumner)) if plats not in self.dolj)


@dataclass(frozen=True, slots=True)
class Serie:
    """One thing that a picture shows, with a value for each of its places; None = nothing is known."""

    namn: str
    varden: tuple[Decimal | int | None, ...]


@dataclass(frozen=True, slots=True)
class Bild:
    """A picture of numbers: columns by time, or bars by name. The same numbers stand in the table `tabell`."""

    rubrik: str
    platser: tuple[str, ...]
    serier: tuple[Serie, ...]
    enhet: str
    tabell: str
    liggande: bool = False

    @property
    def i_ord(self) -> str:
        """For those who do not see it."""
        delar = [
            f"{serie.namn}: {och([f'{plats} {som_text(varde, Slag.HELTAL)}' for plats, varde in self._par(serie)])}"
            for serie in self.serier
        ]
        return f"{'Stapeldiagram, '}{self.enhet}. {'. '.join(delar)}.".replace(HART, " ")

    def _par(self, serie: Serie) -> Iterator[tuple[str, Varde]]:
        return zip(self.platser, serie.varden, strict=True)


@dataclass(frozen=True, slots=True)
class Del:
    """A part under a heading: sentences, figures, a picture, tables."""

    nyckel: str
    rubrik: str
    stycken: tuple[str, ...] = ()
    nyckeltal: tuple[Nyckeltal, ...] = ()
    bild: Bild | None = None
    tabeller: tuple[Tabell, ...] = ()


@dataclass(frozen=True, slots=True)
class Lasare:
    """Who reads. `offentlig`: only what may stand in a public document. `handlagger`: may open persons by name."""

    offentlig: bool
    handlagger: bool = False


@dataclass(frozen=True, slots=True)
class Rapport:
    """The whole. `urval`: what it is of, name and value. `per`: the day that it tells of.

    `forslag` and `ekonomi`: what a document about it proposes ({namnd} = the nämnd) and says of money. `personer`:
    primary keys of those whose rows stand in it, for the log.
    """

    rubrik: str
    per: date
    urval: tuple[tuple[str, str], ...]
    delar: tuple[Del, ...]
    forslag: tuple[str, ...]
    ekonomi: tuple[str, ...]
    personer: frozenset[int] = frozenset()

    @property
    def nyckeltal(self) -> tuple[Nyckeltal, ...]:
        """All its figures, in order."""
        return tuple(ett for del_ in self.delar for ett in del_.nyckeltal)

    @property
    def tabeller(self) -> tuple[Tabell, ...]:
        """All its tables, in order."""
        return tuple(ett for del_ in self.delar for ett in del_.tabeller)


def som_text(varde: Varde, slag: Slag) -> str:
    """A value as people read it; nothing is a dash."""
    if varde is None:
        return TANKSTRECK
    if isinstance(varde, date):
        return manad_i_ord(varde) if slag is Slag.MANAD else varde.isoformat()
    if isinstance(varde, str):
        return varde or TANKSTRECK
    if slag is Slag.ANDEL:
        return f"{tal(Decimal(varde) * 100)}{HART}%"
    return tal(varde, _DECIMALER.get(slag, 0))
