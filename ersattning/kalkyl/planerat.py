"""Months to come, as they are planned: the same persons, used just as ordered, laid on the rows that the core takes in.

Which days a verkställighet has, its level and its prices are known ahead, and the core's own rules read them. What is
not known is how it will be used. Here everybody comes when they are expected: närvaro on the planned working days, the
ordered time as visits, and absence where it is already known. What share of that usually becomes of it is measured on
months that have been (ersattning/prognos/), not guessed here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor

from ersattning.kalkyl.antagande import starten
from ersattning.kalkyl.antagen_tid import dagar, lagg_besok
from ersattning.kalkyl.bestalld_tid import minuter_per_dag
from ersattning.kalkyl.dagar import Kalender
from ersattning.kalkyl.franvaro import franvarodagar
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.typer import Besok, Narvaro, Person, Verkstallighet
from grund.helgdagar import ar_arbetsdag
from grund.tid import EN_DAG, Manad


@dataclass(frozen=True, slots=True)
class Plan:
    """How a verkställighet is expected to be used: the weekdays (1 = Monday), the minutes a day of one that has no
    ordered time, and when it is known to be interrupted (till None = nobody knows)."""

    veckodagar: frozenset[int]
    minuter_per_dag: Fraction = Fraction(0)
    uppehall: tuple[tuple[date, date | None], ...] = ()


Planer = Mapping[int, Plan]  # by the verkställighet's primary key


def som_planerat(person: Person, planer: Planer, bok: Manadsbok, idag: date) -> Person:
    """The person's month with everything used as planned, instead of what is registered."""
    verk = tuple(_planerad(ett, person, planer.get(ett.id, _VARDAGAR), bok, idag) for ett in person.verkstalligheter)
    return replace(person, verkstalligheter=verk)


_VARDAGAR = Plan(frozenset(range(1, 6)))


def _planerad(verk: Verkstallighet, person: Person, plan: Plan, bok: Manadsbok, idag: date) -> Verkstallighet:
    kalender = bok.kalender
    mask = dagar(verk, person, kalender)
    modeller = {modell: _dagar_med(modell, verk, person, bok) & mask for modell in ("dygn", "narvaro", "utford_tid")}
    borta = mask & (_uppehall(plan, kalender) | _kand_franvaro(verk, kalender, idag))
    vantade = mask & _arbetsdagar(plan.veckodagar, kalender.manad)
    narvaro = [Narvaro("N", "", None, vantade & modeller["narvaro"] & ~borta)]
    narvaro.append(Narvaro("F", "", None, borta & (modeller["dygn"] | vantade & modeller["narvaro"])))
    besoksdagar = modeller["utford_tid"] & ~borta
    return replace(
        verk,
        narvaro=tuple(ett for ett in narvaro if ett.dagar),
        franvaro_fore=_uppehallsdagar_fore(verk, plan, kalender, dygn=bool(modeller["dygn"])) or verk.franvaro_fore,
        besok=tuple(_besok(verk, plan, besoksdagar, kalender)) if besoksdagar else (),
    )


def _dagar_med(modell: str, verk: Verkstallighet, person: Person, bok: Manadsbok) -> int:
    """The month's days under an avtal with the model (a mask)."""
    svar = 0
    for mask, avtal in bok.avtal.dagar(verk.utforare_id, verk.beslut.insats, person.id):
        svar |= mask if avtal.modell == modell else 0
    return svar


def _besok(verk: Verkstallighet, plan: Plan, mask: int, kalender: Kalender) -> Iterator[Besok]:
    """The ordered minutes of the days, as visits that add up to them."""
    per_dag = minuter_per_dag(verk, kalender.antal)
    minuter = (plan.minuter_per_dag if per_dag is None else per_dag) * mask.bit_count()
    return lagg_besok(floor(minuter), mask, kalender, utford=True)


@lru_cache(maxsize=1024)
def _arbetsdagar(veckodagar: frozenset[int], manad: Manad) -> int:
    """The month's working days among the weekdays (a mask)."""
    dagarna = ((nr, manad.fran + EN_DAG * nr) for nr in range(manad.dagar))
    return sum(1 << nr for nr, dag in dagarna if dag.isoweekday() in veckodagar and ar_arbetsdag(dag))


def _uppehall(plan: Plan, kalender: Kalender) -> int:
    """The days of the month that are known to be interrupted (a mask)."""
    mask = 0
    for fran, till in plan.uppehall:
        mask |= kalender.mask(fran, till)
    return mask


def _kand_franvaro(verk: Verkstallighet, kalender: Kalender, idag: date) -> int:
    """Absence that is registered beforehand (a mask)."""
    return franvarodagar(verk.narvaro) & kalender.mask(idag, None) if verk.narvaro else 0


def _uppehallsdagar_fore(verk: Verkstallighet, plan: Plan, kalender: Kalender, *, dygn: bool) -> tuple[date, ...]:
    """The days of absence before the month that its first day goes on from, latest first: a run that no `N` breaks."""
    forsta, svar = kalender.manad.fran, []
    for fran, till in plan.uppehall:
        if fran < forsta and (till is None or till >= forsta):
            dag = forsta - EN_DAG
            while dag >= max(fran, starten(verk)):
                if dygn or (dag.isoweekday() in plan.veckodagar and ar_arbetsdag(dag)):
                    svar.append(dag)
                dag -= EN_DAG
    return tuple(svar)
