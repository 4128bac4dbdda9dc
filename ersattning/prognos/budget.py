"""A budget by month: as it is written, or a twelfth each, to the öre. And one that is pasted, read. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.prisinmatning import las_belopp
from grund.pengar import kronor

MANADER = 12
_ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Post:
    """An insats' budget of a year; `manader` empty = shared evenly."""

    insats: str
    belopp: Decimal
    manader: tuple[Decimal, ...] = ()


def per_manad(belopp: Decimal, manader: Sequence[Decimal]) -> list[Decimal]:
    """January to December. Shared evenly, what does not come out even lies in the first months, an öre each."""
    if manader:
        return list(manader)
    del_ = (belopp / MANADER).quantize(_ORE, ROUND_FLOOR)
    kvar = int((belopp - del_ * MANADER) / _ORE)
    return [del_ + (_ORE if nummer < kvar else 0) for nummer in range(MANADER)]


def las(text: str) -> tuple[list[Post], list[str]]:
    """Pasted lines, from a spreadsheet or typed: insats (code or name), kronor, and the twelve months if there are any.

    Gives the posts, and what is wrong, line by line.
    """
    poster: list[Post] = []
    fel: list[str] = []
    for nummer, rad in enumerate(text.splitlines(), 1):
        if rad.strip():
            try:
                post = _rad([cell.strip() for cell in rad.replace(";", "\t").split("\t")])
                if any(annan.insats == post.insats for annan in poster):
                    fel.append(f"Rad {nummer}: {insats_i_ord(post.insats)} står redan på en rad ovanför.")
                poster.append(post)
            except ValueError as ett:
                fel.append(f"Rad {nummer}: {ett}")
    return poster, fel


def _rad(celler: list[str]) -> Post:
    while celler and not celler[-1]:
        celler.pop()
    if len(celler) not in {2, 2 + MANADER}:
        msg = "skriv insats och belopp, och därefter ingen eller alla tolv månaderna, med tabb eller semikolon emellan."
        raise ValueError(msg)
    belopp, *manader = (_belopp(cell) for cell in celler[1:])
    if manader and sum(manader) != belopp:
        msg = f"månaderna är tillsammans {kronor(sum(manader, Decimal(0)))}, inte {kronor(belopp)}."
        raise ValueError(msg)
    return Post(_insats(celler[0]), belopp, tuple(manader))


def _belopp(text: str) -> Decimal:
    belopp = las_belopp(text.removesuffix("kr").strip())
    if belopp < 0:
        msg = "budgeten är minst 0 kronor."
        raise ValueError(msg)
    return belopp


def _insats(text: str) -> str:
    for kod in Insats.values:
        if text.casefold() in {str(kod).casefold(), insats_i_ord(kod).casefold()}:
            return str(kod)
    msg = f"”{text[:40]}” är ingen insats. Skriv koden, som LSS-10, eller namnet, som {insats_i_ord('LSS-10')}."
    raise ValueError(msg)
