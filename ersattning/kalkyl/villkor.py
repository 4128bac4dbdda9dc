"""All contracts, price cells and time bands that months are calculated by, before they become the books of a month."""

from collections.abc import Iterable
from dataclasses import dataclass

from ersattning.kalkyl.bocker import Avtalsbok, Prisbok
from ersattning.kalkyl.dagar import Kalender
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.tidsband import Bandbok
from ersattning.kalkyl.typer import Avtal, Bandrad, Pris
from grund.tid import Manad

Priscell = tuple[int, str, str, Pris]  # prislista, insats, enhet, the cell


@dataclass(frozen=True, slots=True)
class Villkor:
    """The terms as rows. `band`: (prislista, row)."""

    avtal: tuple[Avtal, ...]
    priser: tuple[Priscell, ...]
    band: tuple[tuple[int, Bandrad], ...]

    def bocker(self, manader: Iterable[Manad]) -> dict[Manad, Manadsbok]:
        """The books of each month."""
        band = Bandbok(self.band)
        kalendrar = {manad: Kalender.for_manad(manad) for manad in manader}
        return {
            manad: Manadsbok(kalender, Avtalsbok(self.avtal, kalender), Prisbok(self.priser, kalender), band)
            for manad, kalender in kalendrar.items()
        }
