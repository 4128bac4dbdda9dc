"""The demo with a month settled and corrected, made once, in a transaction that is taken back in the end: tests here
only look. Those that read in something of their own are in the folder above.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from demokommun import skriv_paket, skriv_sent_paket
from tests.forklaring.conftest import tillfalligt
from tests.kedja import direkt

APRIL, MAJ = "2026-04", "2026-05"


@pytest.fixture(scope="package")
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
