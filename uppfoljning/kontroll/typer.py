"""What a rule is, and what it finds. Frozen; a rule is declared beside its query, and knows nothing of what is stored.

A rule gives `fraga`, one set-based SELECT with the columns of `Traff` in their order. In it stand {vilka}, a condition
on the person p, and {besok}, the visits that are looked at; %(idag)s, %(fran)s (the first day that is looked at),
%(manad)s (the first day of this month) and the rule's own limits, by their keys.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from grund.behorighet import Roll
from grund.text import datum_i_ord, manad_i_ord, tal
from grund.tid import Manad
from uppfoljning.kontroll.koder import Objekt, Omrade

Falt = Mapping[str, Any]
_DAG = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MANAD = re.compile(r"\d{4}-\d{2}")


class Pengar(Enum):
    """Which rows a finding's money is summed from, and how that is said."""

    INGA = "Beloppet går inte att räkna ur ersättningsrader."
    DAGAR = (
        "Summan av verkställighetens ersättningsrader som ligger helt eller delvis i dagarna, med rättelser och"
        " krediteringar. Det är högst så mycket det gäller."
    )
    OVER = (
        "Vad minuterna utöver de beställda har gett: besöken tas i ordning, och av dem som ersattes räknas de som"
        " gick över den beställda tiden, minut för minut, gånger à-pris och faktor i raderna."
    )
    SENARE = "Vad det senare av de två besöken har gett: minuter ÷ 60 × à-pris × faktor i raderna där det är med."
    BESOK = "Vad besökens minuter har gett: minuter ÷ 60 × à-pris × faktor i varje ersättningsrad där de är med."


@dataclass(frozen=True, slots=True)
class Grans:
    """A limit that people set, in versions: what it is, in what unit, and what it is until somebody has said else."""

    nyckel: str
    namn: str
    enhet: str
    forval: Decimal


@dataclass(frozen=True, slots=True)
class Regel:
    """What is looked for. `finner`, `varfor` and `atgard` are for people; `mening` says a finding by its `uppgifter`.

    `agare`: the role that puts it right. `per_person`: it can be asked of some persons alone. `i_fonster`: it looks at
    the latest months only, so an older finding stays until its person is looked at anew. `i_attgora` False: the start
    page has a work list of the same already.
    """

    nyckel: str
    namn: str
    finner: str
    varfor: str
    atgard: str
    agare: Roll
    objekt: Objekt
    mening: str
    fraga: str | Callable[["Fraga"], Sequence["Traff"]]
    omrade: Omrade = Omrade.KVALITET
    pengar: Pengar = Pengar.INGA
    granser: tuple[Grans, ...] = ()
    per_person: bool = True
    i_fonster: bool = False
    i_attgora: bool = True

    def i_ord(self, uppgifter: Falt) -> str:
        """One finding in a sentence."""
        return self.mening.format(**{namn: _i_ord(varde) for namn, varde in uppgifter.items()})


def _i_ord(varde: Any) -> str:
    """A number with its thousands, a day or a month as people say it; days may stand inside a text."""
    if isinstance(varde, int):
        return tal(varde)
    text = _DAG.sub(lambda dag: datum_i_ord(date.fromisoformat(dag[0])), str(varde))
    return manad_i_ord(Manad.las(text)) if _MANAD.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class Traff:
    """Something that a rule found. `nyckel` tells it from the rule's other findings, and is the same every night.

    `objekt_id` is the primary key of the thing, `objekt_nyckel` what people call it. `[fran, till)` are its days.
    `besok`: keys of the visits that it was counted from.
    """

    nyckel: str
    objekt_nyckel: str
    objekt_id: int
    person: int | None
    enhet: int | None
    fran: date | None
    till: date | None
    uppgifter: Falt = field(default_factory=dict)
    besok: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fraga:
    """What is asked: on which day, from which day, with which limits, and of whom (None = everybody)."""

    idag: date
    fran: date
    granser: Mapping[str, Decimal]
    personer: tuple[int, ...] | None = None
    besok: str = ""  # where the visits stand
    lasta: tuple[date, ...] = ()  # months that are locked for the utförare
