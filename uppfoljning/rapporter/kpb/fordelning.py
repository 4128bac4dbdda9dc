"""Spreads what the accounts say over what was carried out, to the öre. Pure.

bruttokostnad − interna intäkter − försäljning is spread (DOMAN: the cost concept of KPB). Each post by its own volumes:
a person with twice as many days bears twice as much. A post that is shared (gemensam) goes to the posts that could be
spread, by their own cost, and on from there. What cannot be spread is told with a reason; nothing gets lost:

what is spread over persons + what is not spread = what the accounts say.

An öre is not divided. Each part is taken down to the öre below and the öre that are left go to those that lost most
(largest remainder), the lowest key first of equals, so the same input always gives the same parts.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from grund.pengar import med_resten
from uppfoljning.rapporter.kpb.regler import VOLYMER, Grund

N = TypeVar("N", bound=Hashable)
_ORE = Decimal("0.01")
_HELA = 100


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the ledger summary. `insats` empty, `utforare` None and `regi` empty = of no one in particular."""

    nummer: int
    verksamhet: str
    insats: str
    utforare: int | None
    regi: str
    bruttokostnad: Decimal
    interna_intakter: Decimal
    forsaljning: Decimal
    grund: Grund

    @property
    def netto(self) -> Decimal:
        """What is to be spread."""
        return self.bruttokostnad - self.interna_intakter - self.forsaljning


class Plats(NamedTuple):
    """Where something was carried out, for whom."""

    insats: str
    utforare: int
    person: int


# How much of each kind: whole days, whole days with närvaro, whole minutes. Places are days too.
Volymer = Mapping[Grund, Mapping[Plats, int]]


@dataclass(frozen=True, slots=True)
class Utfall:
    """What became of a post. netto + paslag = sum(delar) + kvar; `paslag`: its part of what is shared.

    A shared post that is spread has neither parts nor anything left: it is in the others' `paslag` (`vidare`).
    """

    post: Post
    paslag: Decimal
    delar: Mapping[Plats, Decimal]
    vidare: Decimal
    kvar: Decimal
    varfor: str

    @property
    def fordelat(self) -> Decimal:
        """On persons."""
        return sum(self.delar.values(), Decimal(0))


def dela_ut(belopp: Decimal, vikter: Mapping[N, int]) -> dict[N, Decimal]:
    """`belopp` in öre by weights that are not all zero. The parts add up to it. Keys must be given in order."""
    ore, summa = int(belopp / _ORE), sum(vikter.values())
    tecken = -1 if ore < 0 else 1
    delar = [divmod(abs(ore) * vikt, summa) for vikt in vikter.values()]
    hela, rester = [hel for hel, _ in delar], [rest for _, rest in delar]
    parter = med_resten(hela, rester, abs(ore) - sum(hela))
    return {nyckel: tecken * del_ * _ORE for nyckel, del_ in zip(vikter, parter, strict=True)}


def fordela(poster: Sequence[Post], volymer: Volymer, regier: Mapping[int, str]) -> list[Utfall]:
    """What becomes of each post. `regier`: who runs each utförare."""
    vikter = {post.nummer: _vikter(post, volymer, regier) for post in poster}
    egna = [post for post in poster if vikter[post.nummer]]
    gemensamma = [post for post in poster if post.grund is Grund.GEMENSAM]
    paslag: dict[int, Decimal] = defaultdict(Decimal)
    andelar = {post.nummer: int(max(post.netto, Decimal(0)) / _ORE) for post in egna}
    gar = bool(sum(andelar.values()))
    for post in gemensamma if gar else ():
        for nummer, del_ in dela_ut(post.netto, andelar).items():
            paslag[nummer] += del_
    return [_utfall(post, vikter[post.nummer], paslag[post.nummer], gar=gar) for post in poster]


def _utfall(post: Post, vikter: Mapping[Plats, int], paslag: Decimal, *, gar: bool) -> Utfall:
    noll = Decimal(0)
    if vikter:
        return Utfall(post, paslag, dela_ut(post.netto + paslag, vikter), noll, noll, "")
    if post.grund is Grund.GEMENSAM and gar:
        return Utfall(post, noll, {}, post.netto, noll, "")
    return Utfall(post, noll, {}, noll, post.netto, _varfor(post))


def _varfor(post: Post) -> str:
    if post.grund is Grund.INGEN:
        return "Ska inte fördelas"
    return "Det finns inget att fördela den på" if post.grund is Grund.GEMENSAM else "Inget utfört är registrerat"


def _vikter(post: Post, volymer: Volymer, regier: Mapping[int, str]) -> dict[Plats, int]:
    if post.grund not in VOLYMER:
        return {}
    alla = volymer[post.grund]
    return {
        plats: alla[plats]
        for plats in sorted(alla)
        if plats.insats == post.insats
        and post.utforare in {None, plats.utforare}
        and post.regi in {"", regier[plats.utforare]}
        and alla[plats]
    }


def per_plats(utfall: Iterable[Utfall]) -> dict[Plats, Decimal]:
    """What is spread, by insats, utförare and person."""
    svar: dict[Plats, Decimal] = defaultdict(Decimal)
    for ett in utfall:
        for plats, del_ in ett.delar.items():
            svar[plats] += del_
    return svar
