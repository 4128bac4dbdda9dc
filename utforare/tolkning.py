"""What somebody types in a cell, read. Pure."""

import re

from utforare.dagvarde import TECKEN, Dagvarde
from utforare.orsaker import ORSAKER, ORSAKER_BOENDE
from utforare.regler import Narvarokod

_TID = re.compile(r"(\d{1,2})[.:](\d{2})")
_OMFATTNING = {tecken.casefold(): namn for namn, tecken in TECKEN.items()}
_ORSAK = {ett.bokstav: ett.kod for ett in (*ORSAKER_BOENDE, *ORSAKER)}
_DYGN = 1440
_SKRIV = "Skriv minuter (360), tid (6.00), H för heldag, ½ för halvdag eller F och orsakens bokstav (Fs)."


def tolka(text: str) -> Dagvarde | None:
    """`360`, `6.00`, `H`, `½`, `Fs`, or the spelling that forms carry. ValueError with a Swedish sentence."""
    text = text.strip()
    if "|" in text or text in ("", *Narvarokod.values):
        return Dagvarde.las(text)
    if text.isdecimal() or _TID.fullmatch(text):
        return Dagvarde(Narvarokod.NARVARO, minuter=_minuter(text))
    litet = text.casefold()
    if litet in _OMFATTNING:
        omfattning = _OMFATTNING[litet]
        return Dagvarde(Narvarokod.NARVARO, "" if omfattning == "heltid" else omfattning)
    if litet[0] == "f" and litet[1:] in _ORSAK:
        return Dagvarde(Narvarokod.FRANVARO, orsak=_ORSAK[litet[1:]])
    msg = f"”{text}” går inte att läsa. {_SKRIV}"
    raise ValueError(msg)


def _minuter(text: str) -> int:
    tid = _TID.fullmatch(text)
    minuter = int(tid[1]) * 60 + int(tid[2]) if tid else int(text[:5])  # five figures are too many already
    if not 1 <= minuter <= _DYGN:
        msg = "En närvarodag har 1–1 440 minuter."
        raise ValueError(msg)
    return minuter
