"""Reads the signals as they were at the end of a month. A few queries, whatever their number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from grund.tid import Manad
from uppfoljning.kontroll import fyndrader
from uppfoljning.kontroll.fyndrader import Fyndrad, Rorelse
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.models import Fynd


@dataclass(frozen=True, slots=True)
class Vad:
    """What a signal is about: the thing and its key, who carries it out, its numbers, and how many visits."""

    objekt: str
    utforare: str
    uppgifter: Mapping[str, object]
    besok: int
    person: int | None


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of."""

    manad: Manad
    dag: date
    signaler: tuple[Fyndrad, ...]
    vad: Mapping[int, Vad]
    rorelse: Rorelse
    kontrollerat: datetime | None


def hamta(manad: Manad, idag: date) -> Underlag:
    """The month as it was on its last day, or today if it has not ended."""
    dag = min(manad.sista, idag)
    signaler, kontroll = fyndrader.hamta(Omrade.SIGNAL, dag), fyndrader.senaste_kontroll(dag)
    rader = Fynd.objects.filter(pk__in=[ett.pk for ett in signaler]).select_related("enhet__utforare")
    vad = {
        ett.pk: Vad(
            ett.objekt_nyckel,
            ett.enhet.utforare.namn if ett.enhet else "",
            ett.uppgifter,
            len(ett.besok),
            ett.person_id,
        )
        for ett in rader
    }
    rorelse = fyndrader.rorelse(Omrade.SIGNAL, manad, dag)
    return Underlag(manad, dag, signaler, vad, rorelse, kontroll.nar if kontroll else None)
