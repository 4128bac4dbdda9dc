"""The answer of Kolada's API as rows of text, as a CSV would have them. Each fault is told with its place."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from grund.datapaket.csvlasning import Klaga, Rad, csvrader
from grund.giltighet import DECIMALER

RUBRIKER = ["kpi", "kommun", "ar", "kon", "varde", "status"]
_HALVT = re.compile("[\ud800-\udfff]")
_STEG = Decimal(1).scaleb(-DECIMALER)


def rader(strom: BinaryIO, klaga: Klaga) -> Iterator[Rad]:
    """CSV, or JSON of /data (v3, and v2's likeness). In JSON the line is the value's number, after the header's 1."""
    innehall = strom.read()
    strom.seek(0)
    if innehall.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        yield from _kvinnor(csvrader(strom, klaga), klaga)
        return
    try:
        svar = json.loads(innehall.decode("utf-8-sig"), parse_float=_decimal)
    except (ValueError, RecursionError) as fel:
        klaga(
            getattr(fel, "lineno", 1), "", "Filen är inte JSON i UTF-8. Spara svaret från Kolada utan att ändra i det."
        )
        return
    yield 1, RUBRIKER
    yield from _kvinnor(_rader(svar if isinstance(svar, list) else [svar], klaga), klaga)


def _kvinnor(poster: Iterator[Rad], klaga: Klaga) -> Iterator[Rad]:
    """F of the older API is women where men are M. Beside K nobody can tell what it is, and it is not guessed."""
    alla = list(poster)
    kon = {ett for _, falt in alla for ett in falt if ett in ("K", "M", "F")}
    if "F" in kon and ("K" in kon or "M" not in kon):
        forsta = next(rad for rad, falt in alla if "F" in falt)
        klaga(forsta, "F", "Det går inte att veta om F är kvinnor. Skriv K för kvinnor och M för män i hela filen.")
    for rad, falt in alla:
        yield rad, ["K" if ett == "F" and "F" in kon and "K" not in kon else ett for ett in falt]


def _rader(sidor: list[Any], klaga: Klaga) -> Iterator[Rad]:
    nummer = 1
    for plats, sida in enumerate(sidor, 1):
        if not isinstance(sida, dict) or not isinstance(sida.get("values"), list):
            klaga(nummer, "", f"Svar {plats} har ingen lista ”values”. Det är inte ett svar från Koladas /data.")
            return
        if plats == len(sidor) and (sida.get("next_page") or sida.get("next_url")):
            klaga(nummer, "", "Svaret har fler sidor. Hämta alla, och lägg dem i en lista i samma fil.")
            return
        for grupp in sida["values"]:
            if not isinstance(grupp, dict) or not isinstance(grupp.get("values"), list):
                klaga(nummer + 1, "", "Posten har ingen lista ”values” med ett värde för varje kön.")
                return
            for varde in grupp["values"]:
                nummer += 1
                yield nummer, _hela(nummer, _falt(grupp, varde if isinstance(varde, dict) else {}), klaga)


def _hela(nummer: int, falt: list[str], klaga: Klaga) -> list[str]:
    """JSON can write half of a character (`\\ud800`), which no text can hold."""
    if any(map(_HALVT.search, falt)):
        klaga(nummer, "", "Värdet har ett tecken som är trasigt. Hämta svaret från Kolada på nytt.")
    return [_HALVT.sub("\N{REPLACEMENT CHARACTER}", ett) for ett in falt]


def _decimal(text: str) -> Decimal | str:
    """Exact. What is beyond all numbers stays text, and is told of as no number."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _falt(grupp: dict[str, Any], varde: dict[str, Any]) -> list[str]:
    delar = (grupp.get("kpi"), grupp.get("municipality"), grupp.get("period"), varde.get("gender"))
    return [*map(_text, delar), _tal(varde.get("value")), _text(varde.get("status"))]


def _text(varde: object) -> str:
    return "" if varde is None else str(varde)


def _tal(varde: object) -> str:
    """Exactly as it was given, but for digits beyond those that are kept, which come of how computers hold numbers."""
    if varde is None:
        return ""
    if isinstance(varde, bool) or not isinstance(varde, int | Decimal):
        return str(varde)  # is told of as no number
    tal = Decimal(varde)
    if not tal.is_finite() or abs(tal) >= Decimal(10) ** DECIMALER:
        return str(varde)
    return f"{tal.quantize(_STEG).normalize():f}"
