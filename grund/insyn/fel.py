"""What a log may say of an exception: where it happened and of which kind, never the values that it was about. Pure.

PostgreSQL's `DETAIL: Key (personnummer)=(…)`, the value of a DataError, the texts of a ValidationError and the key of
a KeyError are somebody's data. A name cannot be told from another word afterwards (grund.insyn.skrubba), so what
stands in quotes or in parentheses is left out here, but for names of our own code and tables.
"""

import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

from grund.insyn.skrubba import skrubbad_text

VARDE = "‹värde›"
LANGST = 300
_FLEST_RAMAR, _FLEST_LED = 40, 6
# Refusals and forms speak to a person of a person's data.
_UTAN_TEXT = {"ValidationError", "EjRegistrerad", "Hindrad", "UnicodeDecodeError", "UnicodeEncodeError"}
_NAMN_FORE = (
    "constraint|relation|column|table|type|function|index|schema|trigger|role|database|attribute|argument|module|name"
    "|class|field|keyword|named|operator|object|user"
)
_CITAT = re.compile(r"\"[^\"]*\"|'[^']*'|”[^”]*”|“[^”]*”|‘[^’]*’|`[^`]*`")
_PARENTES = re.compile(r"\([^()]*\)")
_VART_NAMN = re.compile(rf"(?i)\b(?:{_NAMN_FORE})\s$")
_IDENTIFIERARE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,79}")


def klass(fel: BaseException) -> str:
    """The exception's class, with its module when it is not a built-in."""
    typ = type(fel)
    return typ.__name__ if typ.__module__ == "builtins" else f"{typ.__module__}.{typ.__name__}"


def mening(fel: BaseException) -> str:
    """What may be said of `fel`, on a line: its message without values. Empty when nothing may."""
    if _UTAN_TEXT & {typ.__name__ for typ in type(fel).__mro__}:
        return ""
    diag = _diagnos(fel)
    text = diag or _forsta_raden(fel)
    return skrubbad_text(_utan_varden(text))[:LANGST]


def _diagnos(fel: BaseException) -> str:
    """PostgreSQL's own sentence and code, when it is the database that refuses."""
    diag = getattr(fel, "diag", None) or getattr(fel.__cause__, "diag", None)
    if diag is None or not diag.message_primary:
        return ""
    villkor = f" constraint {diag.constraint_name}" if diag.constraint_name else ""
    return f"{diag.sqlstate}: {diag.message_primary}{villkor}"


def _forsta_raden(fel: BaseException) -> str:
    if isinstance(fel, KeyError):
        return VARDE
    try:
        return next(iter(str(fel).splitlines()), "")
    except Exception:  # noqa: BLE001  an exception that cannot say itself must not stop the line about it
        return ""


def _utan_varden(text: str) -> str:
    def citat(traff: re.Match[str]) -> str:
        innehall = traff[0][1:-1]
        vart = _VART_NAMN.search(text[: traff.start()]) or text[traff.end() :].startswith(" object")
        return traff[0] if vart and _IDENTIFIERARE.fullmatch(innehall) else f"{traff[0][0]}{VARDE}{traff[0][-1]}"

    return _PARENTES.sub(f"({VARDE})", _CITAT.sub(citat, text))


def spar(fel: BaseException) -> str:
    """The traceback: files, lines and functions of `fel` and of what caused it, each with its class and `mening`."""
    led: list[str] = []
    ett: BaseException | None = fel
    while ett is not None and len(led) < _FLEST_LED:
        rubrik = f"{klass(ett)}: {sagt}" if (sagt := mening(ett)) else klass(ett)
        led.append("\n".join([*_ramar(ett.__traceback__), rubrik]))
        ett = ett.__cause__ or (None if ett.__suppress_context__ else ett.__context__)
    return "\n-- orsakat av --\n".join(led)


def _ramar(trace: TracebackType | None) -> list[str]:
    """Without the lines of code: a literal in one may be a value in a test's, and the line number finds it."""
    ramar = traceback.extract_tb(trace, limit=-_FLEST_RAMAR) if trace else []
    return [f"  {ram.filename}:{ram.lineno} i {ram.name}" for ram in ramar]


def rensad_exc_info(_: Any, __: str, rad: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: `exc_info` becomes the text of `spar`."""
    fel = rad.pop("exc_info", None)
    if fel is True:
        fel = sys.exc_info()
    if isinstance(fel, tuple):
        fel = fel[1]
    if isinstance(fel, BaseException):
        rad["exception"] = spar(fel)
    rad.pop("stack_info", None)
    return rad
