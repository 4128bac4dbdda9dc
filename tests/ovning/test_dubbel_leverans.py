"""Duplicate delivery, of every task there is: delivered twice at the same time, it ends as if it had come once.

A new task must be added to UPPGIFTER, with how what it works on is made. The beat sends nothing but these, so two beats
at once are the same thing.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from ersattning.models import Delkorning, Korning
from ersattning.simulering import actions as simulering
from ersattning.simulering.actions import Fraga, Variantval
from grund import klocka
from grund.tid import Manad
from tests.kedja import direkt
from uppfoljning.arssats.bestallning import bestall_arsrapporter
from uppfoljning.rapporter.register import RAPPORTER

pytestmark = pytest.mark.django_db(transaction=True)
PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
APRIL = Manad(2025, 4)
NU = datetime(2026, 6, 3, 8, tzinfo=UTC)


def _borjad() -> Korning:
    from ersattning import actions  # noqa: PLC0415

    return actions.starta_korning(manad=APRIL, av=None, nu=klocka.nu())


def _del() -> tuple[Any, ...]:
    return (Delkorning.objects.filter(korning=_borjad()).values_list("pk", flat=True)[0],)


def _raknad() -> tuple[Any, ...]:
    from ersattning import actions  # noqa: PLC0415

    korning = _borjad()
    for pk in Delkorning.objects.filter(korning=korning).values_list("pk", flat=True):
        actions.rakna_del(delkorning_id=pk, nu=klocka.nu())
    return (korning.pk,)


def _avbruten() -> tuple[Any, ...]:
    _borjad()
    return ()


def _klar() -> tuple[Any, ...]:
    korning = direkt.kor(str(APRIL))
    return (korning.pk, korning.omgang, None)


def _simulering() -> Any:
    fraga = Fraga("Test", APRIL, APRIL)
    ny = simulering.skapa_simulering(fraga=fraga, varianter=[Variantval("Som det är", {})], av=None, nu=NU)
    return simulering.starta_simulering(simulering=ny, av=None, nu=NU)


def _simuleringsdel() -> tuple[Any, ...]:
    return (_simulering().delar.values_list("pk", flat=True)[0],)


def _simulerad() -> tuple[Any, ...]:
    egen = _simulering()
    for pk in egen.delar.values_list("pk", flat=True):
        simulering.rakna_del(del_id=pk, nu=NU)
    return (egen.pk,)


def _arsfil() -> tuple[Any, ...]:
    sats = bestall_arsrapporter(ar=2025, av=None, idag=date(2026, 6, 3), nu=NU)
    return (sats.filer.filter(slag="xlsx").order_by("pk").values_list("pk", flat=True)[0],)


def _arsfil_borttappad() -> tuple[Any, ...]:
    _arsfil()
    return ()


def _inget() -> tuple[Any, ...]:
    return ()


UPPGIFTER: dict[str, Callable[[], tuple[Any, ...]]] = {
    "ersattning.tasks.rakna_del": _del,
    "ersattning.tasks.avsluta_korning": _raknad,
    "ersattning.tasks.se_efter": _avbruten,
    "ersattning.filer.skapa_filer": _klar,
    "ersattning.simulering.tasks.simulera_del": _simuleringsdel,
    "ersattning.simulering.tasks.avsluta_simulering": _simulerad,
    "uppfoljning.tasks.rakna_rapporter": _inget,
    "uppfoljning.tasks.rakna_rapport": lambda: (next(iter(RAPPORTER)),),
    "uppfoljning.tasks.gor_arsfil": _arsfil,
    "uppfoljning.tasks.sand_borttappade": _arsfil_borttappad,
    "uppfoljning.tasks.natt": _inget,
    "grund.tasks.stada": _inget,
    "grund.tasks.forsegla_loggen": _inget,
    "grund.tasks.kontrollera_loggen": _inget,
}
# A line for each time that it was run: there are two, and that is true.
LOGGAR = {
    "uppfoljning.tasks.natt": {"uppfoljning_kontroll", "grund_handelse"},
    "grund.tasks.kontrollera_loggen": {"grund_handelse", "grund_logglank"},
}


@pytest.fixture
def egen_mapp(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR, settings.FILER_DIR = tmp_path, tmp_path / "filer"
    return tmp_path / "filer"


@pytest.fixture(autouse=True)
def _tom_ko() -> Iterator[None]:
    yield
    current_app.control.purge()


def test_every_task_there_is_stands_here() -> None:
    current_app.loader.import_default_modules()
    assert {namn for namn in current_app.tasks if not namn.startswith(("celery.", "tests."))} == UPPGIFTER.keys()


@pytest.mark.parametrize("namn", list(UPPGIFTER))
def test_a_task_that_is_delivered_twice_at_once_ends_as_once(namn: str, egen_mapp: Path) -> None:
    current_app.loader.import_default_modules()
    direkt.las_in(PAKET)
    argument = UPPGIFTER[namn]()
    fore = _bild(namn, egen_mapp)
    en_gang = _en_gang(namn, argument, egen_mapp)
    assert _bild(namn, egen_mapp) == fore  # that was undone
    _tva_samtidigt(namn, argument)
    assert _bild(namn, egen_mapp) == en_gang


def _en_gang(namn: str, argument: tuple[Any, ...], mapp: Path) -> dict[str, Any]:
    """What it comes to when it is done once; undone again."""
    fore = _filerna(mapp)
    with transaction.atomic():
        current_app.tasks[namn].run(*argument)
        svar = _bild(namn, mapp)
        transaction.set_rollback(True)
    for fil in set(_filerna(mapp)) - set(fore):
        (mapp / fil).unlink()
    return svar


def _tva_samtidigt(namn: str, argument: tuple[Any, ...]) -> None:
    """By two workers, of which one may be refused what the other holds: it is then tried again, as Celery does."""
    start, fel = Barrier(2), []

    def arbetare() -> None:
        start.wait()
        try:
            current_app.tasks[namn].run(*argument)
        except Exception as ett:  # noqa: BLE001  told below
            fel.append(ett)
        finally:
            connection.close()

    tradar = [Thread(target=arbetare) for _ in range(2)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert fel == []


def _bild(namn: str, mapp: Path) -> dict[str, Any]:
    """How many rows there are in every table of ours, what they come to in kronor, and which files."""
    tabeller = {
        modell._meta.db_table
        for modell in apps.get_models()
        if modell._meta.app_label in {"grund", "beslut", "utforare", "ersattning", "uppfoljning"}
    } - LOGGAR.get(namn, set())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{tabell}', count(*) FROM {tabell}" for tabell in sorted(tabeller)))
        antal: dict[str, Any] = dict(cursor.fetchall())
        cursor.execute("SELECT sum(belopp) FROM ersattning_ersattningsrad")
        antal["kronor"] = cursor.fetchall()
        cursor.execute("SELECT sum(belopp) FROM ersattning_simuleringssumma")
        antal["simulerat"] = cursor.fetchall()
        cursor.execute("SELECT status, omgang FROM ersattning_korning")
        antal["status"] = cursor.fetchall()
    return antal | {"filer": _filerna(mapp)}


def _filerna(mapp: Path) -> list[str]:
    return sorted(str(fil.relative_to(mapp)) for fil in mapp.glob("**/*") if fil.is_file())


@pytest.mark.parametrize("post", settings.CELERY_BEAT_SCHEDULE)
def test_two_schedulers_send_only_what_may_come_twice(post: str) -> None:
    """Each beat sends it at its time; what nobody takes until the next time is thrown away, so no queue grows."""
    val = settings.CELERY_BEAT_SCHEDULE[post]
    assert val["task"] in UPPGIFTER
    takt = getattr(val["schedule"], "seconds", None)
    assert takt is None or val["options"]["expires"] <= takt
