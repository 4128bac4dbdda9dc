"""Stays that are booked one at a time, such as korttidsvistelse: each is a verkställighet of a few days.

What is booked reaches a few weeks ahead, but the decision goes on. In a prognos the stays of the last twelve weeks come
again, week for week, as long as the decision lasts.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ersattning.kalkyl.typer import Person, Verkstallighet

LANGST = 14  # days of a stay
VARV = timedelta(weeks=12)
UPPREPAD = 0  # the primary key of one that is not booked


def ar_vistelse(verk: Verkstallighet) -> bool:
    """Whether it is a stay: it was never meant to go on."""
    return verk.till is not None and (verk.till - verk.fran).days <= LANGST


def med_vistelser(person: Person, idag: date, till: date) -> Person:
    """The person with the stays that may be expected."""
    nya = upprepade(person, idag, till)
    return replace(person, verkstalligheter=(*person.verkstalligheter, *nya)) if nya else person


def upprepade(person: Person, idag: date, till: date) -> list[Verkstallighet]:
    """Stays that may be expected before `till`, after those that are booked. None of a decision that has something
    else than stays."""
    per_beslut: dict[int, list[Verkstallighet]] = defaultdict(list)
    for verk in person.verkstalligheter:
        per_beslut[verk.beslut.id].append(verk)
    return [ny for alla in per_beslut.values() if all(map(ar_vistelse, alla)) for ny in _beslutets(alla, idag, till)]


def _beslutets(alla: list[Verkstallighet], idag: date, till: date) -> Iterator[Verkstallighet]:
    bokat = max([idag, *(verk.till for verk in alla if verk.till)])
    for verk in alla:
        assert verk.till is not None  # noqa: S101  it is a stay
        if not idag - VARV <= verk.fran < idag:
            continue
        steg = VARV
        while verk.fran + steg < till:
            if verk.fran + steg >= bokat:
                yield _flyttad(verk, verk.fran + steg, verk.till + steg)
            steg += VARV


def _flyttad(verk: Verkstallighet, fran: date, till: date) -> Verkstallighet:
    """The same stay some weeks later, with nothing registered of it."""
    return replace(verk, id=UPPREPAD, fran=fran, till=till, narvaro=(), franvaro_fore=(), besok=())
