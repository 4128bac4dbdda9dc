"""What the core takes in and gives out: frozen dataclasses.

Moments are UTC minutes (kalkyl.klocka), periods `[fran, till)`.

References (`id`) are the database's primary keys; they are carried along so that each row can say what made it.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from utforare.villkor import Trappsteg

ETT = Decimal(1)


@dataclass(frozen=True, slots=True)
class Pris:
    """A price cell. Empty niva, omfattning, tidsband = any (R4)."""

    id: int
    niva: str
    omfattning: str
    tidsband: str
    belopp: Decimal
    fran: date
    till: date | None


@dataclass(frozen=True, slots=True)
class Bandrad:
    """A row of tidsband.csv: weekly (veckodag, minutes of the local day) or between two UTC minutes."""

    tidsband: str
    prioritet: int
    veckodag: int | None
    fran: int
    till: int


@dataclass(frozen=True, slots=True)
class Avtal:
    """The terms of a contract; None = the rule is off."""

    id: int
    utforare_id: int
    insats: str
    person_id: int | None
    prislista_id: int
    modell: str
    fran: date
    till: date | None
    franvaro: tuple[Trappsteg, ...] = ()
    omfattning_granser: tuple[tuple[int, str], ...] = ()
    niva_fran_godkand: bool = False
    avslut_dagar: int = 0
    avslut_orsaker: frozenset[str] = frozenset()
    bomtid_varsel_timmar: Fraction | None = None
    bomtid_andel: Decimal | None = None
    bomtid_tak_andel: Fraction | None = None
    tak_andel_av_bestallt: Fraction | None = None
    avrundning_minuter: int | None = None


@dataclass(frozen=True, slots=True)
class Beslut:
    """A decision: its days, and how much it gives."""

    id: int
    insats: str
    bifall: bool
    fran: date | None
    till: date | None
    omfattning: Fraction | None = None
    omfattning_enhet: str = ""


@dataclass(frozen=True, slots=True)
class Nivabedomning:
    """A godkänd assessment (others never reach the core, R3)."""

    id: int
    nyckel: str
    niva: str
    fran: date
    godkand: date


@dataclass(frozen=True, slots=True)
class Narvaro:
    """The days of the month (a mask, kalkyl.dagar) that have the same närvaro row."""

    kod: str
    omfattning: str
    minuter: int | None
    dagar: int


@dataclass(frozen=True, slots=True)
class Besok:
    """A visit in UTC minutes. Carried out: utford_start and utford_slut. Otherwise planned times and who cancelled."""

    id: int
    nyckel: str
    planerad_start: int | None
    planerad_slut: int | None
    utford_start: int | None
    utford_slut: int | None
    avbokad: int | None
    avbokad_av: str


@dataclass(frozen=True, slots=True)
class Verkstallighet:
    """A decision being carried out, with its närvaro of the month and its visits.

    `franvaro_fore`: the days with `F` before the month that an absence run may go on from, latest first.
    `besok`: the visits whose day lies in the month, and others that may overlap them.
    """

    id: int
    nyckel: str
    beslut: Beslut
    utforare_id: int
    enhet_id: int
    omfattning: str
    fran: date
    till: date | None
    slutorsak: str = ""
    bestallt_antal: Fraction | None = None
    bestallt_enhet: str = ""
    narvaro: tuple[Narvaro, ...] = ()
    franvaro_fore: tuple[date, ...] = ()
    besok: tuple[Besok, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """All that decides what a person's month costs."""

    id: int
    avliden: date | None
    verkstalligheter: tuple[Verkstallighet, ...]
    nivaer: dict[str, tuple[Nivabedomning, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Del:
    """A part of a row: the days that count (a mask) and the units they give, with what priced them.

    `mangd` is in the row's smallest unit: days, or minutes. `platser`: for absence, (day of the month, place in the
    run). `besok`: (visit's key, minutes) for visits.
    """

    dagar: int
    mangd: Fraction | int
    avtal_id: int
    pris_id: int
    niva_id: int | None = None
    platser: tuple[tuple[int, int], ...] = ()
    besok: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rad:
    """A finished row (R5). `antal` exact; `belopp` rounded once, half up."""

    verkstallighet: Verkstallighet
    artikel: str
    niva: str
    omfattning: str
    tidsband: str
    fran: date
    sista: date
    antal: Fraction
    enhet: str
    a_pris: Decimal
    faktor: Decimal
    belopp: Decimal
    underlag: str
    delar: tuple[Del, ...]


@dataclass(frozen=True, slots=True)
class Avvikelse:
    """Days, or a visit, that a person must look at (R6). `sista` inclusive; `varde` as printed."""

    kod: str
    verkstallighet: Verkstallighet
    fran: date
    sista: date
    besok: str = ""
    varde: str = ""


@dataclass(frozen=True, slots=True)
class Resultat:
    """What a person's month became."""

    rader: tuple[Rad, ...]
    avvikelser: tuple[Avvikelse, ...]
