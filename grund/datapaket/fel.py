"""What is wrong with a package: a Fel per fault, gathered so that the first thousand are shown and all are counted."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

VISAS = 1000
_LANGST = 80
# A personnummer that has ended up in some other column, or inside a longer value, is hidden there too.
_PERSONNUMMER = re.compile(
    r"(?<![0-9])((?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-8][0-9]|9[01]))-?(?:[0-9]{4}|TF?[0-9]{2,3})(?![0-9])"
)


class PaketFel(Exception):  # noqa: N818  Swedish for the domain
    """The package was not taken in. `fel` says why."""

    def __init__(self, fel: "Felsamling") -> None:
        super().__init__(f"{fel.antal} fel i paketet")
        self.fel = fel


@dataclass(frozen=True, slots=True)
class Fel:
    """One fault: where, the value as it was given, and what to do about it."""

    fil: str
    rad: int | None
    kolumn: str
    varde: str
    text: str

    def __str__(self) -> str:
        plats = [self.fil, f"rad {self.rad}" if self.rad else "", self.kolumn]
        varde = f" ”{self.varde}”" if self.varde else ""
        return f"{', '.join(filter(None, plats))}{varde}: {self.text}"


def _kort(varde: str) -> str:
    varde = _PERSONNUMMER.sub(r"\1-****", varde)
    rakt = "".join(tecken if tecken.isprintable() else "\N{REPLACEMENT CHARACTER}" for tecken in varde[: _LANGST + 1])
    return rakt if len(rakt) <= _LANGST else f"{rakt[:_LANGST]}…"


@dataclass
class Felsamling:
    """Faults in the order of files and lines. Holds no more of each file than are ever shown."""

    ordning: dict[str, int] = field(default_factory=dict)
    antal: int = 0
    _fel: list[Fel] = field(default_factory=list)
    _per_fil: Counter[str] = field(default_factory=Counter)

    def lagg(self, fil: str, rad: int | None, kolumn: str, varde: str, text: str, *, antal: int = 1) -> None:
        """Add a fault. `antal` > 1 when it stands for more than are named."""
        self.antal += antal
        self._per_fil[fil] += antal
        if self._per_fil[fil] <= 5 * VISAS:
            self._fel.append(Fel(fil, rad, kolumn, _kort(varde), text))

    def __bool__(self) -> bool:
        return self.antal > 0

    def __iter__(self) -> Iterator[Fel]:
        """The first thousand, by file and line."""
        sist = len(self.ordning)
        ordnade = sorted(self._fel, key=lambda fel: (self.ordning.get(fel.fil, sist), fel.fil, fel.rad or 0))
        return iter(ordnade[:VISAS])
