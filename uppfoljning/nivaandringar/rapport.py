"""The report, as frozen figures: each change, and what they come to together. Pure.

What a change *costs* decides its direction, never the name of its level: levels are texts, and a higher one need not
cost more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from grund.pengar import avrunda
from grund.tid import Manad

NOLL = Decimal(0)


class Riktning(StrEnum):
    """Which way a change goes."""

    DYRARE = "dyrare"
    BILLIGARE = "billigare"
    SAMMA = "samma"  # the same price; or nothing to compare


@dataclass(frozen=True, slots=True)
class Andringsrad:
    """A change. `helar` and `i_perioden` None: nothing is carried out on its day or after, so it costs nothing.

    `utan_pris`: a level has no price for some of it, which is not in the figures. `bedomning_id` is its key.
    """

    bedomning_id: int
    nyckel: str
    person_id: int
    person: str
    insats: str
    dag: date
    niva_fore: str
    niva_efter: str
    enhet: str
    utforare_id: int | None
    utforare: str
    godkand: date
    godkand_av: str
    grund: str
    helar: Decimal | None
    i_perioden: Decimal | None
    betalt: Decimal
    utan_pris: bool

    @property
    def ar_forsta(self) -> bool:
        """There was no level before."""
        return not self.niva_fore

    @property
    def riktning(self) -> Riktning:
        if not self.helar:
            return Riktning.SAMMA
        return Riktning.DYRARE if self.helar > 0 else Riktning.BILLIGARE


@dataclass(frozen=True, slots=True)
class Summa:
    """What some changes come to together."""

    namn: str
    antal: int
    dyrare: int
    billigare: int
    helar: Decimal
    i_perioden: Decimal
    betalt: Decimal
    nyckel: int | None = None


@dataclass(frozen=True, slots=True)
class Manadsrad:
    """The changes whose level counts from a day of the month: what they add to a year, and all so far in the period."""

    manad: Manad
    dyrare: Decimal
    billigare: Decimal
    hittills: Decimal

    @property
    def netto(self) -> Decimal:
        return self.dyrare + self.billigare


@dataclass(frozen=True, slots=True)
class Jamforelserad:
    """What a month's own comparison with the month before says of level and of price (ADR 0017)."""

    manad: Manad
    niva: Decimal
    pris: Decimal


@dataclass(frozen=True, slots=True)
class Rapport:
    """All of it. `rader`: changes, latest first; `forsta`: first assessments, which change nothing, kept apart."""

    fran: date
    sista: date
    rader: Sequence[Andringsrad]
    forsta: Sequence[Andringsrad]
    jamforelser: Sequence[Jamforelserad]
    fasta: Sequence[Manad]

    @property
    def alla(self) -> Summa:
        return summera("Alla", self.rader)

    @property
    def per_utforare(self) -> list[Summa]:
        """By utförare, the largest yearly effect first."""
        return _per(self.rader, lambda rad: (rad.utforare_id, rad.utforare))

    @property
    def per_riktning(self) -> list[Summa]:
        """Dearer and cheaper apart, so that the one does not hide the other."""
        namn = {Riktning.DYRARE: "Dyrare nivå", Riktning.BILLIGARE: "Billigare nivå", Riktning.SAMMA: "Samma kostnad"}
        return [
            summera(ord_, egna)
            for riktning, ord_ in namn.items()
            if (egna := [rad for rad in self.rader if rad.riktning is riktning])
        ]

    @property
    def per_manad(self) -> list[Manadsrad]:
        """The period's months, with what the year costs more after each."""
        svar, hittills = [], NOLL
        for manad in Manad.av(self.fran).till_och_med(Manad.av(self.sista)):
            egna = [rad.helar or NOLL for rad in self.rader if Manad.av(rad.dag) == manad]
            hittills += sum(egna, NOLL)
            upp, ner = (sum((ett for ett in egna if (ett > 0) is over), NOLL) for over in (True, False))
            svar.append(Manadsrad(manad, upp, ner, hittills))
        return svar

    @property
    def utan_pris(self) -> int:
        """How many are not, or not wholly, in the figures for want of a price."""
        return sum(rad.utan_pris for rad in self.rader)


def summera(namn: str, rader: Iterable[Andringsrad], nyckel: int | None = None) -> Summa:
    """Together."""
    alla = list(rader)
    return Summa(
        namn,
        len(alla),
        sum(rad.riktning is Riktning.DYRARE for rad in alla),
        sum(rad.riktning is Riktning.BILLIGARE for rad in alla),
        sum((rad.helar or NOLL for rad in alla), NOLL),
        sum((rad.i_perioden or NOLL for rad in alla), NOLL),
        sum((rad.betalt for rad in alla), NOLL),
        nyckel,
    )


def _per(rader: Sequence[Andringsrad], av: Callable[[Andringsrad], tuple[int | None, str]]) -> list[Summa]:
    grupper: dict[tuple[int | None, str], list[Andringsrad]] = {}
    for rad in rader:
        grupper.setdefault(av(rad), []).append(rad)
    summor = [summera(namn, egna, nyckel) for (nyckel, namn), egna in grupper.items()]
    return sorted(summor, key=lambda ett: (-abs(ett.helar), ett.namn))


def ore(kronor: Fraction) -> Decimal:
    """Rounded once, where it is shown: sums are of what is shown, so that they agree with the rows."""
    return avrunda(kronor)
