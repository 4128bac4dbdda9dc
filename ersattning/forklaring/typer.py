"""What an explanation holds: frozen, pure, exact. A page and a document are set from it, and nothing else.

Whoever has an explanation in hand can recalculate the row: antal from the days or the visits, the share from the places
in the run of absence and the staircase, belopp from antal, price and share.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from grund.tid import Manad
from utforare.villkor import Trappsteg


@dataclass(frozen=True, slots=True)
class Mal:
    """Where a link leads: a view by name, what it is about, and a place on its page."""

    vy: str
    argument: tuple[str | int | Manad, ...] = ()
    ankare: str = ""


@dataclass(frozen=True, slots=True)
class Led:
    """A term of the equation: what stands there, what it is, and the sign before it. The last term is the result."""

    varde: str
    namn: str
    mal: Mal | None = None
    tecken: str = ""


@dataclass(frozen=True, slots=True)
class Grund:
    """Something that the row rests on. `utat`: what the utförare is told instead; None = the same."""

    vad: str
    text: str
    forklaring: str = ""
    mal: Mal | None = None
    regler: tuple[str, ...] = ()
    utat: str | None = None


@dataclass(frozen=True, slots=True)
class Dagruta:
    """A day of the calendar strip. `klass`: har (this row), full, fran (other rows) or empty (nothing paid)."""

    dag: date
    klass: str
    tecken: str
    text: str


@dataclass(frozen=True, slots=True)
class Franvarodag:
    """A day of absence that the row pays: its place in the run, and the share that the staircase gives the place."""

    dag: date
    plats: int
    andel: Decimal
    trappa: tuple[Trappsteg, ...]


@dataclass(frozen=True, slots=True)
class Narvarodag:
    """A day with a närvaro row: what is registered, and how that became the day's omfattning (R11)."""

    dag: date
    kod: str
    minuter: int | None
    omfattning: str
    varfran: str


@dataclass(frozen=True, slots=True)
class Annorstades:
    """Minutes of a visit that another row pays."""

    tidsband: str
    minuter: int
    mal: Mal


@dataclass(frozen=True, slots=True)
class Besokstid:
    """A visit's way from clock to paid minutes.

    `minuter` elapsed (or planned, for bomtid); `avrundat` after the avtal's rounding; then what this row pays, what
    others pay, and what nobody pays: over the cap, or without a price. They add up to `avrundat`. `minuter` None: the
    visit is no longer there to be read.
    """

    nyckel: str
    start: datetime | None
    slut: datetime | None
    minuter: int | None
    steg: int | None
    avrundat: int | None
    betalt: int
    annorstades: tuple[Annorstades, ...] = ()
    over_tak: int = 0
    utan_pris: int = 0
    avbokat: str = ""


@dataclass(frozen=True, slots=True)
class Del:
    """Days that count under one avtal, price and level, and how much they give in all: days, or minutes."""

    dagar: tuple[date, ...]
    mangd: Fraction
    avtal: str
    pris: str
    niva: str
    avtal_mal: Mal
    pris_mal: Mal
    niva_mal: Mal | None


@dataclass(frozen=True, slots=True)
class Bestallt:
    """R23: what is ordered, and the minutes that it makes of a day: antal × 60 / `delat_med`."""

    antal: Fraction
    enhet: str
    delat_med: int
    minuter_per_dag: Fraction
    varifran: str


@dataclass(frozen=True, slots=True)
class Takdel:
    """Paid days under one avtal with a cap: so many days × the ordered minutes of a day × the avtal's share."""

    dagar: tuple[date, ...]
    andel: Fraction
    minuter: Fraction
    avtal: str
    avtal_mal: Mal


@dataclass(frozen=True, slots=True)
class Tak:
    """R21: how the month's cap came about, and what is paid under it. `minuter` is the sum of the parts, floored."""

    bestallt: Bestallt
    bestallt_mal: Mal | None
    delar: tuple[Takdel, ...]
    minuter: int
    betalt: int

    @property
    def exakt(self) -> Fraction:
        """The sum of the parts, before the last part of a minute is dropped."""
        return sum((del_.minuter for del_ in self.delar), Fraction(0))


@dataclass(frozen=True, slots=True)
class Bonusdelning:
    """R50: how the rule's belopp is split between the start and the rest."""

    belopp: Decimal
    andel_vid_start: Fraction
    delas: bool
    del_av_bonus: str


@dataclass(frozen=True, slots=True)
class ProvatPris:
    """A price cell that was tried for the row (R4), and why it was chosen or not."""

    text: str
    varfor: str
    vald: bool
    mal: Mal


@dataclass(frozen=True, slots=True)
class Syskonrad:
    """A row of the same verkställighet and month."""

    artikel: str
    antal: Decimal
    enhet: str
    faktor: Decimal
    belopp: Decimal
    mal: Mal
    ar_raden: bool
    typ: str
    utforare_id: int


@dataclass(frozen=True, slots=True)
class Hande:
    """Something that happened, when, and whether it is the municipality's own affair. `nar` None: at no known time."""

    nar: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What a reader must know before trusting the rest: that something has changed or gone since the row was made."""

    slag: str
    text: str
    mal: Mal | None = None
    lanktext: str = ""


@dataclass(frozen=True, slots=True)
class Rattelsepar:
    """R40: what was settled for the verkställighet and month, and what takes its place, in one körning."""

    krediterade: tuple[Syskonrad, ...]
    tillkomna: tuple[Syskonrad, ...]

    @property
    def skillnad(self) -> Decimal:
        """What the correction comes to, in kronor."""
        return sum((rad.belopp for rad in (*self.krediterade, *self.tillkomna)), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Radfakta:
    """The row itself, as it is stored. Both days are included; antal is exact."""

    id: int
    typ: str
    artikel: str
    insats: str
    niva: str
    omfattning: str
    tidsband: str
    fran: date
    sista: date
    avser: Manad
    antal: Fraction
    enhet: str
    a_pris: Decimal
    faktor: Decimal
    belopp: Decimal
    korning: Manad
    lage: str
    fast: bool
    verkstallighet: str
    person: str
    utforare: str
    utforare_id: int
    utforarenhet: str


@dataclass(frozen=True, slots=True)
class Forklaring:
    """Why a row pays what it pays. `inledning` tells of a correction, `meningar` of the row itself."""

    rad: Radfakta
    led: tuple[Led, ...]
    meningar: tuple[str, ...]
    inledning: tuple[str, ...] = ()
    delar: tuple[Del, ...] = ()
    dagar: tuple[Dagruta, ...] = ()
    franvaro: tuple[Franvarodag, ...] = ()
    narvaro: tuple[Narvarodag, ...] = ()
    besok: tuple[Besokstid, ...] = ()
    bestallt: Bestallt | None = None
    tak: Tak | None = None
    bonus: Bonusdelning | None = None
    kedja: tuple[Grund, ...] = ()
    priser: tuple[ProvatPris, ...] = ()
    syskon: tuple[Syskonrad, ...] = ()
    rattelse: Rattelsepar | None = None
    historia: tuple[Hande, ...] = ()
    observationer: tuple[Observation, ...] = ()

    @property
    def syskonsumma(self) -> Decimal:
        """What the verkställighet gives in the month, this row included."""
        return sum((rad.belopp for rad in self.syskon), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Avvikelseforklaring:
    """What an avvikelse means: what has happened, what it does to the money, and what to do about it, by whom."""

    kod: str
    rubrik: str
    regel: str
    verkstallighet: str
    person: str
    utforare: str
    utforarenhet: str
    insats: str
    fran: date
    sista: date
    manad: Manad
    korning: Manad
    besok: str
    betalas: bool
    hande: tuple[str, ...]
    pengar: tuple[str, ...]
    gor: tuple[str, ...]
    kedja: tuple[Grund, ...]
    dagar: tuple[Dagruta, ...] = ()
    besokstider: tuple[Besokstid, ...] = ()
    observationer: tuple[Observation, ...] = ()
    rader: tuple[Syskonrad, ...] = ()
