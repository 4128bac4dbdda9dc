"""SIGKILL in the middle of `gallra`: between two persons, before a commit, and between a commit and the files. What is
done is done, what is not is taken up, and nothing is done twice."""

import os
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from beslut.models import Person
from ersattning.models import Ersattningsrad
from grund.models import Anvandare, Handelse
from tests.gallring import varld
from tests.gallring.varld import ALVA, BROR, IDAG, MARKE, NU
from tests.kedja.drift import vanta_tills
from uppfoljning.gallring import atgarder
from uppfoljning.gallring.koder import Listlage, Radutfall
from uppfoljning.models import Gallringslista

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lista(tmp_path: Path, settings: Any) -> Gallringslista:
    settings.IDAG, settings.INTYG_DIR, settings.FILER_DIR = IDAG, tmp_path / "intyg", tmp_path / "filer"
    varld.bygg(tmp_path)
    nora, gustav = (Anvandare.objects.get(username=namn) for namn in ("nora", "gustav"))
    en = atgarder.foresla(av=nora, idag=IDAG, nu=NU)
    atgarder.besluta(lista=en, avtryck=en.avtryck, av=gustav, nu=NU)
    return en


def _lage(lista: Gallringslista) -> tuple[int, int]:
    """How many of the two are gallrade, and how many events say so."""
    return (
        lista.rader.filter(utfall=Radutfall.GALLRAD).count(),
        Handelse.objects.filter(handling="gallra_person").count(),
    )


def _kvar() -> set[str]:
    return set(Person.objects.filter(gallrad=None).values_list("nyckel", flat=True))


def _pa_disk(mapp: Path) -> list[Path]:
    return [fil for fil in (mapp / "intyg").rglob("*") if fil.is_file() and MARKE.encode() in fil.read_bytes()]


def test_killed_wherever_it_is_taken_up_and_nothing_is_done_twice(lista: Gallringslista, tmp_path: Path) -> None:
    pengar = list(Ersattningsrad.objects.order_by("pk").values())
    assert _kvar() == {ALVA[0], BROR[0]}
    _doda(_innan_commit)
    assert (_lage(lista), _kvar()) == ((0, 0), {ALVA[0], BROR[0]})
    _doda(_mellan_tva)
    assert (_lage(lista), len(_kvar())) == ((1, 1), 1)
    _doda(_fore_filerna)
    assert (_lage(lista), _kvar()) == ((2, 2), set())
    assert len(_pa_disk(tmp_path)) == 2
    lista.refresh_from_db()
    assert (lista.lage, lista.protokoll) == (Listlage.BESLUTAD, {})

    call_command("gallra", verbosity=0)
    lista.refresh_from_db()
    assert (lista.lage, lista.protokoll["gallrade"], lista.protokoll["filer"]) == (Listlage.GENOMFORD, 2, 2)
    assert lista.protokoll["borttagna"]["beslut.Arende"] == 1
    assert (_lage(lista), _pa_disk(tmp_path)) == ((2, 2), [])
    assert list(Ersattningsrad.objects.order_by("pk").values()) == pengar
    protokoll = lista.protokoll
    call_command("gallra", verbosity=0)
    lista.refresh_from_db()
    assert (lista.protokoll, _lage(lista)) == (protokoll, (2, 2))


def _innan_commit(stanna: Callable[[], None]) -> None:
    connections["default"]._commit = stanna


def _mellan_tva(stanna: Callable[[], None]) -> None:
    gallra = atgarder.gallra_person

    def en_och_sedan_stopp(**vad: Any) -> bool:
        gallra(**vad)
        stanna()
        return True

    atgarder.gallra_person = en_och_sedan_stopp


def _fore_filerna(stanna: Callable[[], None]) -> None:
    atgarder.stada_filer = lambda _: stanna()


def _doda(stalle: Callable[[Callable[[], None]], None]) -> None:
    """`gallra` in a child of its own. It says when it has come to `stalle`, waits there, and is killed."""
    las, skriv = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, from Python 3.12: the child does one thing
        pid = os.fork()
    if pid == 0:
        try:
            _gallra(stalle, skriv)
        finally:
            os._exit(1)
    os.close(skriv)
    with os.fdopen(las, "rb") as ror:
        hennes = ror.readline()
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert hennes, "gallra kom aldrig så långt"
    vanta_tills(lambda: not _lever(int(hennes)), 20)


def _gallra(stalle: Callable[[Callable[[], None]], None], skriv: int) -> None:
    egen = connections["default"]
    foralderns, egen.connection = egen.connection, None  # kept, so that it is not closed from here

    def stanna() -> None:
        os.write(skriv, f"{egen.connection.info.backend_pid}\n".encode())
        time.sleep(60)

    stalle(stanna)
    call_command("gallra", verbosity=0)
    assert foralderns


def _lever(backend: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [backend])
        ((antal,),) = cursor.fetchall()
    return bool(antal)
