"""A körning comes out right whatever is killed under it: row by row the same as one that nothing disturbed."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from ersattning.vakt import KORNINGSLAS
from grund.models import ANDRINGSLAS
from tests.kedja.conftest import APRIL, MAJ
from tests.kedja.drift import Drift, Grind, utfall, vanta_tills
from tests.kedja.startare import Kommando
from verktyg.processer import skicka

HALLNA = (7, 11)  # parts in the middle, one for each child of the worker
KORS_REDAN = "Nekat: 2026-04 körs redan. Vänta tills den körningen är klar.\n"
Ostort = dict[str, dict[str, bytes]]
Likadan = Callable[[tuple[int, str]], None]


@pytest.fixture(autouse=True)
def _stada(drift: Drift) -> Iterator[None]:
    yield
    drift.stada()


@pytest.fixture
def likadan(drift: Drift, ostort: Ostort, tmp_path: Path) -> Likadan:
    """Sees that the command ended well and that April is what it should be, byte for byte."""

    def kontrollera(slut: tuple[int, str]) -> None:
        assert slut[0] == 0, slut[1]
        assert drift.exporterat(APRIL, tmp_path) == ostort[APRIL]

    return kontrollera


def _kor_med(drift: Drift, storning: Callable[[Grind], object]) -> tuple[int, str]:
    """Run April; when its workers stand at the gate, half done, `storning` happens. Then the gate opens."""
    with drift.grind(*HALLNA) as grind:
        barn = drift.starta("kor_manad", APRIL, TALAMOD=1.0)
        grind.vanta_in()
        klara, alla = drift.delar(APRIL)
        assert 3 <= klara < alla
        storning(grind)
        with contextlib.suppress(psycopg.OperationalError):  # cut too, and so open
            grind.oppna()
        return utfall(barn)


def test_the_undisturbed_month_has_rows_corrections_and_avvikelser(ostort: Ostort) -> None:
    rader = ostort[APRIL]["ersattning.csv"].decode()
    for typ in ("ordinarie", "kreditering", "rattelse"):
        assert rader.count(f";{typ};") > 20
    assert ostort[APRIL]["avvikelser.csv"].count(b"\n") > 10


def test_a_month_run_twice_is_as_run_once(drift: Drift, likadan: Likadan) -> None:
    for _ in range(2):
        likadan(utfall(drift.starta("kor_manad", APRIL)))


def test_a_worker_killed_with_all_its_children(drift: Drift, likadan: Likadan) -> None:
    def storning(_: Grind) -> None:
        drift.tjanst.doda("arbetare")
        drift.starta_arbetare()

    likadan(_kor_med(drift, storning))


def test_one_child_of_the_worker_killed(drift: Drift, likadan: Likadan) -> None:
    likadan(_kor_med(drift, lambda _: drift.doda_barn()))


def test_both_children_of_the_worker_killed(drift: Drift, likadan: Likadan) -> None:
    def storning(_: Grind) -> None:
        for barn in drift.arbetarens_barn():
            skicka(barn, signal.SIGKILL)

    likadan(_kor_med(drift, storning))


def test_the_queue_killed_and_started_again_with_what_it_held(drift: Drift, likadan: Likadan) -> None:
    likadan(_kor_med(drift, lambda _: drift.starta_om_koen(tom=False)))


def test_the_queue_killed_and_started_again_empty(drift: Drift, likadan: Likadan) -> None:
    likadan(_kor_med(drift, lambda _: drift.starta_om_koen(tom=True)))


def test_the_queue_down_while_the_last_parts_are_done(drift: Drift, likadan: Likadan) -> None:
    def storning(grind: Grind) -> None:
        fore, _ = drift.delar(APRIL)
        drift.tjanst.doda("valkey")
        grind.oppna()
        vanta_tills(lambda: drift.delar(APRIL)[0] == fore + len(HALLNA))
        drift.starta_om("valkey")

    likadan(_kor_med(drift, storning))


def test_the_workers_connections_to_the_database_cut(drift: Drift, likadan: Likadan) -> None:
    def storning(grind: Grind) -> None:
        for pid in grind.vantande():
            assert drift.koppla_ned("pid = %s", str(pid)) == 1

    likadan(_kor_med(drift, storning))


def _koppla_ned_kommandot(drift: Drift) -> int:
    return drift.koppla_ned("pid = (SELECT pid FROM pg_locks WHERE classid = %s AND granted)", str(KORNINGSLAS))


def test_a_command_whose_connection_is_cut_takes_the_month_again(drift: Drift, likadan: Likadan) -> None:
    def storning(_: Grind) -> None:
        assert _koppla_ned_kommandot(drift) == 1
        vanta_tills(lambda: drift.sql("SELECT 1 FROM pg_locks WHERE classid = %s AND granted", KORNINGSLAS))

    likadan(_kor_med(drift, storning))


def test_a_command_that_is_cut_off_before_it_has_begun_changes_nothing(
    drift: Drift, ostort: Ostort, tmp_path: Path
) -> None:
    assert utfall(drift.starta("kor_manad", APRIL))[0] == 0
    with drift.anslut() as linje, linje.transaction():
        linje.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ANDRINGSLAS])  # as an import does
        barn = drift.starta("kor_manad", APRIL)
        vanta_tills(lambda: drift.sql("SELECT 1 FROM pg_locks WHERE objid = %s AND NOT granted", ANDRINGSLAS))
        assert _koppla_ned_kommandot(drift) == 1
        kod, text = utfall(barn)
    assert kod == 1
    assert text.startswith("Nekat: Beräkningen av 2026-04 kunde inte börja: förbindelsen med databasen bröts")
    assert drift.exporterat(APRIL, tmp_path) == ostort[APRIL]


def test_a_command_that_is_cut_off_while_another_waits_for_the_month(drift: Drift, likadan: Likadan) -> None:
    """Either may have the month then, but only one at a time; the other waits, or says that the month is taken."""
    andra: list[Kommando] = []

    def storning(_: Grind) -> None:
        andra.append(drift.starta("kor_manad", APRIL, LASVANTAN=60.0))
        vanta_tills(lambda: drift.nagon_kor("SELECT pg_try_advisory_lock%"))
        assert _koppla_ned_kommandot(drift) == 1
        time.sleep(0.5)

    kod, text = _kor_med(drift, storning)
    assert (kod, text) == (1, KORS_REDAN) or kod == 0, text
    likadan(utfall(andra[0]))


def test_the_database_restarted(drift: Drift, likadan: Likadan) -> None:
    likadan(_kor_med(drift, lambda _: drift.starta_om_databasen()))


def test_a_killed_command_is_run_again(drift: Drift, likadan: Likadan) -> None:
    with drift.grind(*HALLNA) as grind:
        forsta = drift.starta("kor_manad", APRIL)
        grind.vanta_in()
        forsta.kill()
        forsta.communicate()
        andra = drift.starta("kor_manad", APRIL)
        vanta_tills(lambda: drift.nagon_kor("DELETE%delkorning%"))
        grind.oppna()
        likadan(utfall(andra))


def test_every_task_delivered_three_times(drift: Drift, likadan: Likadan) -> None:
    likadan(_kor_med(drift, lambda _: [drift.klerk("skicka_delar", APRIL) for _ in range(2)]))


def test_two_runs_of_the_same_month_at_once(drift: Drift, likadan: Likadan) -> None:
    def storning(_: Grind) -> None:
        kod, text = utfall(drift.starta("kor_manad", APRIL))
        assert kod == 1
        assert text == KORS_REDAN

    likadan(_kor_med(drift, storning))


def test_two_months_at_once(drift: Drift, ostort: Ostort, likadan: Likadan, tmp_path: Path) -> None:
    maj: list[Kommando] = []

    def storning(_: Grind) -> None:
        maj.append(drift.starta("kor_manad", MAJ))
        vanta_tills(lambda: drift.delar(MAJ) > (0, 0))

    likadan(_kor_med(drift, storning))
    assert utfall(maj[0])[0] == 0
    assert drift.exporterat(MAJ, tmp_path) == ostort[MAJ]
