"""The terms of a contract as numbers, from the spelling that they are kept in (utforare.trappor checks it)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Trappsteg:
    """From the `fran`-th to the `till`-th day of absence (None = on and on) the share `andel` is paid, 1 = all."""

    fran: int
    till: int | None
    andel: Decimal


def trappsteg(text: str) -> tuple[Trappsteg, ...]:
    """The steps of `1-14:100,15-30:50`; none for an empty text (absence pays 0)."""
    svar = []
    for steg in filter(None, text.split(",")):
        dagar, procent = steg.split(":")
        forsta, sista = dagar.split("-")
        svar.append(Trappsteg(int(forsta), int(sista) if sista else None, (Decimal(procent) / 100).normalize()))
    return tuple(svar)


def omfattningsgranser(text: str) -> tuple[tuple[int, str], ...]:
    """`0:deltid,360:heltid` as (from minutes, omfattning), rising."""
    delade = (grans.split(":", 1) for grans in filter(None, text.split(",")))
    return tuple((int(minuter), omfattning) for minuter, omfattning in delade)
