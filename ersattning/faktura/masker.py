"""Personnummer and names in an invoice's texts: found, and taken out before anything is stored.

A number is taken for a personnummer when its date is in the calendar (the day, or the day + 60 of a samordningsnummer)
and its last digit is right; a reservnummer by its form. Better one number too many than a person disclosed: with ten
digits any century will do, and so will any sign between its parts, spaced digits, and digits of other scripts.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from stdnum import luhn

ISTALLET, NAMNET = "[personnummer]", "[namn]"
_STRECK = "\\-+\u2010-\u2015\u2212\uff0d"
_MELLAN = rf"[\s{_STRECK}./,_:]{{0,3}}"
_SEKEL, _SISTA = r"(?<!\d)(?:18|19|20)?", r"\d{2} ?\d{2}"
_NUMMER = re.compile(
    rf"{_SEKEL}\d{{6}}{_MELLAN}{_SISTA}(?!\d)"
    # a date with separators is often the first of two: then two digits more follow the four
    rf"|{_SEKEL}\d{{2}}[{_STRECK}./ ]\d{{2}}[{_STRECK}./ ]\d{{2}}{_MELLAN}{_SISTA}(?![{_STRECK}./]?\d{{2}}(?!\d)|\d)"
    r"|(?<!\d)(?<!\d )\d(?: \d){9}(?: \d \d)?(?! ?\d)"
)
_ETT_ORD = re.compile(r"[^\W_]+")
_ORDMELLAN = r"[\s_.,-]+"  # between the words of a name, in a text or in the name of a file
_RESERV = re.compile(rf"(?<!\d)\d{{8}}\s?[{_STRECK}]?\s?T(?:\d{{3}}|F\d{{2}})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Namnmonster:
    """Finds names. `ord`: a word of each surname; a text with none of them is not tried, and most texts are such."""

    monster: re.Pattern[str]
    ord: frozenset[str]

    def subn(self, istallet: str, text: str) -> tuple[str, int]:
        """The text with every name exchanged, and how many they were."""
        ord_ = {ett.casefold() for ett in _ETT_ORD.findall(text)}
        if self.ord.isdisjoint(ord_ | {ett.removesuffix("s") for ett in ord_}):
            return text, 0
        return self.monster.subn(istallet, text)


def maskerad(text: str, namn: Namnmonster | None = None) -> tuple[str, int]:
    """`text` without personnummer and without what `namnmonster` finds, and how many were taken out."""
    text, antal = _RESERV.subn(ISTALLET, synlig(text))

    def byt(traff: re.Match[str]) -> str:
        nonlocal antal
        if not _ar_personnummer(_siffror(traff[0])):
            return traff[0]
        antal += 1
        return ISTALLET

    text = _NUMMER.sub(byt, text)
    if namn:
        text, namnen = namn.subn(NAMNET, text)
        antal += namnen
    return text, antal


def synlig(text: str) -> str:
    """`text` without signs that do not show, and with å, ä and ö as one sign each."""
    return "".join(ett for ett in unicodedata.normalize("NFC", text) if unicodedata.category(ett) != "Cf")


def _siffror(text: str) -> str:
    """The digits of `text`, as 0–9."""
    return "".join(str(unicodedata.decimal(ett)) for ett in text if ett.isdecimal())


def ser_ut_som_personnummer(text: str) -> bool:
    """Whether there is one in `text`."""
    return maskerad(text)[1] > 0


def _ar_personnummer(siffror: str) -> bool:
    if not luhn.is_valid(siffror[-10:]):
        return False
    ar, manad, dag = siffror[-10:-8], int(siffror[-8:-6]), int(siffror[-6:-4])
    sekel = [siffror[:2]] if len(siffror) == 12 else ["19", "20"]
    return any(_finns(int(ett + ar), manad, dag - 60 if dag > 60 else dag) for ett in sekel)


def _finns(ar: int, manad: int, dag: int) -> bool:
    try:
        date(ar, manad, dag)
    except ValueError:
        return False
    return True


def namnmonster(namn: Collection[tuple[str, str]]) -> Namnmonster | None:
    """Finds these (given names, surname): as said, with the first given name alone, and the surname first.

    The longest first. One word alone would be found in too much.
    """
    hela = sorted({ett for par in namn for ett in _skrivsatt(*par)}, key=lambda ett: (-len(ett), ett))
    if not hela:
        return None
    monster = re.compile(rf"(?<![^\W_])(?:{'|'.join(hela)})s?(?![^\W_])", re.IGNORECASE)
    return Namnmonster(monster, frozenset(ett for _, efternamn in namn for ett in _sista_ordet(efternamn)))


def _sista_ordet(namn: str) -> list[str]:
    return [ett.casefold() for ett in _ETT_ORD.findall(unicodedata.normalize("NFC", namn))[-1:]]


def _skrivsatt(fornamn: str, efternamn: str) -> Collection[str]:
    """The ways in which a name is written, as patterns."""
    alla = _ord(fornamn)
    if not alla or not (sist := _ORDMELLAN.join(_ord(efternamn))):
        return set()
    forst = {_ORDMELLAN.join(ett) for ett in (alla, alla[:1])}
    return {par for ett in forst for par in (f"{ett}{_ORDMELLAN}{sist}", f"{sist}{_ORDMELLAN}{ett}")}


def _ord(namn: str) -> list[str]:
    return [re.escape(ett) for ett in unicodedata.normalize("NFC", namn).split()]
