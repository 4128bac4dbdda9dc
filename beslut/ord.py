"""How persons, insatser and levels are written where others read them: never a name, never a personnummer."""

from beslut.regler import Insats
from grund.text import stor_forsta

SKYDDAD = "Skyddade uppgifter"


def personvisning(fornamn: str, efternamn: str, personnummer: str, *, skyddad: bool) -> str:
    """Initials and birth year, or that the details are protected."""
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
