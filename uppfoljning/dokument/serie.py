"""Frozen content as text and back, exactly: what a document keeps must read as what was stored. Pure.

The text is canonical JSON, so that the same content has the same SHA-256. What JSON has no word for is tagged; what is
unknown, missing or too much is refused, as a figure that is half understood is worse than none.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, TypeVar

from grund.arbetsbok import Kolumn, Slag
from uppfoljning.dokument.innehall import Infogat, Innehall, Mall, Rubrik, Underlag
from uppfoljning.dokument.koder import Rubrikslag
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Rapport, Serie, Tabell

T = TypeVar("T")

_KLASSER: dict[str, type[Any]] = {
    ett.__name__: ett
    for ett in (
        Bild, Del, Infogat, Innehall, Kolumn, Mall, Nyckeltal, Rad, Rapport, Rubrik, Serie, Tabell, Underlag,
    )
}  # fmt: skip


def skriv(varde: object) -> str:
    """`varde` as canonical text. TypeError: it holds something that would not be read back as it is."""
    return json.dumps(_ut(varde), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def las(text: str, typ: type[T]) -> T:
    """What was written. ValueError: it is not what `skriv` gives for a `typ`."""
    try:
        varde = _in(json.loads(text))
    except (KeyError, TypeError, InvalidOperation) as fel:
        raise ValueError(str(fel)) from fel
    if not isinstance(varde, typ) or skriv(varde) != text:
        msg = f"Texten är inte en {typ.__name__} som den skrevs."
        raise ValueError(msg)
    return varde


def avtryck(text: str) -> str:
    """Its SHA-256."""
    return sha256(text.encode()).hexdigest()


def _ut(varde: object) -> object:
    if isinstance(varde, tuple):
        return [_ut(ett) for ett in varde]
    if is_dataclass(varde) and type(varde).__name__ in _KLASSER:
        return {"": type(varde).__name__} | {falt.name: _ut(getattr(varde, falt.name)) for falt in fields(varde)}
    for klass, (tagg, gor) in _UT.items():
        if isinstance(varde, klass) and not isinstance(varde, datetime):
            return {tagg: gor(varde)}
    if varde is None or type(varde) in {bool, int, str}:
        return varde
    msg = f"{type(varde).__name__} går inte att spara."
    raise TypeError(msg)


def _in(varde: Any) -> Any:
    if isinstance(varde, list):
        return tuple(_in(ett) for ett in varde)
    if not isinstance(varde, dict):
        return varde
    if "" in varde:
        klass = _KLASSER[varde[""]]
        return klass(**{namn: _in(ett) for namn, ett in varde.items() if namn})
    ((sort, ett),) = varde.items()
    return _TAGGAR[sort](ett)


_UT: dict[type[Any], tuple[str, Callable[[Any], object]]] = {
    Decimal: ("tal", str),
    date: ("dag", date.isoformat),
    Slag: ("slag", lambda slag: slag.name),
    Rubrikslag: ("rubrikslag", lambda slag: slag.value),
    frozenset: ("mangd", sorted),
}
_TAGGAR: dict[str, Callable[[Any], object]] = {
    "tal": Decimal,
    "dag": date.fromisoformat,
    "slag": lambda namn: Slag[namn],
    "rubrikslag": Rubrikslag,
    "mangd": frozenset,
}
