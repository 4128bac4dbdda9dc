"""SIGKILL in the middle of every kind of long task: nothing half is left, and when it comes again it ends as once.

The worker stops just before its transaction ends, everything written, and is killed there.
"""

import os
import signal
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import connection, connections

from tests.kedja import direkt
from tests.kedja.drift import vanta_tills
from tests.ovning.test_dubbel_leverans import LOGGAR, PAKET, UPPGIFTER, _bild, _en_gang

pytestmark = pytest.mark.django_db(transaction=True)
LANGA = (
    "ersattning.tasks.rakna_del",
    "ersattning.tasks.avsluta_korning",
    "ersattning.filer.skapa_filer",
    "ersattning.simulering.tasks.simulera_del",
    "ersattning.simulering.tasks.avsluta_simulering",
    "uppfoljning.tasks.gor_arsfil",
    "uppfoljning.tasks.natt",
)


@pytest.fixture
def egen_mapp(tmp_path: Path, settings: Any) -> Path:
    settings.FILER_DIR = tmp_path / "filer"
    return tmp_path / "filer"


@pytest.fixture(autouse=True)
def _tom_ko() -> Iterator[None]:
    yield
    current_app.control.purge()


def test_all_that_may_take_long_stand_here() -> None:
    assert set(LANGA) <= UPPGIFTER.keys()


@pytest.mark.parametrize("namn", LANGA)
def test_a_task_killed_in_the_middle_leaves_nothing_and_ends_as_once_when_it_comes_again(
    namn: str, egen_mapp: Path
) -> None:
    current_app.loader.import_default_modules()
    direkt.las_in(PAKET)
    argument = UPPGIFTER[namn]()
    fore = _bild(namn, egen_mapp)
    en_gang = _en_gang(namn, argument, egen_mapp)
    _doda_mitt_i(namn, argument)
    dod = _bild(namn, egen_mapp)
    assert {vad: dod[vad] for vad in dod if vad != "filer"} == {vad: fore[vad] for vad in fore if vad != "filer"}
    current_app.tasks[namn].run(*argument)
    assert _bild(namn, egen_mapp) == en_gang
    assert namn in LOGGAR or en_gang != fore


def _doda_mitt_i(namn: str, argument: tuple[Any, ...]) -> None:
    """A child as a prefork worker's. It says when its transaction is about to be committed, and waits there."""
    las, skriv = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, from Python 3.12: the child does one thing
        pid = os.fork()
    if pid == 0:
        try:
            _arbeta(namn, argument, skriv)
        finally:
            os._exit(1)
    os.close(skriv)
    with os.fdopen(las, "rb") as ror:
        hennes = ror.readline()
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert hennes, "uppgiften hann aldrig fram till sin commit"
    _vanta_ut(int(hennes))


def _arbeta(namn: str, argument: tuple[Any, ...], skriv: int) -> None:
    egen = connections["default"]
    foralderns, egen.connection = egen.connection, None  # kept, so that it is not closed from here

    def stanna() -> None:
        os.write(skriv, f"{egen.connection.info.backend_pid}\n".encode())
        time.sleep(600)

    egen._commit = stanna
    current_app.tasks[namn].run(*argument)
    assert foralderns


def _vanta_ut(backend: int) -> None:
    """PostgreSQL sees that its client is gone, and rolls back, a moment later."""

    def borta() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [backend])
            ((antal,),) = cursor.fetchall()
        return not antal

    vanta_tills(borta)
