"""How persons, insatser and levels are written where others read them: never a name, never a personnummer."""

from decimal import Decimal

from beslut.personnummer import GALLRAT_NUMMER
from beslut.regler import Insats, Omfattningsenhet
from grund.text import antal_ord, stor_forsta

SKYDDAD = "Skyddade uppgifter"
GALLRAD = "Gallrad person"


def personvisning(fornamn: str, efternamn: str, personnummer: str, *, skyddad: bool) -> str:
    """Initials and birth year, or that the details are protected, or that the person's akt is removed."""
    if personnummer == GALLRAT_NUMMER:
        return GALLRAD
    if skyddad:
        return SKYDDAD
    return f"{fornamn[:1]}{efternamn[:1]} {personnummer[:4]}".upper().strip()


def niva_i_ord(niva: str) -> str:
    """`nivå 3`; a level that is a word stands for itself."""
    return f"nivå {niva}" if niva.isdigit() else niva


def insats_i_ord(insats: str) -> str:
    """`Daglig verksamhet (LSS)`: two laws can have an insats of the same name."""
    kod = Insats(insats)
    return f"{stor_forsta(kod.label)} ({kod.lag})"


_EN = {"timmar": "timme", "dagar": "dag"}


def mangd_i_ord(antal: Decimal | int, enhet: str) -> str:
    """How much is decided or ordered: `10 timmar per vecka`, `1 timme per vecka`."""
    flera, _, per = Omfattningsenhet(enhet).label.partition(" ")
    return f"{antal_ord(antal, _EN.get(flera, flera), flera, 4)} {per}"


def insats_i_mening(insats: str) -> str:
    """The same inside a sentence: `daglig verksamhet (LSS)`."""
    text = insats_i_ord(insats)
    return text[:1].lower() + text[1:]
