"""Reads the findings as they were at the end of a month. Six queries, whatever their number."""

from dataclasses import dataclass
from datetime import date, datetime

from grund.tid import Manad
from uppfoljning.kontroll import fyndrader
from uppfoljning.kontroll.fyndrader import Fyndrad, Rorelse
from uppfoljning.kontroll.koder import Omrade


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `trend`: whom the open findings were about at the end of each month."""

    manad: Manad
    dag: date
    fynd: tuple[Fyndrad, ...]
    rorelse: Rorelse
    trend: tuple[tuple[Manad, tuple[int, ...]], ...]
    kontrollerat: datetime | None


def hamta(manad: Manad, idag: date) -> Underlag:
    """The month as it was on its last day, or today if it has not ended."""
    dag = min(manad.sista, idag)
    kontroll = fyndrader.senaste_kontroll(dag)
    return Underlag(
        manad,
        dag,
        fyndrader.hamta(Omrade.KVALITET, dag),
        fyndrader.rorelse(Omrade.KVALITET, manad, dag),
        fyndrader.trend(Omrade.KVALITET, manad, dag),
        kontroll.nar if kontroll else None,
    )
