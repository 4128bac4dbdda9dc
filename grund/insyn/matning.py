"""What a request or a task asks the database: how many times, how long, and which questions were slow.

Kept in the process and stored now and then in one statement, outside every transaction of the work itself.
"""

import hashlib
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grund.insyn.skrubba import skrubbad_text

LANGSTA_SQL = 2000
FLEST_I_MINNET = 200  # between two storings; more than so many kinds of slow things are not told apart
_LITERAL = re.compile(r"'(?:[^']|'')*'|\$\w*\$.*?\$\w*\$|\b\d+(?:\.\d+)?\b", re.DOTALL)
_VARDE = re.compile(r"%s|%\(\w+\)s")
_LISTA = re.compile(r"\((?=[, ]*\?)[?, ]+\)")
_RADER = re.compile(r"(\(…\))(?: ?, ?\(…\))+")
_RYMD = re.compile(r"\s+")


def normaliserad(sql: str) -> str:
    """The question without what it was about: values become `?`, lists of them `(…)`, so that equal ones are one."""
    text = _RYMD.sub(" ", _LITERAL.sub("?", sql)).strip()
    return skrubbad_text(_RADER.sub(r"\1", _LISTA.sub("(…)", _VARDE.sub("?", text))))[:LANGSTA_SQL]


@dataclass(slots=True)
class Matning:
    """Of one request or task. Is itself an `execute_wrapper`."""

    grans: float
    antal: int = 0
    sekunder: float = 0.0
    langsamma: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        borjan = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            tog = time.perf_counter() - borjan
            self.antal += 1
            self.sekunder += tog
            if self.grans and tog >= self.grans and len(self.langsamma) < 50:
                self.langsamma.append((sql if isinstance(sql, str) else str(sql), tog))


@dataclass(slots=True)
class Samlat:
    """Of one kind of slow thing since it was last stored."""

    antal: int = 0
    varsta: float = 0.0
    totalt: float = 0.0

    def lagg_till(self, sekunder: float) -> None:
        self.antal += 1
        self.totalt += sekunder
        self.varsta = max(self.varsta, sekunder)


Nyckel = tuple[str, str, str]  # slag, plats, text


class Samlare:
    """What has been slow in this process and is not stored yet."""

    def __init__(self) -> None:
        self._las = threading.Lock()
        self._samlat: dict[Nyckel, Samlat] = {}
        self._tomd = time.monotonic()

    def lagg_till(self, slag: str, plats: str, text: str, sekunder: float) -> None:
        with self._las:
            nyckel = (slag, plats, text)
            if nyckel in self._samlat or len(self._samlat) < FLEST_I_MINNET:
                self._samlat.setdefault(nyckel, Samlat()).lagg_till(sekunder)

    def tom(self, *, efter: float) -> dict[Nyckel, Samlat]:
        """Take what there is, if something is and it is `efter` seconds since somebody did."""
        with self._las:
            if not self._samlat or time.monotonic() - self._tomd < efter:
                return {}
            samlat, self._samlat, self._tomd = self._samlat, {}, time.monotonic()
            return samlat


samlare = Samlare()


def avtryck(nyckel: Nyckel) -> str:
    """What makes two slow things the same."""
    return hashlib.sha256("\0".join(nyckel).encode()).hexdigest()
