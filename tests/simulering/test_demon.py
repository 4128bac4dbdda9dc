"""The made-up municipality: its settled months simulated as they are, utförare by utförare, to the öre."""

from pathlib import Path

import pytest

from demokommun import skriv_paket, skriv_sent_paket
from ersattning.simulering.resultat import hamta
from tests.kedja import direkt
from tests.simulering.hjalp import faststallt, simulera, summor

FALT = ("utforare", "insats", "niva", "artikel")


@pytest.mark.django_db
def test_every_month_and_utforare_of_the_demo_is_what_it_was_settled_at(tmp_path: Path) -> None:
    """April with the rättelser that May carried, and May itself."""
    arg = {"till_manad": "2026-05", "manader": 3, "skala": 0.08}
    skriv_paket(tmp_path / "forst", **arg)
    direkt.las_in(tmp_path / "forst")
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    skriv_sent_paket(tmp_path / "sent", **arg)
    direkt.las_in(tmp_path / "sent")
    direkt.kor("2026-05")
    direkt.faststall("2026-05")
    simulerat = simulera("2026-04", "2026-05", ("Dyrare", {"upprakning": "1"}))
    assert summor(simulerat, 0, *FALT) == faststallt(*FALT)
    avstamning = hamta(simulerat).avstamning
    assert avstamning.manader == 2
    assert avstamning.skillnad == 0
    assert avstamning.faststallt > 0
