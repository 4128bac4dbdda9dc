"""Whether the statistics would differ from what was last delivered, if they were made today."""

from dataclasses import dataclass

from uppfoljning.leveranser.jamforelse import Skillnad
from uppfoljning.leveranser.queries import gor_fil, senast_lamnad, skillnad_mot
from uppfoljning.leveranser.regler import Leveransslag
from uppfoljning.models import Leverans


@dataclass(frozen=True, slots=True)
class Skiljer:
    """The last delivery, and how the same file of the same day would differ now. `skillnad.rader` are its rows, by the
    key of a person (LSS) or of a beslut (SoL); `antal` how many."""

    leverans: Leverans
    skillnad: Skillnad

    @property
    def antal(self) -> int:
        """Rows that differ."""
        return self.skillnad.antal


def skiljer_sig(slag: Leveransslag) -> Skiljer | None:
    """How what was last delivered of `slag` would differ if it were made again; None = nothing has been delivered.

    Same day, same layout: what differs has been registered or changed since then. A few queries.
    """
    forra = senast_lamnad(slag)
    if forra is None:
        return None
    fil = gor_fil(forra.layout, forra.dag)
    return Skiljer(forra, skillnad_mot(forra, (fil.layout, fil.rader)))


def alla_som_skiljer_sig() -> list[Skiljer]:
    """Of every kind that has been delivered."""
    return [svar for slag in Leveransslag if (svar := skiljer_sig(slag))]
