"""Reads what somebody has sent, perhaps by hand: nothing in it is trusted to be what our pages would send."""

import json
from typing import Any

_STORST = 2**63 - 1  # the largest primary key that there can be


def pk_ur(text: str) -> int | None:
    """The primary key; None when there can be no such."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    return pk if (pk := int(text)) <= _STORST else None


def json_ur(text: str | bytes) -> Any:
    """What the JSON says. ValueError for what cannot be read, or not be stored: a NUL, half a character."""
    try:
        innehall = json.loads(text)
        skrivet = json.dumps(innehall, ensure_ascii=False)
    except RecursionError as fel:
        raise ValueError from fel
    skrivet.encode()  # a UnicodeEncodeError is a ValueError
    if r"\u0000" in skrivet:
        raise ValueError
    return innehall
