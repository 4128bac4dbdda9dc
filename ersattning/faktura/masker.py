"""Personnummer (grund.personnummer) and names in an invoice's texts: found, and taken out before anything is stored."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from grund.personnummer import utan_nummer

NAMNET = "[namn]"
_ETT_ORD = re.compile(r"[^\W_]+")
_ORDMELLAN = r"[\s_.,-]+"  # between the words of a name, in a text or in the name of a file


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
    text, antal = utan_nummer(text)
    if namn:
        text, namnen = namn.subn(NAMNET, text)
        antal += namnen
    return text, antal


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
