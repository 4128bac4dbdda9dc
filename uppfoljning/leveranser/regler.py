"""The kinds of deliveries, when each is due, and the facts that a layout may ask for. Pure but for codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import models

from beslut.ord import insats_i_ord
from beslut.regler import Insats, Lag
from grund.text import datum_i_ord, manad_i_ord
from grund.tid import EN_DAG, Manad

Varde = str | int | Decimal | date | bool | None
LSS_MANAD, LSS_DAG = 10, 1  # the situation on 1 October
_LSS_SENAST = (10, 25)
_SOL_SENAST = 15
_AR, _MANADER = 3, 13  # that one may choose among


class Leveransslag(models.TextChoices):
    """What is delivered. The two of SoL are of the same month."""

    LSS = "lss", "LSS-statistik den 1 oktober"
    SOL_PAGAENDE = "sol_pagaende", "SoL, pågående beslut (bilaga 1)"
    SOL_FORANDRADE = "sol_forandrade", "SoL, började eller slutade (bilaga 2)"

    @property
    def arligen(self) -> bool:
        """Whether it is of a year and not of a month."""
        return self is Leveransslag.LSS


class Leveranslage(models.TextChoices):
    """utkast → lämnad | kastad; neither ever changes."""

    UTKAST = "utkast", "utkast"
    LAMNAD = "lamnad", "lämnad"
    KASTAD = "kastad", "kastad"


class Allvar(StrEnum):
    """Whether a remark stops the delivery or has to be read first."""

    STOPPAR = "stoppar"
    VARNAR = "varnar"


class Boendeform(models.TextChoices):
    """What a home under LSS 9 § 8 or 9 is, as the form tells them apart."""

    FAMILJEHEM = "familjehem", "familjehem"
    BOSTAD = "bostad", "bostad med särskild service"
    ANNAN = "annan", "annan särskilt anpassad bostad"


BOENDEN = (Insats.BOSTAD_BARN, Insats.BOSTAD_VUXNA)
LSS_INSATSER = tuple(ett for ett in Insats if ett.lag is Lag.LSS)
SOL_INSATSER = tuple(ett for ett in Insats if ett.lag is Lag.SOL)

# What a column of a layout may hold, and in words.
UPPGIFTER: Mapping[Leveransslag, Mapping[str, str]] = {
    Leveransslag.LSS: {
        "personnummer": "personnummer",
        "personkrets": "personkrets 1–3",
        **{ett.value: f"ja eller nej: {insats_i_ord(ett)}" for ett in LSS_INSATSER if ett not in BOENDEN},
        "boende8_familjehem": "ja eller nej: familjehem för barn och ungdomar (9 § 8)",
        "boende8_bostad": "ja eller nej: bostad med särskild service för barn och ungdomar (9 § 8)",
        "boende9_bostad": "ja eller nej: bostad med särskild service för vuxna (9 § 9)",
        "boende9_annan": "ja eller nej: annan särskilt anpassad bostad för vuxna (9 § 9)",
        "boendekommun": "den kommun som bostaden ligger i, om det är en annan",
        "kommunkod": "den egna kommunens kod",
        "ar": "år",
    },
    **{
        slag: {
            "personnummer": "personnummer",
            "kommunkod": "den egna kommunens kod",
            "insats": "insatsens kod",
            "beslutsdatum": "dagen för beslutet",
            "fran": "beslutets första dag",
            "sista": "beslutets sista dag, tom om den inte är bestämd",
            "omfattning": "hur mycket som är beviljat",
            "omfattning_enhet": "vad omfattningen räknas i",
            "regi": "om en kommunal eller privat utförare utför det, tom om ingen gör det",
            "verkstallt": "ja eller nej: beslutet är verkställt",
            "borjade": "ja eller nej: beslutet började i månaden",
            "slutade": "ja eller nej: beslutet slutade i månaden",
            "manad": "månaden, ÅÅÅÅMM",
        }
        for slag in (Leveransslag.SOL_PAGAENDE, Leveransslag.SOL_FORANDRADE)
    },
}


@dataclass(frozen=True, slots=True)
class Rad:
    """A row to deliver: a person (LSS) or a beslut (SoL), by its key, with the facts that columns are made of."""

    nyckel: str
    person: int
    uppgifter: Mapping[str, Varde]


@dataclass(frozen=True, slots=True)
class Utelamnat:
    """A beslut that is not delivered, and why."""

    nyckel: str
    person: int
    orsak: str


@dataclass(frozen=True, slots=True)
class Anmarkning:
    """Something that is or may be wrong. `nyckel`: the row's, or empty. Never with a personnummer in it."""

    allvar: Allvar
    text: str
    nyckel: str = ""
    kolumn: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Underlag:
    """What a delivery is made of. `skyddade`: those of its persons whose details are protected."""

    rader: tuple[Rad, ...]
    utelamnade: tuple[Utelamnat, ...] = ()
    anmarkningar: tuple[Anmarkning, ...] = ()
    skyddade: frozenset[int] = field(default_factory=frozenset)


def dagen(slag: Leveransslag, ar: int, manad: int) -> date:
    """The day that the delivery is of: 1 October, or the month's last."""
    return date(ar, LSS_MANAD, LSS_DAG) if slag.arligen else Manad(ar, manad).till - EN_DAG


def tider(idag: date) -> Iterator[tuple[Leveransslag, date]]:
    """What there is to deliver, the latest first."""
    manader = [Manad.av(idag).plus(-steg).till - EN_DAG for steg in range(1, _MANADER + 1)]
    oktober = [date(idag.year - steg, LSS_MANAD, LSS_DAG) for steg in range(_AR + 1)]
    yield from ((Leveransslag.LSS, dag) for dag in oktober if dag < idag)
    for dag in manader:
        yield Leveransslag.SOL_PAGAENDE, dag
        yield Leveransslag.SOL_FORANDRADE, dag


def senast(slag: Leveransslag, dag: date) -> date:
    """By when it must be delivered: 25 October, or the 15th of the next month."""
    if slag.arligen:
        return date(dag.year, *_LSS_SENAST)
    return Manad.av(dag).till.replace(day=_SOL_SENAST)


def period_i_ord(slag: str, dag: date) -> str:
    """`1 oktober 2025`, or `april 2026`."""
    return datum_i_ord(dag) if Leveransslag(slag).arligen else manad_i_ord(dag)
