"""What a tjänsteutlåtande says: its parts as frozen text and tables, ready to be set. Pure."""

from dataclasses import dataclass
from datetime import date

from grund.tid import Manad


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs or answers for the document."""

    namn: str
    titel: str
    epost: str = ""

    @property
    def med_titel(self) -> str:
        """`Karin Holm, controller`."""
        return f"{self.namn}, {self.titel}" if self.titel else self.namn


@dataclass(frozen=True, slots=True)
class Huvud:
    """The header block. `vapen` tells whether the municipality's arms are shown."""

    kommun: str
    forvaltning: str
    namnd: str
    diarienummer: str
    datum: date
    sammantrade: date
    handlaggare: Person
    undertecknare: Person
    skickas_till: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rad:
    """A line of a table, as it is printed."""

    namn: str
    celler: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tabell:
    """A numbered table. `noter` stand below it. `textkolumner` = how many columns after the first that hold words."""

    nummer: int
    rubrik: str
    kolumner: tuple[str, ...]
    rader: tuple[Rad, ...]
    summa: Rad | None = None
    noter: tuple[str, ...] = ()
    textkolumner: int = 0


@dataclass(frozen=True, slots=True)
class Figur:
    """A numbered figure: an SVG of its own, and the same in words."""

    nummer: int
    rubrik: str
    adress: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A part under a heading: sentences, then a table, then a figure."""

    rubrik: str
    stycken: tuple[str, ...] = ()
    tabeller: tuple[Tabell, ...] = ()
    figur: Figur | None = None
    efter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Utlatande:
    """The whole document."""

    manad: Manad
    titel: str
    huvud: Huvud
    preliminart: str
    forslag: tuple[str, ...]
    sammanfattning: tuple[str, ...]
    arendet: tuple[Avsnitt, ...]
    ekonomi: Avsnitt
    barn: tuple[str, ...]
    beslutsunderlag: tuple[str, ...]
    skickas_till: tuple[str, ...]

    @property
    def figurer(self) -> tuple[Figur, ...]:
        """The figures, in order."""
        return tuple(avsnitt.figur for avsnitt in (*self.arendet, self.ekonomi) if avsnitt.figur)

    @property
    def tabeller(self) -> tuple[Tabell, ...]:
        """The tables, in order."""
        return tuple(tabell for avsnitt in (*self.arendet, self.ekonomi) for tabell in avsnitt.tabeller)
