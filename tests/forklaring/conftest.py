"""Municipalities to explain: the worked cases, and the demo with a month settled and corrected.

The demo is made once for a module, in a transaction that is taken back in the end; its tests only look. Tests that read
in something of their own are in modules without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from demokommun import skriv_paket, skriv_sent_paket
from grund.models import Anvandare
from tests.kedja import direkt

EXEMPEL = Path(__file__).parents[1] / "exempel"
APRIL, MAJ = "2026-04", "2026-05"


@contextmanager
def tillfalligt() -> Iterator[None]:
    """What happens here is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A quarter of the demo: April settled, then what came late, then May with rättelser."""
    mapp = tmp_path_factory.mktemp("demo")
    skriv_paket(mapp / "grund", till_manad=MAJ, manader=3, skala=0.25)
    skriv_sent_paket(mapp / "sent", till_manad=MAJ, manader=3, skala=0.25)
    with django_db_blocker.unblock(), tillfalligt():
        direkt.las_in(mapp / "grund")
        direkt.kor(APRIL)
        direkt.faststall(APRIL)
        direkt.las_in(mapp / "sent")
        direkt.kor(MAJ)
        yield


def kor_exempel(fall: str) -> None:
    """Read in a worked case and run the months that it has an answer for."""
    mapp = EXEMPEL / fall
    manader = sorted(facit.stem.removeprefix("ersattning-") for facit in mapp.glob("ersattning-*.csv"))
    if (mapp / "paket").exists():
        direkt.las_in(mapp / "paket")
        for manad in manader:
            direkt.kor(manad)
        return
    direkt.las_in(mapp / "paket-1")
    direkt.kor(manader[0])
    direkt.faststall(manader[0])
    direkt.las_in(mapp / "paket-2")
    direkt.kor(manader[1])


def inloggad() -> Client:
    """A controller's browser."""
    klara, _ = Anvandare.objects.get_or_create(username="klara", defaults={"roller": ["controller"]})
    klient = Client()
    klient.force_login(klara)
    return klient
