"""Reads what a year's deliveries are, and how they would differ if they were made today."""

from dataclasses import dataclass
from datetime import date

from uppfoljning.leveranser.protokoll import Protokoll
from uppfoljning.leveranser.queries import las_protokoll
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag, dagen, senast
from uppfoljning.leveranser.skillnad import Skiljer, alla_som_skiljer_sig
from uppfoljning.models import Leverans

_MANADER = 12


@dataclass(frozen=True, slots=True)
class Vantad:
    """A delivery that there should be. `leverans`: the last that was handed in; `forsta`: when the first was."""

    slag: Leveransslag
    dag: date
    senast: date
    leverans: Leverans | None
    forsta: date | None

    @property
    def i_tid(self) -> bool:
        """Whether it was handed in by its last day."""
        return self.forsta is not None and self.forsta <= self.senast


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `lss` and `fore`: the year's LSS statistics and the year's before, as delivered.
    `skiljer` None = it is not asked for."""

    ar: int
    dag: date
    vantade: tuple[Vantad, ...]
    lss: Protokoll | None
    fore: Protokoll | None
    skiljer: tuple[Skiljer, ...] | None


def hamta(ar: int, idag: date, *, idag_med: bool = True) -> Underlag:
    """The year. `idag_med`: also what would differ today, for which every file is made again."""
    lamnade: dict[tuple[str, date], list[Leverans]] = {}
    urval = Leverans.objects.filter(status=Leveranslage.LAMNAD, dag__year__in=(ar - 1, ar)).order_by("omgang")
    for ett in urval:
        lamnade.setdefault((ett.slag, ett.dag), []).append(ett)
    lss, fore = (lamnade.get((Leveransslag.LSS, dagen(Leveransslag.LSS, aret, 1))) for aret in (ar, ar - 1))
    return Underlag(
        ar,
        min(date(ar, 12, 31), idag),
        tuple(_vantad(slag, dag, lamnade.get((slag, dag), [])) for slag, dag in _vantas(ar, idag)),
        las_protokoll(lss[-1]) if lss else None,
        las_protokoll(fore[-1]) if fore else None,
        tuple(alla_som_skiljer_sig()) if idag_med else None,
    )


def _vantad(slag: Leveransslag, dag: date, alla: list[Leverans]) -> Vantad:
    return Vantad(slag, dag, senast(slag, dag), alla[-1] if alla else None, alla[0].lamnad if alla else None)


def _vantas(ar: int, idag: date) -> list[tuple[Leveransslag, date]]:
    """What is of the year and can be delivered: its day has been."""
    manader = [(slag, dagen(slag, ar, manad)) for manad in range(1, _MANADER + 1) for slag in _SOL]
    alla = [(Leveransslag.LSS, dagen(Leveransslag.LSS, ar, 1)), *manader]
    return [(slag, dag) for slag, dag in alla if dag < idag]


_SOL = (Leveransslag.SOL_PAGAENDE, Leveransslag.SOL_FORANDRADE)
