"""Which days somebody is expected, and what may be registered of a day. Pure rules; the answers are reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from grund.helgdagar import ar_arbetsdag, arbetsdag_efter
from grund.text import VECKODAGAR, antal_ord, datum_i_ord
from grund.tid import EN_DAG, Manad
from utforare.dagvarde import Dagvarde

VARDAGAR = frozenset(range(1, 6))
VANEDAGAR = 56  # as many days back as tell which weekdays are usual


@dataclass(frozen=True, slots=True)
class Plan:
    """The weekdays (1 = Monday) that somebody is expected, and how that is known."""

    veckodagar: frozenset[int]
    kalla: str


def plan(dagar_i_veckan: Decimal | None, vanor: Mapping[int, int]) -> Plan:
    """By the order as far as it says; which days of the week, by those with the most närvaro lately (`vanor`)."""
    antal = int(dagar_i_veckan) if dagar_i_veckan is not None else None
    if antal is not None and antal >= len(VARDAGAR):
        return Plan(VARDAGAR, f"beställt {veckodagar_i_ord(VARDAGAR)}")
    if antal is not None and not vanor:
        return Plan(frozenset(), f"beställt {antal_ord(antal, 'dag', 'dagar')}, okänt vilka")
    if not vanor:
        return Plan(VARDAGAR, f"inget känt, {veckodagar_i_ord(VARDAGAR)}")
    vanliga = _vanligast(vanor, antal)
    if antal is None:
        return Plan(vanliga, f"brukar {veckodagar_i_ord(vanliga)}")
    return Plan(vanliga, f"beställt {antal_ord(antal, 'dag', 'dagar')}, brukar {veckodagar_i_ord(vanliga)}")


def _vanligast(vanor: Mapping[int, int], antal: int | None) -> frozenset[int]:
    """The `antal` weekdays with the most; without a number, those with at least half of what the most usual has."""
    ordnade = sorted(VARDAGAR & vanor.keys(), key=lambda dag: (-vanor[dag], dag))
    if antal is not None:
        return frozenset(ordnade[:antal])
    mest = max(vanor.values())
    return frozenset(dag for dag in ordnade if vanor[dag] * 2 >= mest)


def veckodagar_i_ord(dagar: frozenset[int]) -> str:
    """`mån–tor`, `mån, ons–fre`."""
    delar: list[list[int]] = []
    for dag in sorted(dagar):
        if delar and delar[-1][-1] == dag - 1:
            delar[-1].append(dag)
        else:
            delar.append([dag])
    return ", ".join(_foljd([VECKODAGAR[dag - 1][:3] for dag in foljd]) for foljd in delar)


def _foljd(namn: list[str]) -> str:
    return f"{namn[0]}–{namn[-1]}" if len(namn) > 2 else ", ".join(namn)


def vantade(plan_: Plan, manad: Manad, fran: date, till: date | None, avliden: date | None, idag: date) -> list[date]:
    """The working days of the month that are expected: planned, in the verkställighet, alive, no later than today."""
    slut = min(filter(None, (till, avliden, manad.till, idag + EN_DAG)))
    return [dag for dag, veckodag in _arbetsdagar(manad) if fran <= dag < slut and veckodag in plan_.veckodagar]


@lru_cache(maxsize=24)
def _arbetsdagar(manad: Manad) -> list[tuple[date, int]]:
    """The month's working days, each with its weekday: the same for all that are reported in it."""
    dagar = (manad.fran + EN_DAG * nummer for nummer in range(manad.dagar))
    return [(dag, dag.isoweekday()) for dag in dagar if ar_arbetsdag(dag)]


def hinder_for_dag(
    varde: Dagvarde | None, dag: date, *, fran: date, till: date | None, avliden: date | None, idag: date
) -> list[str]:
    """Why `varde` may not be registered for the day. To empty a day is always possible."""
    if varde is None:
        return []
    if dag < fran:
        return [f"Insatsen började {datum_i_ord(fran)}. Dagen före kan inte registreras."]
    if avliden is not None and dag > avliden:
        return [f"Personen avled {datum_i_ord(avliden)}. Dagar efter det kan inte registreras."]
    if till is not None and dag >= till:
        return [f"Insatsen avslutades {datum_i_ord(till - EN_DAG)}. Dagar efter det kan inte registreras."]
    if dag > idag and not varde.ar_franvaro:
        return ["Närvaro registreras när dagen är här. Känd frånvaro kan registreras i förväg."]
    return []


def lasdag(manad: Manad, arbetsdagar: int) -> date:
    """The last day on which the month may be changed freely: so many working days after its end."""
    return arbetsdag_efter(manad, arbetsdagar)


def ar_last(manad: Manad, arbetsdagar: int, idag: date) -> bool:
    """Whether the month has been locked. It is never opened again: later changes are made with a reason, and shown."""
    return idag > lasdag(manad, arbetsdagar)
