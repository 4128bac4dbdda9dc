"""Celery's tasks as operations see them: one line each with the request that led to it, counts, jobs and faults.

Imported by config.celery, which connects it to Celery's own signals; they are mechanism and write nothing of ours but
what grund.insyn.lagring keeps. A message carries the request's id in a header, so that it follows through the workers.
"""

import inspect
import logging
import os
import re
import time
from logging.config import dictConfig
from typing import Any

import structlog
from celery import bootsteps, signals
from celery.app.task import Task
from django.conf import settings
from django.db import connection

from grund import klocka
from grund.insyn import fel as felord
from grund.insyn import id as begaransid
from grund.insyn import lagring, puls
from grund.insyn.begaran import notera_langsamt
from grund.insyn.logg import rad
from grund.insyn.matning import Matning
from grund.insyn.schema import klockans, standigt
from grund.insyn.skrubba import utan_nummer

HUVUD = "insyn_begaran"
VAR_PULS = 15.0  # seconds between signs of life
_EGET_ORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_igang: dict[str, tuple[float, Matning]] = {}
_klocka = {"ar": False}


class Puls(bootsteps.StartStopStep):
    """A worker's sign of life, from the loop that takes tasks: a worker that hangs falls silent."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        self.timer = parent.timer.call_repeatedly(VAR_PULS, puls.sla, (puls.ARBETARE, parent.hostname))
        puls.sla(puls.ARBETARE, parent.hostname)

    def stop(self, parent: Any) -> None:  # noqa: ARG002
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


def objekt(task: Task[Any, Any], args: Any, kwargs: Any) -> str:
    """Which of our own things the task is about: primary keys and short codes of its arguments, and nothing else."""
    try:
        givna = inspect.signature(task.run).bind_partial(*(args or ()), **(kwargs or {})).arguments
    except TypeError:
        return ""
    return ", ".join(f"{namn} {ett}" for namn, ett in givna.items() if _far_sagas(ett))[:200]


def _far_sagas(ett: Any) -> bool:
    text = str(ett)
    return isinstance(ett, int | str) and bool(_EGET_ORD.fullmatch(text)) and utan_nummer(text) == text


@signals.setup_logging.connect
def _loggar(loglevel: Any = None, **_: Any) -> None:  # noqa: ARG001
    """Celery's own lines as ours. That somebody is connected here keeps Celery's own set-up away."""
    dictConfig(settings.LOGGING)


@signals.beat_init.connect
def _ar_klockan(**_: Any) -> None:
    _klocka["ar"] = True
    puls.sla(puls.KLOCKA, os.uname().nodename)


@signals.before_task_publish.connect
def _skicka_med(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """The id goes along. In the clock each task that is sent is also its sign of life."""
    if headers is not None:
        headers.setdefault(HUVUD, begaransid.nuvarande() or begaransid.nytt())
    if _klocka["ar"]:
        puls.sla(puls.KLOCKA, os.uname().nodename)


@signals.task_prerun.connect
def _borjar(task_id: str, task: Task[Any, Any], args: Any, kwargs: Any, **_: Any) -> None:
    kom_fran = getattr(task.request, HUVUD, None) or ""
    structlog.contextvars.bind_contextvars(
        request_id=kom_fran if begaransid.godtagbart(str(kom_fran)) else begaransid.nytt(),
        task=task.name,
        task_id=task_id,
        objects=objekt(task, args, kwargs),
    )
    matning = Matning(settings.LANGSAM_FRAGA)
    _igang[task_id] = (time.perf_counter(), matning)
    if task.name in klockans():
        lagring.jobb_startar(namn=task.name, nu=klocka.nu())
    connection.execute_wrappers.append(matning)


@signals.task_success.connect
def _lyckades(sender: Task[Any, Any], **_: Any) -> None:
    """Before Celery closes the connection, so that nothing is opened for it."""
    sekunder = _hittills(sender)
    lagring.anteckna_lost(
        namn=sender.name, objekt=objekt(sender, sender.request.args, sender.request.kwargs), nu=klocka.nu()
    )
    if sender.name in klockans():
        lagring.jobb_slutar(namn=sender.name, nu=klocka.nu(), sekunder=sekunder, gick_bra=True)
    lagring.spara_langsamt()


@signals.task_failure.connect
def _misslyckades(
    sender: Task[Any, Any], task_id: str, exception: BaseException, args: Any, kwargs: Any, **_: Any
) -> None:
    """The task's own transaction is rolled back by now, and what is stored here is stored whatever it did."""
    rad(
        logging.ERROR,
        "uppgiften misslyckades",
        task=sender.name,
        task_id=task_id,
        error=felord.klass(exception),
        exc_info=exception,
    )
    lagring.anteckna_uppgiftsfel(
        namn=sender.name,
        objekt=objekt(sender, args, kwargs),
        fel=exception,
        begaran=begaransid.nuvarande(),
        forsok=(sender.request.retries or 0) + 1,
        nu=klocka.nu(),
    )
    if sender.name in klockans():
        lagring.jobb_slutar(namn=sender.name, nu=klocka.nu(), sekunder=_hittills(sender), gick_bra=False)


@signals.task_retry.connect
def _forsoks_igen(sender: Task[Any, Any], reason: Any, **_: Any) -> None:
    fel = getattr(reason, "exc", None) or reason
    rad(
        logging.WARNING,
        "uppgiften försöks igen",
        attempt=(sender.request.retries or 0) + 1,
        error=felord.klass(fel) if isinstance(fel, BaseException) else "",
    )


_UTFALL = {"SUCCESS": "klart", "RETRY": "forsoks_igen", "FAILURE": "fel"}


@signals.task_postrun.connect
def _slutar(task_id: str, task: Task[Any, Any], state: str = "", **_: Any) -> None:
    borjan, matning = _igang.pop(task_id, (time.perf_counter(), Matning(0)))
    if matning in connection.execute_wrappers:
        connection.execute_wrappers.remove(matning)
    sekunder, utfall = time.perf_counter() - borjan, _UTFALL.get(state or "", "avbruten")
    rad(
        logging.DEBUG if utfall == "klart" and task.name in standigt() else logging.INFO,
        "uppgift",
        outcome=utfall,
        duration_ms=round(sekunder * 1000, 1),
        queries=matning.antal,
        query_ms=round(matning.sekunder * 1000, 1),
    )
    puls.rakna(task.name, utfall, sekunder)
    notera_langsamt("uppgift", task.name, sekunder, settings.LANGSAM_UPPGIFT, matning)
    structlog.contextvars.clear_contextvars()


def _hittills(task: Task[Any, Any]) -> float:
    borjan, _ = _igang.get(task.request.id or "", (time.perf_counter(), None))
    return time.perf_counter() - borjan
