"""Personnummer in what somebody has written: found, and taken out. Pure but for the validator of forms.

A number is taken for a personnummer when its date is in the calendar (the day, or the day + 60 of a samordningsnummer)
and its last digit is right; a reservnummer by its form. Better one number too many than a person disclosed: with ten
digits any century will do, and so will any sign between its parts, spaced digits, and digits of other scripts.
"""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from stdnum import luhn

ISTALLET = "[personnummer]"
_STRECK = "\\-+\u2010-\u2015\u2212\uff0d"
_MELLAN = rf"[\s{_STRECK}./,_:]{{0,3}}"
_SEKEL, _SISTA = r"(?<!\d)(?:18|19|20)?", r"\d{2} ?\d{2}"
_NUMMER = re.compile(
    rf"{_SEKEL}\d{{6}}{_MELLAN}{_SISTA}(?!\d)"
    # a date with separators is often the first of two: then two digits more follow the four
    rf"|{_SEKEL}\d{{2}}[{_STRECK}./ ]\d{{2}}[{_STRECK}./ ]\d{{2}}{_MELLAN}{_SISTA}(?![{_STRECK}./]?\d{{2}}(?!\d)|\d)"
    r"|(?<!\d)(?<!\d )\d(?: \d){9}(?: \d \d)?(?! ?\d)"
)
_RESERV = re.compile(rf"(?<!\d)\d{{8}}\s?[{_STRECK}]?\s?T(?:\d{{3}}|F\d{{2}})(?!\d)", re.IGNORECASE)


def utan_personnummer(text: str) -> None:
    """A validator: what is written is read by others, exported and repeated by events, and bears no personnummer."""
    if ser_ut_som_personnummer(text):
        raise ValidationError("Texten har ett personnummer. Ta bort det.")


def ser_ut_som_personnummer(text: str) -> bool:
    """Whether there is one in `text`."""
    return utan_nummer(text)[1] > 0


def utan_nummer(text: str) -> tuple[str, int]:
    """`text` without personnummer, and how many were taken out."""
    text, antal = _RESERV.subn(ISTALLET, synlig(text))

    def byt(traff: re.Match[str]) -> str:
        nonlocal antal
        if not _ar_personnummer(_siffror(traff[0])):
            return traff[0]
        antal += 1
        return ISTALLET

    text = _NUMMER.sub(byt, text)
    return text, antal


def synlig(text: str) -> str:
    """`text` without signs that do not show, and with å, ä and ö as one sign each."""
    return "".join(ett for ett in unicodedata.normalize("NFC", text) if unicodedata.category(ett) != "Cf")


def _siffror(text: str) -> str:
    """The digits of `text`, as 0–9."""
    return "".join(str(unicodedata.decimal(ett)) for ett in text if ett.isdecimal())


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
