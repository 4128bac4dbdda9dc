"""How codes and persons are written in the files."""

from beslut.regler import Insats
from ersattning.regler import Radenhet
from grund.text import stor_forsta

SKYDDAD = "Skyddade uppgifter"
_KORT = {
    Radenhet.DYGN: "dygn",
    Radenhet.DAG: "dgr",
    Radenhet.TIMME: "tim",
    Radenhet.MANAD: "mån",
    Radenhet.STYCK: "st",
}


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


def orgnr_i_ord(nummer: str) -> str:
    """`556677-8899`. A sole trader's number is a personnummer and is not shown (third digit 0 or 1: a month)."""
    return "enskild firma" if nummer[2] in "01" else f"{nummer[:6]}-{nummer[6:]}"


def enhet_kort(enhet: str) -> str:
    """The unit of an antal, as short as it stands beside a number."""
    return _KORT[Radenhet(enhet)]
