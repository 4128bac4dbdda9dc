"""Whether the system can do its work: database, schema, queue, disk, workers and the clock. Never waits for long.

Each check runs in a thread of its own and gets two seconds. One that is still stuck from the last time is not started
again, so that to be asked costs nothing more; and what was found is kept for some seconds, however often one asks.
"""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Forsent
from dataclasses import dataclass
from functools import cache

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from redis.exceptions import RedisError

from grund.databas import roller
from grund.insyn import fel as felord
from grund.insyn import puls
from grund.text import antal_ord, utrymme

TALAMOD = 2.0  # seconds that a check gets
HALLBAR = 5.0  # seconds that an answer is kept
TYST_ARBETARE, TYST_KLOCKA = 120.0, 120.0  # seconds of silence before a worker or the clock is taken for gone
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Prov:
    """What a check found. `text` says it in a sentence without anybody's data. `kravs`: without it no work is done."""

    namn: str
    ok: bool
    text: str
    kravs: bool = True


Kontroll = Callable[[], str]


class EjRedo(Exception):  # noqa: N818  an answer, not a fault
    """What a check has against the system. The text is for whoever runs it."""


def _anslut() -> "psycopg.Connection[tuple[object, ...]]":
    """A connection of its own: the pool may be what is wrong."""
    bas = connection.settings_dict
    val = {namn: varde for namn, varde in bas["OPTIONS"].items() if namn not in {"pool", "server_side_binding"}}
    return psycopg.connect(
        dbname=bas["NAME"],
        user=bas["USER"] or None,
        password=bas["PASSWORD"] or None,
        host=bas["HOST"] or None,
        port=bas["PORT"] or None,
        connect_timeout=2,
        autocommit=True,
        **{**val, "options": f"-c statement_timeout={int(TALAMOD * 1000)}"},
    )


def databas() -> str:
    """The database answers."""
    with _anslut() as linje:
        linje.execute("SELECT 1")
    return "Databasen svarar."


@cache
def _migreringar() -> frozenset[tuple[str, str]]:
    """All that the code has; those that stand for others count as applied when they are, or all of those are."""
    laddare = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(nyckel for nyckel, ett in laddare.disk_migrations.items() if not ett.replaces)


def schema() -> str:
    """Every migration of the code is applied."""
    with _anslut() as linje:
        gjorda = {(str(app), str(namn)) for app, namn in linje.execute("SELECT app, name FROM django_migrations")}
    if saknas := sorted(_migreringar() - gjorda):
        antal = antal_ord(len(saknas), "migrering", "migreringar")
        raise EjRedo(f"{antal} kvar att köra, den första är {'.'.join(saknas[0])}. Kör migrate.")
    return "Alla migreringar är körda."


def vaggar() -> str:
    """The database's own walls stand (ADR 0040). Work is done without them, so this does not stop anybody."""
    with _anslut() as linje:
        saknas = roller.brister(lambda fraga, *varden: linje.execute(fraga, varden or None).fetchall())
    if saknas:
        raise EjRedo(" ".join(saknas))
    return "Databasen skiljer själv utförare åt, och låter inte systemet ändra det som är fast."


def ko() -> str:
    """Valkey answers, and may be written to."""
    puls.sla("prov", "halsa")
    return f"Kön svarar. {antal_ord(puls.kolangd(), 'uppgift', 'uppgifter')} väntar."


def disk() -> str:
    """Files can be made where they are kept, and there is room for them."""
    with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR, prefix=".halsa-") as fil:
        fil.write(b"ok")
        fil.flush()
    ledigt = shutil.disk_usage(settings.DATA_DIR).free // _MB
    if ledigt < settings.DISK_MINST_MB:
        grans = utrymme(settings.DISK_MINST_MB)
        raise EjRedo(f"Bara {utrymme(ledigt)} är ledigt där filerna görs. Gränsen är {grans}.")
    return f"{utrymme(ledigt)} är ledigt där filerna görs."


def arbetare() -> str:
    """A worker has been heard lately."""
    return _hord(puls.ARBETARE, "arbetare", "arbetare", TYST_ARBETARE)


def klocka() -> str:
    """The clock has sent something lately."""
    return _hord(puls.KLOCKA, "klocka", "klockor", TYST_KLOCKA)


def _hord(slag: str, en: str, flera: str, grans: float) -> str:
    aldrar = puls.horda()[slag]
    horda = [alder for alder in aldrar.values() if alder <= grans]
    if not horda:
        senast = f" Den hördes senast för {int(min(aldrar.values()))} s sedan." if aldrar else ""
        raise EjRedo(f"Ingen {en} hörs.{senast}")
    return f"{antal_ord(len(horda), en, flera)} hörs, senast för {int(min(horda))} s sedan."


KONTROLLER: dict[str, Kontroll] = {
    "databas": databas,
    "schema": schema,
    "vaggar": vaggar,
    "ko": ko,
    "disk": disk,
    "arbetare": arbetare,
    "klocka": klocka,
}
KRAVS_INTE = frozenset({"vaggar"})
_tradar = ThreadPoolExecutor(max_workers=len(KONTROLLER), thread_name_prefix="halsa")
_igang: dict[str, Future[str]] = {}
_las = threading.Lock()
_senast: tuple[float, tuple[Prov, ...]] = (0.0, ())


def prova() -> tuple[Prov, ...]:
    """All checks, at once; what was found lately is not looked for again."""
    global _senast  # noqa: PLW0603  one answer for the whole process
    with _las:
        nar, prov = _senast
        if not prov or time.monotonic() - nar > HALLBAR:
            prov = _prova_alla()
            _senast = (time.monotonic(), prov)
        return prov


def glom() -> None:
    """Look anew the next time. For tests."""
    global _senast  # noqa: PLW0603
    _senast = (0.0, ())


def _prova_alla() -> tuple[Prov, ...]:
    slut = time.monotonic() + TALAMOD
    for namn, kontroll in KONTROLLER.items():
        if namn not in _igang or _igang[namn].done():
            _igang[namn] = _tradar.submit(kontroll)
    return tuple(_svar(namn, max(slut - time.monotonic(), 0.0)) for namn in KONTROLLER)


def _svar(namn: str, talamod: float) -> Prov:
    ok = False
    try:
        text, ok = _igang[namn].result(timeout=talamod), True
    except Forsent:
        text = "Svarar inte i tid."
    except EjRedo as fel:
        text = str(fel)
    except (psycopg.Error, RedisError, OSError) as fel:
        text = f"Svarar inte ({felord.klass(fel)})."
    return Prov(namn, ok, text, kravs=namn not in KRAVS_INTE)
