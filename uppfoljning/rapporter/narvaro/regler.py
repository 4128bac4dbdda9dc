"""What the report counts, as frozen facts and pure rules. LSS and SoL are never added together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from beslut.regler import Insats
from grund.helgdagar import ar_arbetsdag
from grund.pengar import avrunda

DV, SYSS = Insats.DAGLIG_VERKSAMHET, Insats.SYSSELSATTNING
BOENDEN = (Insats.BOSTAD_VUXNA, Insats.SARSKILT_BOENDE)
VECKA = 5  # days of a working week
OPPET_EN_AV = 10  # a day is open when one in so many has something registered: a few at work in July do not open it
# Days a week, and the class that ends there. Nobody there at all is a class of its own.
DAGKLASSER = ((1, "mer än 0 till 1"), (2, "mer än 1 till 2"), (3, "mer än 2 till 3"), (4, "mer än 3 till 4"))
INGEN, HOGST = "Ingen närvaro", "mer än 4 till 5"


@dataclass(frozen=True, slots=True)
class Boende:
    """A person with a beslut on housing on the period's last day."""

    person: int
    beslut: int
    nyckel: str
    insats: str
    personkrets: int | None


@dataclass(frozen=True, slots=True)
class Dagverksam:
    """A person with a beslut on daglig verksamhet or sysselsättning on the period's last day.

    `oppna`: open days when somebody was to carry it out for the person. Of those `narvaro` were days there and
    `franvaro` days with absence that is registered, or an uppehåll. `verk`: the latest verkställighet, None = nobody
    carries it out. `beviljat`: days a week by the beslut, None = it does not say. `minuter`: what is registered of
    time, all days.
    """

    person: int
    beslut: int
    nyckel: str
    insats: str
    boenden: frozenset[str]
    beviljat: Decimal | None
    verk: int | None
    enhet: str
    oppna: int
    narvaro: int
    franvaro: int
    minuter: int

    @property
    def vet(self) -> bool:
        """Whether it can be said how many days the person is free: not when nothing was open."""
        return self.verk is None or self.oppna > 0

    @property
    def per_vecka(self) -> Fraction:
        """Days there in a week of five open days."""
        return Fraction(VECKA * self.narvaro, self.oppna) if self.oppna else Fraction(0)

    @property
    def lediga(self) -> Fraction:
        """Days in such a week with neither närvaro nor absence: all of them when nobody carries it out."""
        if not self.oppna:
            return Fraction(VECKA if self.verk is None else 0)
        return Fraction(VECKA * (self.oppna - self.narvaro - self.franvaro), self.oppna)

    @property
    def ar_ledig(self) -> bool:
        """Free a whole day or more a week."""
        return self.lediga >= 1

    @property
    def klass(self) -> str:
        """The class of days a week."""
        if not self.narvaro:
            return INGEN
        return next((namn for grans, namn in DAGKLASSER if self.per_vecka <= grans), HOGST)


@dataclass(frozen=True, slots=True)
class Omfattningsdagar:
    """A person's days there of an omfattning, as the avtal names it. `med_tid`: those whose minutes are registered."""

    person: int
    insats: str
    omfattning: str
    dagar: int
    med_tid: int
    minuter: int


@dataclass(frozen=True, slots=True)
class Enhetsbelaggning:
    """An enhet's places against what was there. `platser` None = nobody has written how many.

    `ersattning`: what the settled months of the period came to for närvaro and places, and `dagar_i_dem` the days
    there in those months. `delad`: it also has the other insats, so its places cannot be divided.
    """

    enhet: int
    namn: str
    utforare: str
    insats: str
    platser: int | None
    oppna: int
    personer: frozenset[int]
    narvaro: int
    ersattning: Decimal
    dagar_i_dem: int
    delad: bool = False

    @property
    def platsdagar(self) -> int | None:
        return None if self.platser is None or self.delad else self.platser * self.oppna

    @property
    def outnyttjade(self) -> int | None:
        """Place-days that nobody used; 0 where more were there than there are places."""
        return None if self.platsdagar is None else max(0, self.platsdagar - self.narvaro)

    @property
    def belaggning(self) -> Decimal | None:
        if not self.platsdagar:
            return None
        return avrunda(Fraction(self.narvaro, self.platsdagar), 4)

    @property
    def pris(self) -> Decimal | None:
        """What the enhet was paid for a day there, on average; None = no month of the period is settled."""
        if not self.dagar_i_dem or self.ersattning <= 0:
            return None
        return avrunda(Fraction(self.ersattning) / self.dagar_i_dem)

    @property
    def varde(self) -> Decimal | None:
        """The places that nobody used, at that price, in whole kronor."""
        if self.outnyttjade is None or self.pris is None:
            return None
        return avrunda(Fraction(self.outnyttjade) * Fraction(self.pris), 0)

    @property
    def anmarkning(self) -> str:
        """Why something cannot be counted, or that the enhet is over its places."""
        if self.delad:
            return "Har både daglig verksamhet och sysselsättning: platserna kan inte delas upp."
        if self.platser is None:
            return "Antalet platser är inte registrerat."
        if self.pris is None:
            return "Pris saknas: ingen ersättning är fastställd i perioden."
        if self.platsdagar is not None and self.narvaro > self.platsdagar:
            return "Fler närvarodagar än platser."
        return ""


def raknade_dagar(oppna: Sequence[date], tider: Iterable[tuple[date, date]]) -> int:
    """How many of the open days (rising) lie in any of the times [from, to)."""
    mask = 0
    for fran, till in tider:
        forsta, sista = bisect_left(oppna, fran), bisect_left(oppna, till)
        mask |= ((1 << sista) - 1) >> forsta << forsta
    return mask.bit_count()


def oppna_dagar(registrerade: Mapping[date, int], tider: Sequence[tuple[date, date]]) -> tuple[date, ...]:
    """Of the days with so many registered rows: those when enough of the verkställigheter [from, to) have one."""
    borjar, slutar = sorted(fran for fran, _ in tider), sorted(till for _, till in tider)
    svar = []
    for dag, antal in sorted(registrerade.items()):
        pagar = bisect_right(borjar, dag) - bisect_right(slutar, dag)
        if ar_arbetsdag(dag) and antal * OPPET_EN_AV >= pagar:
            svar.append(dag)
    return tuple(svar)
