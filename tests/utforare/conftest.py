"""The world of the tests of orders: an enhet, its people, and Cecilia whose beslut waits."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from beslut.models import Beslut
from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_cecilia
from utforare.actions import bestallning as actions
from utforare.models import Bestallning, Enhet, Verkstallighet

NU = datetime(2026, 6, 3, 10, 12, tzinfo=STOCKHOLM)
IDAG = NU.date()
START = date(2026, 6, 15)


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return med_cecilia(tmp_path)


@pytest.fixture
def maria(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.HANDLAGGARE]


@pytest.fixture
def petra(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.UTFORARE]


@pytest.fixture
def beslut(varld: Varld) -> Beslut:
    return Beslut.objects.get(nyckel="B-NY")


Bestall = Callable[..., Bestallning]


@pytest.fixture
def bestall(beslut: Beslut, maria: Anvandare) -> Bestall:
    """An order as it should be, with what is given changed. The person has a level from the start."""
    registrera(
        rader={
            "nivabedomningar": [
                lagrad_rad("nivabedomningar", "N-EGEN") | {"nivabedomning_id": "N-NY", "person_id": "P-NY"}
            ]
        },
        spar=Spar(None, "prova", "prov:1", "Ett prov."),
    )

    def gor(**annat: Any) -> Bestallning:
        vanligt = {
            "beslut": beslut,
            "enhet": Enhet.objects.select_related("utforare").get(nyckel="E-EGEN"),
            "onskad_start": START,
            "omfattning": "heltid",
            "av": maria,
            "nu": NU,
        }
        return actions.bestall(**vanligt | annat)

    return gor


@pytest.fixture
def accepterad(bestall: Bestall, petra: Anvandare) -> Bestallning:
    ett = bestall()
    actions.acceptera(bestallning=ett, start=START, plats="Grupp 2", av=petra, nu=NU)
    return ett


@pytest.fixture
def verk(varld: Varld) -> Verkstallighet:
    return Verkstallighet.objects.get(nyckel="V-EGEN")
