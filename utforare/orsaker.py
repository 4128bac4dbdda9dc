"""Why someone was absent: the codes that the pages offer. They are data; a stored code that is not here is shown as is.

The code is what narvaro.csv has in `orsak`. Nothing is paid by it (R10, R11 ask only whether the day has kod F).
"""

from typing import NamedTuple


class Orsak(NamedTuple):
    """`bokstav`: what one types in the grid, shown after F."""

    kod: str
    bokstav: str
    namn: str


ORSAKER = (
    Orsak("sjuk", "s", "sjuk"),
    Orsak("ledig", "l", "ledig"),
    Orsak("planeringsdag", "p", "planeringsdag"),
    Orsak("oanmald", "o", "uteblev, oanmäld"),
    Orsak("semester", "m", "semester"),
    Orsak("lakarbesok", "k", "läkarbesök"),
    Orsak("ovrigt", "v", "övrigt"),
)
ORSAKER_BOENDE = (
    Orsak("hemresa", "r", "hemresa"),
    Orsak("sjukhus", "s", "sjukhus"),
    Orsak("semester", "m", "semester"),
    Orsak("ovrigt", "v", "övrigt"),
)
AVBOKNINGSORSAKER = (
    ("sjuk", "sjuk"),
    ("annan_aktivitet", "annan aktivitet"),
    ("avbojde", "ville inte ha besöket"),
    ("ej_hemma", "var inte hemma"),
    ("oppnar_inte", "öppnade inte"),
    ("personalbrist", "personalbrist"),
    ("annat", "annat"),
)
_NAMN = {ett.kod: ett.namn for ett in (*ORSAKER_BOENDE, *ORSAKER)}
_BOKSTAV = {ett.kod: ett.bokstav for ett in (*ORSAKER_BOENDE, *ORSAKER)}


def namn(kod: str) -> str:
    """What a cause is called; a code that is not known stands for itself."""
    return _NAMN.get(kod, kod.replace("_", " "))


def bokstav(kod: str) -> str:
    """The letter after F; the first of a code that is not known."""
    return _BOKSTAV.get(kod, kod[:1])


def avbokningsnamn(kod: str) -> str:
    """Why a visit was not carried out; a code that is not known stands for itself."""
    return dict(AVBOKNINGSORSAKER).get(kod, kod.replace("_", " "))
