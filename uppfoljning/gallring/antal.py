"""How many rows each table has about persons: what a list says, and how it is seen that something has changed."""

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from hashlib import sha256

from django.db.models import Count

from uppfoljning.gallring.tabell import FOR, OM_PERSON
from uppfoljning.gallring.typer import Atgard, Lankslag, Modellrad
from uppfoljning.gallring.urval import modell

RAKNAS = tuple(ett for ett in OM_PERSON if ett.atgard == Atgard.TA_BORT)
Antal = dict[str, int]


def rader_per_person(personer: Collection[int]) -> dict[int, Antal]:
    """Rows of each table that are removed with an akt, person by person. One query per table (two for one by key)."""
    svar: dict[int, Antal] = defaultdict(dict)
    for rad in RAKNAS:
        for pk, antal in _i_tabellen(rad, personer).items():
            svar[pk][rad.modell] = antal
    return svar


def _i_tabellen(rad: Modellrad, personer: Collection[int]) -> dict[int, int]:
    if rad.lank and rad.lank.slag == Lankslag.NYCKEL:
        return _efter_nyckel(rad, personer)
    vem, *_ = rad.vag
    urval = modell(rad)._base_manager.filter(**{f"{vem}__in": personer}).order_by()
    return dict(urval.values_list(vem).annotate(antal=Count("pk")))


def _efter_nyckel(rad: Modellrad, personer: Collection[int]) -> dict[int, int]:
    assert rad.lank  # noqa: S101  the caller has looked
    till = FOR[rad.lank.till]
    vem, *_ = till.vag
    vems = dict(modell(till)._base_manager.filter(**{f"{vem}__in": personer}).values_list("nyckel", vem))
    urval = modell(rad)._base_manager.filter(**{f"{rad.lank.falt}__in": list(vems)}).order_by()
    svar: dict[int, int] = defaultdict(int)
    for nyckel, antal in urval.values_list(rad.lank.falt).annotate(antal=Count("pk")):
        svar[vems[nyckel]] += antal
    return svar


def avtryck(person: int, sista: date, rader: Antal) -> str:
    """The SHA-256 of what the list says of a person: another number means that something has come or gone, or that it
    is somebody else."""
    text = json.dumps([person, sista.isoformat(), sorted(rader.items())], separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
