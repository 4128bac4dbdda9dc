"""The retention table: every model of the project, once. `tests/gallring/test_tabell.py` holds it to that."""

from uppfoljning.gallring.tabell_akt import AKT, GALLRINGEN
from uppfoljning.gallring.tabell_ovrigt import BESTAMT, KONTON, NAMND, RAM, SUMMOR
from uppfoljning.gallring.tabell_utfort import FAKTUROR, PENGAR, UTFORT
from uppfoljning.gallring.typer import Modellrad

RADER: tuple[Modellrad, ...] = (
    *AKT,
    *GALLRINGEN,
    *UTFORT,
    *PENGAR,
    *FAKTUROR,
    *KONTON,
    *BESTAMT,
    *SUMMOR,
    *NAMND,
    *RAM,
)
FOR: dict[str, Modellrad] = {ett.modell: ett for ett in RADER}
OM_PERSON: tuple[Modellrad, ...] = tuple(ett for ett in RADER if ett.om_person)
