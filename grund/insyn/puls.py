"""Signs of life and counts of tasks, in Valkey: cheap to leave, shared by all processes, and no loss when emptied.

What must outlive the broker (when a job of the clock's last succeeded, which tasks failed) is in the database.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from celery import current_app
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

ARBETARE, KLOCKA = "arbetare", "klocka"
GRANSER = (0.1, 1.0, 10.0, 60.0, 600.0)  # buckets of a task's duration, in seconds
_GLOMS_EFTER = 24 * 3600.0
_TALAMOD = 2.0


@cache
def _klient() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_TALAMOD,
        socket_connect_timeout=_TALAMOD,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def klient() -> Redis:
    """One for each process; it waits two seconds at most."""
    return _klient()


@contextmanager
def _utan_att_stora() -> Iterator[None]:
    """To count is never worth a failed task: without Valkey nothing is counted."""
    with suppress(RedisError, OSError):
        yield


def _nyckel(namn: str) -> str:
    return f"{settings.CACHES['default']['KEY_PREFIX']}:insyn:{namn}"


def sla(slag: str, namn: str) -> None:
    """Say that this worker or clock is alive now."""
    with _utan_att_stora():
        klient().hset(_nyckel("puls"), f"{slag}:{namn}", str(time.time()))


def horda() -> dict[str, dict[str, float]]:
    """Seconds since each was last heard, by kind and name. RedisError when Valkey does not answer."""
    hittat: dict[str, dict[str, float]] = {ARBETARE: {}, KLOCKA: {}}
    nu = time.time()
    for falt, nar in cast("dict[str, str]", klient().hgetall(_nyckel("puls"))).items():
        slag, _, namn = falt.partition(":")
        alder = max(nu - float(nar), 0.0)
        if alder > _GLOMS_EFTER:
            klient().hdel(_nyckel("puls"), falt)
        else:
            hittat.setdefault(slag, {})[namn] = alder
    return hittat


def rakna(namn: str, utfall: str, sekunder: float) -> None:
    """Count a task that has ended."""
    under = next((str(grans) for grans in GRANSER if sekunder <= grans), "inf")
    with _utan_att_stora(), klient().pipeline(transaction=False) as ror:
        ror.hincrby(_nyckel("uppgifter"), f"{namn}|{utfall}|{under}", 1)
        ror.hincrbyfloat(_nyckel("uppgifter"), f"{namn}|{utfall}|summa", sekunder)
        ror.execute()


@dataclass
class Uppgiftstal:
    """Tasks of one name and outcome: how many in each bucket, and seconds in all."""

    fack: dict[str, int]
    summa: float = 0.0

    @property
    def antal(self) -> int:
        return sum(self.fack.values())


def uppgiftstal() -> dict[tuple[str, str], Uppgiftstal]:
    """By task and outcome, since Valkey was last emptied."""
    tal: dict[tuple[str, str], Uppgiftstal] = {}
    for falt, varde in cast("dict[str, Any]", klient().hgetall(_nyckel("uppgifter"))).items():
        namn, utfall, vad = falt.split("|")
        ett = tal.setdefault((namn, utfall), Uppgiftstal({}))
        if vad == "summa":
            ett.summa = float(varde)
        else:
            ett.fack[vad] = int(varde)
    return tal


def _koer() -> list[str]:
    flera = getattr(settings, "CELERY_TASK_QUEUES", None)
    return list(flera) if flera else [str(current_app.conf.task_default_queue)]


def kolangd() -> int:
    """How many tasks wait, in all queues. RedisError when Valkey does not answer."""
    return sum(cast("list[int]", [klient().llen(namn) for namn in _koer()]))


def star_still(langd: int, klara: int, nu: float) -> float:
    """For how many seconds tasks have waited without any that ended, as those who have asked have seen it."""
    nyckel = _nyckel("ko")
    sedd = cast("dict[str, str]", klient().hgetall(nyckel))
    if langd == 0 or not sedd or int(sedd["klara"]) != klara:
        klient().hset(nyckel, mapping={"klara": klara, "sedan": nu})
        return 0.0
    return max(nu - float(sedd["sedan"]), 0.0)
