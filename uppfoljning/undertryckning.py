"""Small numbers: what may be shown in a public document so that nobody can work out what rests on a few persons.

The rule, with its reasons and its proof, is docs/adr/0016-sma-tal.md. In short: what rests on 1–4 persons is never
blanked out beside a total; it is *merged* with others until the group has at least `MINST` persons. Everything that is
printed is made from the merged data alone, so nobody who reads it can tell what is inside a group. Zero may be shown.

Each month's grouping follows from that month alone. A document that shows several months merges what any of them
merges: never less. So all documents about a month, whenever they are made, together say no more than its own grouping.
Pure: no Django, no database.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations
from typing import Generic, TypeVar

from grund.pengar import med_resten

MINST = 5  # a group of persons that may be shown, if it is not empty
T = TypeVar("T")
N = TypeVar("N")

Personer = frozenset[int]


@dataclass(frozen=True, slots=True)
class Cell:
    """The smallest thing that is told apart: an insats under a form of contract (regi), whose it is, and its kronor."""

    insats: str
    regi: str
    personer: Personer
    belopp: Decimal


@dataclass(frozen=True, slots=True)
class Skydd:
    """How a month must be shown.

    `ovriga`: the insatser that are only shown together. `regier`: the groups that the forms of contract are shown in,
    empty = not at all. `dold`: not even the whole month has enough persons, so nothing of it is shown.
    """

    ovriga: frozenset[str]
    regier: tuple[frozenset[str], ...]
    dold: bool = False


@dataclass(frozen=True, slots=True)
class Grupperat(Generic[N]):
    """Keys that may be shown by themselves, and those that are only shown together. `dolt`: none may be shown."""

    egna: tuple[N, ...]
    samman: frozenset[N]
    dolt: bool = False


def ar_litet(personer: Set[int]) -> bool:
    """Whether something that rests on these persons must be protected."""
    return 0 < len(personer) < MINST


def gruppera(delar: Mapping[N, Personer]) -> Grupperat[N]:
    """Merge what is small, and then one at a time in the order of `delar`, until the group is not small.

    The order is fixed beforehand and knows no sizes: if the next to be merged were the smallest, that would tell that
    it is smaller than those that are shown. A key without persons is shown as zero, and never fills a group.
    """
    samman = {namn for namn, personer in delar.items() if ar_litet(personer)}
    kvar = [namn for namn, personer in delar.items() if personer and namn not in samman]
    while ar_litet(forena(delar[namn] for namn in samman)):
        if not kvar:
            return Grupperat((), frozenset(delar), dolt=True)
        samman.add(kvar.pop(0))
    return Grupperat(tuple(namn for namn in delar if namn not in samman), frozenset(samman))


def skydda(celler: Sequence[Cell], *, insatser: Sequence[str], regier: Sequence[Sequence[Set[str]]]) -> Skydd:
    """How a month with `celler` must be shown.

    `insatser` is the order in which they fill a group. `regier` are the groupings of forms of contract that may be
    used, the finest first, each coarser than the one before; the first that is safe is taken.
    """
    per_insats = {insats: forena(cell.personer for cell in celler if cell.insats == insats) for insats in insatser}
    grupperat = gruppera(per_insats)
    if grupperat.dolt:
        return Skydd(frozenset(insatser), (), dold=True)
    saker = (val for val in regier if _ar_saker(celler, grupperat.samman, val))
    return Skydd(grupperat.samman, tuple(map(frozenset, next(saker, ()))))


def gemensamt(skydden: Iterable[Skydd]) -> Skydd:
    """How months that are shown side by side must be shown: whatever one of them merges is merged in all."""
    alla = [skydd for skydd in skydden if not skydd.dold]
    ovriga = frozenset(chain.from_iterable(skydd.ovriga for skydd in alla))
    grovst = min((skydd.regier for skydd in alla), key=len, default=())
    return Skydd(ovriga, grovst, dold=not alla)


def forena(mangder: Iterable[Personer]) -> Personer:
    """All the persons."""
    return frozenset().union(*mangder)


def _ar_saker(celler: Sequence[Cell], ovriga: Set[str], regier: Sequence[Set[str]]) -> bool:
    """Whether sums by insats and sums by regi may both be shown.

    The reader may know which insatser are carried out under which forms of contract. If everything under some of these
    is within some of the insatser, the difference between the two sums is what those insatser cost under *other* forms:
    that is the only kind of sum that the two margins give away (ADR 0016), and it must not be small either.
    """
    return not any(ar_litet(_resten(celler, ovriga, valda)) for valda in _urval(regier))


def _resten(celler: Sequence[Cell], ovriga: Set[str], valda: Set[str]) -> Personer:
    """Persons of the insatser that are carried out under any of `valda`, as far as they are under other forms."""
    berorda = {_grupp(cell.insats, ovriga) for cell in celler if cell.regi in valda}
    return forena(cell.personer for cell in celler if cell.regi not in valda and _grupp(cell.insats, ovriga) in berorda)


def _grupp(insats: str, ovriga: Set[str]) -> str:
    return "" if insats in ovriga else insats


def _urval(regier: Sequence[Set[str]]) -> Iterable[frozenset[str]]:
    """Every choice of some of the groups, as the forms of contract that they hold."""
    for antal in range(1, len(regier) + 1):
        for valda in combinations(regier, antal):
            yield frozenset().union(*valda)


# ---- Rounding: parts that add up --------------------------------------------------------------------------------


def avrunda_till_summa(delar: Sequence[Decimal], summa: Decimal) -> list[Decimal]:
    """`delar` in whole kronor so that they add up to `summa`, a whole number within one krona a part of their sum.

    Each is taken down to the krona below; the kronor that are missing go to those that lost most, the first of equals.
    """
    hela = [del_.to_integral_value("ROUND_FLOOR") for del_ in delar]
    saknas = int(summa - sum(hela, Decimal(0)))
    return med_resten(hela, [del_ - hel for del_, hel in zip(delar, hela, strict=True)], saknas)
