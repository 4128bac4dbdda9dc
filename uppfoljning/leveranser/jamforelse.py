"""What differs between two deliveries: rows added, gone and changed, column by column. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppfoljning.leveranser.layout import Form, Layout, Sattrad


class Hur(StrEnum):
    """How a row differs."""

    NY = "tillkommen"
    BORTA = "borttagen"
    ANDRAD = "ändrad"


@dataclass(frozen=True, slots=True)
class Andrat:
    """A column of a row that has changed. Of a personnummer only that it has: `fran` and `till` are empty."""

    kolumn: str
    fran: str
    till: str


@dataclass(frozen=True, slots=True)
class Avvikande:
    """A row that differs."""

    nyckel: str
    person: int
    hur: Hur
    andrat: tuple[Andrat, ...] = ()


@dataclass(frozen=True, slots=True)
class Skillnad:
    """All that differs. `nya_kolumner` and `borta_kolumner`: what only one of the layouts has; it is not compared."""

    rader: tuple[Avvikande, ...]
    nya_kolumner: tuple[str, ...] = ()
    borta_kolumner: tuple[str, ...] = ()

    @property
    def antal(self) -> int:
        """Rows that differ."""
        return len(self.rader)

    def av(self, hur: Hur) -> tuple[Avvikande, ...]:
        """Those that differ in this way."""
        return tuple(ett for ett in self.rader if ett.hur is hur)

    @property
    def per_kolumn(self) -> dict[str, int]:
        """How many rows have changed in each column."""
        alla = [andrat.kolumn for ett in self.rader for andrat in ett.andrat]
        return {kolumn: alla.count(kolumn) for kolumn in dict.fromkeys(alla)}


def jamfor(
    forra: tuple[Layout, Sequence[Sattrad]],
    nu: tuple[Layout, Sequence[Sattrad]],
    *,
    bortse: frozenset[str] = frozenset(),
) -> Skillnad:
    """From `forra` to `nu`. `bortse`: facts that always differ, such as which month it is."""
    fore, efter = (_per_nyckel(layout, rader, bortse) for layout, rader in (forra, nu))
    personer = {ett.nyckel: ett.person for ett in (*forra[1], *nu[1])}
    hemliga = {ett.namn for layout in (forra[0], nu[0]) for ett in layout.kolumner if ett.form in _NUMMER}
    gamla, nya = ([ett.namn for ett in layout.kolumner] for layout in (forra[0], nu[0]))
    rader = [Avvikande(nyckel, personer[nyckel], Hur.NY) for nyckel in efter.keys() - fore.keys()]
    rader += [Avvikande(nyckel, personer[nyckel], Hur.BORTA) for nyckel in fore.keys() - efter.keys()]
    for nyckel in fore.keys() & efter.keys():
        if andrat := _andrat(fore[nyckel], efter[nyckel], hemliga):
            rader.append(Avvikande(nyckel, personer[nyckel], Hur.ANDRAD, andrat))
    return Skillnad(
        tuple(sorted(rader, key=lambda ett: (list(Hur).index(ett.hur), ett.nyckel))),
        tuple(namn for namn in nya if namn not in gamla),
        tuple(namn for namn in gamla if namn not in nya),
    )


_NUMMER = (Form.PERSONNUMMER, Form.PERSONNUMMER_12)


def _per_nyckel(layout: Layout, rader: Sequence[Sattrad], bortse: frozenset[str]) -> dict[str, dict[str, str]]:
    platser = [(plats, ett.namn) for plats, ett in enumerate(layout.kolumner) if ett.uppgift not in bortse]
    return {rad.nyckel: {namn: rad.varden[plats] for plats, namn in platser} for rad in rader}


def _andrat(fore: Mapping[str, str], efter: Mapping[str, str], hemliga: set[str]) -> tuple[Andrat, ...]:
    return tuple(
        Andrat(namn, "", "") if namn in hemliga else Andrat(namn, fore[namn], efter[namn])
        for namn in efter
        if namn in fore and fore[namn] != efter[namn]
    )
