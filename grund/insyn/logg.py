"""Log lines: JSON on stdout in deployment, readable in development, from all that we and our libraries log (ADR 0046).

Our own lines say `event` and named values; those of libraries (Django, Celery, gunicorn) go through the same chain.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor

from grund.insyn.fel import mening, rensad_exc_info
from grund.insyn.skrubba import skrubba, skrubbad_text

Rad = MutableMapping[str, Any]
_UTAN_ADRESS = re.compile(r"^(Error handling request|Invalid request from ip=\S+) .*", re.DOTALL)
INSYN = "insatskollen"  # the logger of our own lines


class EjCelerysEgnaRader(logging.Filter):
    """Celery's lines of a task carry its exception's own words; grund.insyn.uppgifter says the same without them."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.name == "celery.app.trace" and hasattr(record, "data"))


def utan_argument(_: Any, __: str, rad: Rad) -> Rad:
    """What a library put into its sentence may be an address or an exception's text: only the safe part is kept."""
    argument = rad.pop("positional_args", None)
    record: logging.LogRecord | None = rad.get("_record")
    if record is None or not isinstance(argument, tuple):
        return rad
    if argument and record.name.startswith(("django.request", "django.security")):
        # "Internal Server Error", why a form was refused; the address comes after, or after a dash
        rad["event"] = str(argument[0]).split(" - ")[0]
    elif record.name == "gunicorn.error":
        rad["event"] = _UTAN_ADRESS.sub(r"\1", str(rad["event"]))
    elif any(isinstance(ett, BaseException) for ett in argument):
        rad["event"] = str(record.msg) % tuple(
            mening(ett) if isinstance(ett, BaseException) else ett for ett in argument
        )
    return rad


class Skrubba:
    """structlog processor, the last before the line is written. `hemligheter`: known secrets, wherever they stand."""

    def __init__(self, hemligheter: Iterable[str]) -> None:
        self.hemligheter = [ett for ett in hemligheter if len(ett) >= 8]

    def __call__(self, _: Any, __: str, rad: Rad) -> Rad:
        tid = rad.pop("timestamp", None)
        ren: Rad = {"timestamp": tid, **skrubba(rad, self.hemligheter)}
        return ren


def _kedja() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        utan_argument,
        rensad_exc_info,
    ]


def formaterare(*, json: bool, hemligheter: Iterable[str]) -> logging.Formatter:
    """How a record becomes a line."""
    renderare: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_redan_text, sort_keys=False)
    )
    return ProcessorFormatter(
        foreign_pre_chain=_kedja(),
        pass_foreign_args=True,
        processors=[ProcessorFormatter.remove_processors_meta, Skrubba(hemligheter), renderare],
    )


def _redan_text(ut: Any, fel: Any) -> None:
    """`exception` is text before it gets here."""


def strom() -> str:
    """Servers write on stdout. A command's stdout is what somebody asked it for: its log goes to stderr."""
    return (
        "ext://sys.stderr" if Path(sys.argv[0]).name in {"manage.py", "pytest", "__main__.py"} else "ext://sys.stdout"
    )


def konfiguration(*, json: bool, hemligheter: Iterable[str]) -> dict[str, Any]:
    """Django's LOGGING, which gunicorn and Celery take too."""
    hemliga = [skrubbad for skrubbad in hemligheter if skrubbad]
    tyst = {"handlers": [], "level": "WARNING", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"uppgifter": {"()": EjCelerysEgnaRader}},
        "formatters": {"rad": {"()": formaterare, "json": json, "hemligheter": hemliga}},
        "handlers": {
            "rad": {
                "class": "logging.StreamHandler",
                "formatter": "rad",
                "filters": ["uppgifter"],
                "stream": strom(),
            }
        },
        "root": {"handlers": ["rad"], "level": "WARNING"},
        "loggers": {
            INSYN: {"level": "INFO"},
            "django": tyst,
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},  # the raw address; ours says it
            "django.request": {"level": "ERROR"},  # what was not found is told by our own line
            "celery": {"level": "INFO"},
            "celery.worker.strategy": {"level": "WARNING"},  # "received", for every task
            "celery.beat": {"level": "WARNING"},  # what it sends is told when it is done
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},  # as django.server
        },
    }


def satt_upp() -> None:
    """structlog for our own lines. Harmless to do twice."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_kedja(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


Logga = Callable[..., Any]


def rad(niva: int, handelse: str, **varden: Any) -> None:
    """One of our own lines."""
    structlog.stdlib.get_logger(INSYN).log(niva, handelse, **varden)


__all__ = ["INSYN", "formaterare", "konfiguration", "rad", "satt_upp", "skrubbad_text"]
