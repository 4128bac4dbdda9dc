"""A month's rows as verifikat: one for each utförare, every one of them summing to zero. Pure.

What is paid is the sum of the körning's rounded rows (R0). Where the konteringsmall has an öresutjämning for the
utförare, the total becomes whole kronor, 1–49 öre down and 50–99 up, and the difference is a post of its own (lag
1970:1029, unless otherwise agreed).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ersattning.regler import ORESUTJAMNING
from grund.pengar import avrunda

NOLL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Strang:
    """Where something is booked: an account and its dimensions, each possibly empty."""

    konto: str
    ansvar: str = ""
    verksamhet: str = ""
    objekt: str = ""


@dataclass(frozen=True, slots=True)
class Mallrad:
    """A row of the konteringsmall that holds on the day of booking. Empty utforare, insats or artikel = any."""

    pk: int
    regi: str
    utforare: int | None
    insats: str
    artikel: str
    strang: Strang
    mot: Strang


@dataclass(frozen=True, slots=True)
class Summa:
    """What the körning comes to for one of these: `avser` is the month's first day."""

    utforare: int
    avser: date
    insats: str
    artikel: str
    typ: str
    antal_rader: int
    belopp: Decimal


@dataclass(frozen=True, slots=True)
class Post:
    """A sum with where it is booked. The öresutjämning is one with the artikel ORESUTJAMNING and no rows."""

    summa: Summa
    rad: Mallrad


@dataclass(frozen=True, slots=True)
class Trans:
    """A line of a verifikat: plus is debit, minus is credit."""

    strang: Strang
    belopp: Decimal
    post: Post | None  # None = the counterpart of several


@dataclass(frozen=True, slots=True)
class Verifikat:
    """All that a utförare is to be paid, or pay back, for a month."""

    utforare: int
    poster: Sequence[Post]

    @property
    def ersattning(self) -> Decimal:
        """The sum of the körning's rows, to the öre."""
        return sum((ett.summa.belopp for ett in self.poster if ett.summa.artikel != ORESUTJAMNING), NOLL)

    @property
    def oresutjamning(self) -> Decimal:
        """What makes it whole kronor; 0 where nothing says so."""
        return sum((ett.summa.belopp for ett in self.poster if ett.summa.artikel == ORESUTJAMNING), NOLL)

    @property
    def att_betala(self) -> Decimal:
        """What is paid; negative = the utförare pays back."""
        return self.ersattning + self.oresutjamning

    @property
    def transar(self) -> list[Trans]:
        """The lines: every post that is not 0, then a counterpart for each account against. They sum to zero."""
        debet = [Trans(ett.rad.strang, ett.summa.belopp, ett) for ett in self.poster if ett.summa.belopp]
        mot: dict[Strang, Decimal] = defaultdict(Decimal)
        for ett in self.poster:
            mot[ett.rad.mot] -= ett.summa.belopp
        return debet + [Trans(strang, belopp, None) for strang, belopp in mot.items() if belopp]


@dataclass(frozen=True, slots=True)
class Saknad:
    """What the mall has no row for."""

    regi: str
    insats: str
    artikel: str


def valj(mall: Iterable[Mallrad], *, regi: str, utforare: int, insats: str, artikel: str) -> Mallrad | None:
    """The row that is used: of those that fit, one that names the utförare, then the insats, then the artikel."""
    passar = [
        rad
        for rad in mall
        if rad.regi == regi
        and rad.utforare in {None, utforare}
        and rad.insats in {"", insats}
        and (rad.artikel == artikel or (not rad.artikel and artikel != ORESUTJAMNING))
    ]
    return max(passar, key=lambda rad: (rad.utforare is not None, rad.insats, rad.artikel), default=None)


def kontera(
    summor: Iterable[Summa], mall: Sequence[Mallrad], regi: dict[int, str]
) -> tuple[list[Verifikat], list[Saknad]]:
    """The verifikat, in the order in which the utförare first come, and what has no kontering. `regi` by utförare."""
    per_utforare: dict[int, list[Post]] = defaultdict(list)
    saknas: dict[Saknad, None] = {}
    for summa in summor:
        vems = regi[summa.utforare]
        rad = valj(mall, regi=vems, utforare=summa.utforare, insats=summa.insats, artikel=summa.artikel)
        if rad is None:
            saknas[Saknad(vems, summa.insats, summa.artikel)] = None
        else:
            per_utforare[summa.utforare].append(Post(summa, rad))
    verifikat = [_avrundat(utforare, poster, mall, regi[utforare]) for utforare, poster in per_utforare.items()]
    return verifikat, list(saknas)


def _avrundat(utforare: int, poster: list[Post], mall: Sequence[Mallrad], regi: str) -> Verifikat:
    exakt = sum((ett.summa.belopp for ett in poster), NOLL)
    rad = valj(mall, regi=regi, utforare=utforare, insats="", artikel=ORESUTJAMNING)
    if rad is None:
        return Verifikat(utforare, poster)
    hela = avrunda(Fraction(exakt), 0)
    if hela == exakt:
        return Verifikat(utforare, poster)
    manad = max(ett.summa.avser for ett in poster)
    oren = Summa(utforare, manad, "", ORESUTJAMNING, "", 0, hela - exakt)
    return Verifikat(utforare, [*poster, Post(oren, rad)])
