"""Which characters a document can show: what is refused where somebody writes, and what becomes of the rest. Pure.

A character that the typeface lacks would be set in another one that happens to be installed, or as an empty square.
One that does not show may turn the text around it, or stand in a name that cannot be found by searching for it.
"""

import unicodedata
from collections.abc import Container, Iterator

from grund.text import och

SAKNAS = "\N{WHITE SQUARE}"
_RADBRYTNING = frozenset("\r\n")
_I_MARKNING = _RADBRYTNING | frozenset("\t\N{SOFT HYPHEN}")
_VISAS_HOGST = 5
_LANGST_FORE = 20


def hinder_for_skrift(text: str, typsnitt: Container[int], *, rader: bool = False) -> list[str]:
    """Why `text` cannot stand in a document set in `typsnitt` (its code points). With `rader` it may have lines."""
    tillatna = _RADBRYTNING if rader else frozenset()
    osynliga = [plats for plats, tecken in enumerate(text) if _syns_inte(tecken) and tecken not in tillatna]
    saknas = list(dict.fromkeys(tecken for tecken in text if not _syns_inte(tecken) and ord(tecken) not in typsnitt))
    return [*_om_osynliga(text, osynliga), *_om_saknade(saknas)]


def for_dokument(html: str, typsnitt: Container[int]) -> str:
    """`html` as it can be set: what does not show is left out, and what `typsnitt` lacks is seen to be missing."""
    andras = {tecken for tecken in set(html) - _I_MARKNING if _syns_inte(tecken) or ord(tecken) not in typsnitt}
    return html.translate({ord(tecken): None if _syns_inte(tecken) else SAKNAS for tecken in andras})


def _syns_inte(tecken: str) -> bool:
    """Control characters, those that turn the direction of the text, private ones, and ends of lines."""
    return unicodedata.category(tecken)[0] == "C" or unicodedata.category(tecken) in {"Zl", "Zp"}


def _om_osynliga(text: str, platser: list[int]) -> Iterator[str]:
    if not platser:
        return
    fore = text[: platser[0]].rpartition("\n")[2].strip()[-_LANGST_FORE:]
    var = f"efter ”{fore}”" if fore else "i början"
    yield f"Texten har ett tecken som inte syns ({_kod(text[platser[0]])}) {var}. Skriv om den utan det."


def _om_saknade(saknas: list[str]) -> Iterator[str]:
    if not saknas:
        return
    visade = och([f"{tecken} ({_kod(tecken)})" for tecken in saknas[:_VISAS_HOGST]])
    fler = " med flera" if len(saknas) > _VISAS_HOGST else ""
    vilka = f"Tecknet {visade}" if len(saknas) == 1 else f"Tecknen {visade}{fler}"
    yield f"{vilka} finns inte i dokumentets typsnitt. Skriv {'det' if len(saknas) == 1 else 'dem'} på annat sätt."


def _kod(tecken: str) -> str:
    return f"U+{ord(tecken):04X}"
