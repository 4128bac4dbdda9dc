"""What the extract is made of, as its template reads it. Frozen: nothing is looked up while it is set."""

from dataclasses import dataclass, field

Uppgift = tuple[str, str]  # what it is called, and what it is


@dataclass(frozen=True, slots=True)
class Del:
    """The rows of a model: each a list of uppgifter (`poster`), or a table (`kolumner`, `tabell`), or `stycken` with a
    heading each. `antal` is how many rows it tells of."""

    rubrik: str
    antal: int
    poster: list[list[Uppgift]] = field(default_factory=list)
    kolumner: tuple[str, ...] = ()
    tabell: list[tuple[str, ...]] = field(default_factory=list)
    stycken: list[Uppgift] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kapitel:
    """A chapter: only the parts that have rows."""

    rubrik: str
    om: str
    delar: list[Del]


@dataclass(frozen=True, slots=True)
class Innehall:
    """All of it. `undantaget`: what is not given out, and why."""

    kapitel: list[Kapitel]
    undantaget: list[Uppgift]
    antal: dict[str, int]
