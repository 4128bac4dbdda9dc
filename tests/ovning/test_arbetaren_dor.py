"""SIGKILL in the middle of every kind of long task: nothing half is left, and when it comes again it ends as once.

The worker is a process of its own that stops just before its transaction ends, everything written, and is killed there.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as installningar
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.kedja import direkt
from tests.ovning.test_dubbel_leverans import LOGGAR, PAKET, UPPGIFTER, _bild, _en_gang
from verktyg.miljo import ROT

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
# Before the outermost transaction is committed the process says so and waits to be killed.
_ARBETARE = """
import json, sys, time
import django
django.setup()
from celery import current_app
from django.conf import settings
from django.db import connection
from config.celery import app
settings.FILER_DIR = sys.argv[2]
app.loader.import_default_modules()
riktig = type(connection)._commit
def stanna(self):
    print("nu", flush=True)
    time.sleep(60)
type(connection)._commit = stanna
app.tasks[sys.argv[1]].run(*json.loads(sys.argv[3]))
"""


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
    _doda_mitt_i(namn, argument, egen_mapp)
    dod = _bild(namn, egen_mapp)
    assert {vad: dod[vad] for vad in dod if vad != "filer"} == {vad: fore[vad] for vad in fore if vad != "filer"}
    current_app.tasks[namn].run(*argument)
    assert _bild(namn, egen_mapp) == en_gang
    assert namn in LOGGAR or en_gang != fore


def _doda_mitt_i(namn: str, argument: tuple[Any, ...], mapp: Path) -> None:
    import json  # noqa: PLC0415

    databas = connection.settings_dict
    adress = make_conninfo(host=databas["HOST"], user=databas["USER"], dbname=databas["NAME"])
    miljo = os.environ | {"DATABASE_URL": adress, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROT)}
    miljo |= {"INSATSKOLLEN_LAGE": "utveckling", "REDIS_URL": installningar.REDIS_URL}
    argv = [sys.executable, "-P", "-c", _ARBETARE, namn, str(mapp), json.dumps(argument)]
    with subprocess.Popen(argv, cwd=ROT, env=miljo, stdout=subprocess.PIPE, text=True) as barn:
        assert barn.stdout
        assert barn.stdout.readline() == "nu\n"
        barn.send_signal(signal.SIGKILL)
    _vanta_ut_forbindelsen()


def _vanta_ut_forbindelsen() -> None:
    """PostgreSQL sees that its client is gone, and rolls back, a moment later."""
    from tests.kedja.drift import vanta_tills  # noqa: PLC0415

    def ensam() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            ((antal,),) = cursor.fetchall()
        return antal == 0

    vanta_tills(ensam, 20)
