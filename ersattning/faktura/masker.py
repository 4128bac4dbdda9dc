"""Personnummer and names in an invoice's texts: found, and taken out before anything is stored.

A number is taken for a personnummer when its date is in the calendar (the day, or the day + 60 of a samordningsnummer)
and its last digit is right; a reservnummer by its form. Better one number too many than a person disclosed: with ten
digits any century will do.
"""

import re
from collections.abc import Collection
from datetime import date

from stdnum import luhn

ISTALLET, NAMNET = "[personnummer]", "[namn]"
_TOLV_ELLER_TIO = re.compile(r"(?<![0-9])((?:19|20)?[0-9]{6})[ ]?[-+–]?[ ]?([0-9]{4})(?![0-9])")
_RESERV = re.compile(r"(?<![0-9])[0-9]{8}-T(?:[0-9]{3}|F[0-9]{2})(?![0-9])", re.IGNORECASE)


def maskerad(text: str, namn: re.Pattern[str] | None = None) -> tuple[str, int]:
    """`text` without personnummer and without what `namnmonster` finds, and how many were taken out."""
    text, reserv = _RESERV.subn(ISTALLET, text)
    antal = reserv

    def byt(traff: re.Match[str]) -> str:
        nonlocal antal
        if not _ar_personnummer(traff[1], traff[2]):
            return traff[0]
        antal += 1
        return ISTALLET

    text = _TOLV_ELLER_TIO.sub(byt, text)
    if namn:
        text, namnen = namn.subn(NAMNET, text)
        antal += namnen
    return text, antal


def ser_ut_som_personnummer(text: str) -> bool:
    """Whether there is one in `text`."""
    return maskerad(text)[1] > 0


def _ar_personnummer(fodd: str, sista: str) -> bool:
    if not luhn.is_valid(fodd[-6:] + sista):
        return False
    ar, manad, dag = fodd[-6:-4], int(fodd[-4:-2]), int(fodd[-2:])
    sekel = [fodd[:2]] if len(fodd) == 8 else ["19", "20"]
    return any(_finns(int(ett + ar), manad, dag - 60 if dag > 60 else dag) for ett in sekel)


def _finns(ar: int, manad: int, dag: int) -> bool:
    try:
        date(ar, manad, dag)
    except ValueError:
        return False
    return True


def namnmonster(namn: Collection[str]) -> re.Pattern[str] | None:
    """Finds these persons' whole names, the longest first; one word alone would be found in too much."""
    hela = sorted({" ".join(ett.split()) for ett in namn if " " in ett.strip()}, key=lambda ett: (-len(ett), ett))
    if not hela:
        return None
    delar = (r"\s+".join(re.escape(ord_) for ord_ in ett.split()) for ett in hela)
    return re.compile(rf"(?<!\w)(?:{'|'.join(delar)})(?!\w)", re.IGNORECASE)
