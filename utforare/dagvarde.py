"""What a cell of the närvaro grid holds, as a value and as the short text that forms and scripts carry. Pure."""

from dataclasses import dataclass
from typing import Self

from utforare import orsaker
from utforare.regler import Narvarokod

TECKEN = {"heltid": "H", "halvtid": "½"}
ORD = {"heltid": "heldag", "halvtid": "halvdag"}
_DELAR = 4
_SIFFROR = 4  # of the minutes of a day


@dataclass(frozen=True, slots=True)
class Dagvarde:
    """A day's registration. An empty omfattning means the ordered one (R11)."""

    kod: str
    omfattning: str = ""
    minuter: int | None = None
    orsak: str = ""

    @classmethod
    def las(cls, text: str) -> Self | None:
        """From `N`, `N|halvtid`, `N||300` or `F|||sjuk`; None from an empty text. ValueError for anything else."""
        if not text:
            return None
        delar = text.split("|")
        if delar[0] not in Narvarokod.values or len(delar) > _DELAR:
            msg = f"”{text}” är inget som kan registreras för en dag."
            raise ValueError(msg)
        kod, omfattning, minuter, orsak = delar + [""] * (_DELAR - len(delar))
        if minuter and not (minuter.isdecimal() and len(minuter) <= _SIFFROR):
            msg = f"”{minuter}” är inget antal minuter."
            raise ValueError(msg)
        return cls(kod, omfattning, int(minuter) if minuter else None, orsak)

    @property
    def text(self) -> str:
        """What `las` reads."""
        minuter = "" if self.minuter is None else str(self.minuter)
        return "|".join((self.kod, self.omfattning, minuter, self.orsak)).rstrip("|")

    @property
    def ar_franvaro(self) -> bool:
        return self.kod == Narvarokod.FRANVARO


def text(varde: Dagvarde | None) -> str:
    """The text of a cell that may be empty."""
    return varde.text if varde else ""


def tecken(varde: Dagvarde | None, bestalld: str) -> str:
    """What the cell shows: `H`, `½`, `Fs`, minutes, or the first letters of another degree. `bestalld`: the order's."""
    if varde is None:
        return ""
    if varde.ar_franvaro:
        return f"F{orsaker.bokstav(varde.orsak)}"
    if varde.minuter is not None and not varde.omfattning:
        return str(varde.minuter)
    return omfattningstecken(varde.omfattning or bestalld)


def omfattningstecken(omfattning: str) -> str:
    """`H` for heltid (also when nothing is ordered), `½` for halvtid, else the first two letters."""
    return TECKEN.get(omfattning, omfattning[:2].capitalize() if omfattning else "H")


def slag(varde: Dagvarde | None, bestalld: str) -> str:
    """How the cell is coloured and counted: `hel`, `del`, `fran` or empty."""
    if varde is None:
        return ""
    if varde.ar_franvaro:
        return "fran"
    return "hel" if (varde.omfattning or bestalld or "heltid") == "heltid" else "del"


def i_ord(varde: Dagvarde | None, bestalld: str = "") -> str:
    """`heldag`, `halvdag`, `frånvaro (sjuk)`, `300 minuter`, `inget registrerat`."""
    if varde is None:
        return "inget registrerat"
    if varde.ar_franvaro:
        return f"frånvaro ({orsaker.namn(varde.orsak)})" if varde.orsak else "frånvaro utan orsak"
    if varde.minuter is not None:
        return f"närvaro, {varde.minuter} minuter"
    omfattning = varde.omfattning or bestalld
    return ORD.get(omfattning, f"närvaro, {omfattning}" if omfattning else "närvaro")
