"""A körning that cannot get to its end says so within a bounded time, and never calls the month beräknad."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kedja.conftest import APRIL
from tests.kedja.drift import Drift, utfall

Ostort = dict[str, dict[str, bytes]]
KOMMER_INTE_VIDARE = (
    "Nekat: Beräkningen av 2026-04 kommer inte vidare: inget har hänt på länge. Kontrollera att databasen,"
    " kön och en arbetare är igång och läs arbetarens logg. Inget är fastställt; kör månaden igen.\n"
)
MISSLYCKAS = (
    "Nekat: 2026-04 kunde inte beräknas: ZeroDivisionError, se arbetarnas logg.\n"
    "Inget är fastställt. Kör månaden igen när felet är rättat.\n"
)


@pytest.fixture(autouse=True)
def _hel_igen(drift: Drift, ostort: Ostort) -> Iterator[None]:
    yield
    if "arbetare" in drift.tjanst.igang:
        drift.tjanst.doda("arbetare")
    del drift.tjanst.recept["arbetare"]  # whichever it was
    drift.stada()
    drift.starta_om_koen(tom=True)
    drift.starta_arbetare()


def _status(drift: Drift) -> str:
    ((status,),) = drift.sql("SELECT status FROM ersattning_korning WHERE manad = %s", f"{APRIL}-01")
    return str(status)


@pytest.mark.parametrize("vad", ["del", "slut"])
def test_a_fault_in_the_calculation_is_told_at_once(drift: Drift, ostort: Ostort, vad: str, tmp_path: Path) -> None:
    _byt_arbetare(drift, "tests.kedja.trasig", TRASIG=vad)
    assert utfall(drift.starta("kor_manad", APRIL)) == (1, MISSLYCKAS)
    assert _status(drift) == "beraknas"

    _byt_arbetare(drift)  # mended
    assert utfall(drift.starta("kor_manad", APRIL))[0] == 0
    assert drift.exporterat(APRIL, tmp_path) == ostort[APRIL]


def _byt_arbetare(drift: Drift, app: str = "config", **miljo: str) -> None:
    drift.tjanst.doda("arbetare")
    drift.starta_arbetare(app, **miljo)


def test_a_part_that_kills_its_worker_does_not_go_round_for_ever(drift: Drift) -> None:
    _byt_arbetare(drift, "tests.kedja.trasig", TRASIG="barn")
    assert utfall(drift.starta("kor_manad", APRIL, UPPGIVET=3.0)) == (1, KOMMER_INTE_VIDARE)
    assert _status(drift) == "beraknas"


@pytest.mark.parametrize("vad", ["arbetare", "valkey"])
def test_without_a_worker_or_a_queue_one_is_told_so(drift: Drift, vad: str) -> None:
    drift.tjanst.doda(vad)
    assert utfall(drift.starta("kor_manad", APRIL, UPPGIVET=3.0)) == (1, KOMMER_INTE_VIDARE)
    assert _status(drift) == "beraknas"


def test_a_database_that_goes_and_does_not_come_back_is_told(drift: Drift) -> None:
    with drift.grind(7, 11) as grind:
        barn = drift.starta("kor_manad", APRIL, UPPGIVET=3.0)
        grind.vanta_in()
        drift.tjanst.doda("postgres")
        assert utfall(barn) == (1, KOMMER_INTE_VIDARE)
    drift.starta_om("postgres")
    assert _status(drift) == "beraknas"
