"""A worker with a fault in it: `celery -A tests.kedja.trasig`. TRASIG names what is broken."""

import os
import signal
from typing import Any, NoReturn

from celery.signals import worker_init

from config.celery import app

__all__ = ["app"]


def _ett_fel(*_: Any) -> NoReturn:
    raise ZeroDivisionError


def _en_dodsstot(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@worker_init.connect
def _ha_sonder(**_: Any) -> None:
    from ersattning import actions  # noqa: PLC0415  after django.setup

    match os.environ["TRASIG"]:
        case "del":
            actions.rakna_person = _ett_fel
        case "slut":
            actions.berakna_bonus = _ett_fel
        case "barn":
            actions.rakna_person = _en_dodsstot
