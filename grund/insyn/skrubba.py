"""The last step of every log line: personnummer in all spellings, and secrets, are masked. Pure.

This is the belt. The braces are that nobody sends them: see `grund.insyn.fel` for what is told of an exception.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

NUMMER, HEMLIGT = "‹nummer›", "‹hemligt›"
_DJUP = 12  # a log line that is nested deeper is cut there: it may hold itself

# Between the parts of a number: a space of any kind, a hyphen or dash of any kind, a plus (over a hundred years old),
# also as an address spells them.
_MELLAN = r"(?:[\s\u00a0\u2000-\u200b\u202f+\-\u2010-\u2015\u2212_./]|%20|%2B|%2D|%E2%80%9[0-5])"
# Century, year, month, day, and four of which a reservnummer has letters: T123, TF12. Not the check digit: a mistyped
# number is as personal as a right one.
_ETT_NUMMER = re.compile(
    rf"(?<!\d)(?:(?:18|19|20){_MELLAN}{{0,2}})?\d\d{_MELLAN}?(?P<manad>\d\d){_MELLAN}?(?P<dag>\d\d)"
    rf"{_MELLAN}{{0,3}}(?:\d{{4}}(?!\d)|[A-Z]\d{{3}}(?!\d)|[A-Z]{{2}}\d{{2}}(?!\d)|\d[A-Z]\d{{2}}(?!\d))",
    re.IGNORECASE,
)
_HEMLIG_NYCKEL = re.compile(
    r"passw|losen|lösen|secret|hemlig|token|csrf|sessionid|session_key|cookie|authorization|api_?key|private_?key"
    r"|database_url|redis_url|broker_url|mottagarkod|otp|reservkod",
    re.IGNORECASE,
)
_I_TEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\w[\w+.-]*://)[^\s/@'\"]+@"), rf"\1{HEMLIGT}@"),  # redis://:password@host
    (re.compile(r"(?i)\b(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{6,}"), rf"\1 {HEMLIGT}"),
    (re.compile(r"(?i)\b((?:set-)?cookie|authorization)\s*[:=][^\n]+"), rf"\1: {HEMLIGT}"),
    (
        re.compile(
            r"(?i)([\w-]*(?:passw|losen|lösen|secret|hemlig|token|csrf|session(?:id|_key)|api_?key)[\w-]*[\"']?\s*[:=]\s*)"
            r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s&;,'\")}\]]+)"
        ),
        rf"\1{HEMLIGT}",
    ),
)


def _mojligt(manad: int, dag: int) -> bool:
    """Whether it may be a date of birth: in a samordningsnummer the day has 60 added, in some reservnummer the month
    has 20."""
    return (1 <= manad <= 12 or 21 <= manad <= 32) and (1 <= dag <= 31 or 61 <= dag <= 91)


def _maska(traff: re.Match[str]) -> str:
    return NUMMER if _mojligt(int(traff["manad"]), int(traff["dag"])) else traff[0]


def utan_nummer(text: str) -> str:
    """`text` without personnummer, samordningsnummer and reservnummer."""
    return _ETT_NUMMER.sub(_maska, text) if any(tecken.isdigit() for tecken in text) else text


def skrubbad_text(text: str, hemligheter: Iterable[str] = ()) -> str:
    """`text` without numbers of persons and without secrets: those known (`hemligheter`), and what is named as one."""
    for hemlighet in hemligheter:
        text = text.replace(hemlighet, HEMLIGT)
    for monster, ersattning in _I_TEXT:
        text = monster.sub(ersattning, text)
    return utan_nummer(text)


def skrubba(varde: Any, hemligheter: Iterable[str] = (), djup: int = 0) -> Any:
    """A log value, however nested, without numbers of persons and without secrets. Keys are scrubbed too."""
    if varde is None or isinstance(varde, bool | float):
        return varde
    if isinstance(varde, int):
        return varde if utan_nummer(str(varde)) == str(varde) else NUMMER
    if djup > _DJUP:
        return "…"
    if isinstance(varde, Mapping):
        return {
            skrubbad_text(str(nyckel), hemligheter): HEMLIGT
            if _HEMLIG_NYCKEL.search(str(nyckel)) and ett not in (None, "")
            else skrubba(ett, hemligheter, djup + 1)
            for nyckel, ett in varde.items()
        }
    if isinstance(varde, list | tuple | set | frozenset):
        return [skrubba(ett, hemligheter, djup + 1) for ett in varde]
    return skrubbad_text(varde if isinstance(varde, str) else str(varde), hemligheter)
