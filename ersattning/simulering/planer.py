"""How each verkställighet is expected to be used in months to come: what is ordered, else what has been usual."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ersattning.kalkyl.framtid import dagar_per_vecka
from ersattning.kalkyl.planerat import Plan
from ersattning.kalkyl.typer import Person, Verkstallighet
from ersattning.underlag import fraga
from utforare.planering import VANEDAGAR, VARDAGAR, plan

BESOKSVANOR = 91  # days back that tell how much time is usual, where none is ordered
_ATERBLICK = 731  # days back that are looked through for the last time somebody came


def las_planer(personer: Iterable[Person], idag: date) -> dict[int, Plan]:
    """By verkställighet. Three queries."""
    alla = {verk.id: verk for person in personer for verk in person.verkstalligheter}
    vanor, minuter, uppehall = _vanor(list(alla), idag), _minuter(list(alla), idag), _uppehall(list(alla))
    return {
        id_: Plan(_veckodagar(verk, vanor.get(id_, {})), minuter.get(id_, Fraction(0)), tuple(uppehall.get(id_, ())))
        for id_, verk in alla.items()
    }


def _veckodagar(verk: Verkstallighet, vanor: dict[int, int]) -> frozenset[int]:
    """As the reporting expects them; so many from Monday on, where nobody knows which."""
    dagar = dagar_per_vecka(verk)
    antal = None if dagar is None else Decimal(dagar.numerator) / dagar.denominator
    valda = plan(antal, vanor).veckodagar
    return valda or frozenset(sorted(VARDAGAR)[: int(antal or 0)])


def _vanor(verk: list[int], idag: date) -> dict[int, dict[int, int]]:
    """How many days with närvaro each weekday had, in the weeks up to the last one."""
    svar: dict[int, dict[int, int]] = defaultdict(dict)
    rader = fraga(
        """WITH dagar AS (
             SELECT verkstallighet_id, datum, max(datum) OVER (PARTITION BY verkstallighet_id) AS sista
               FROM utforare_narvaro
              WHERE verkstallighet_id = ANY(%(verk)s) AND kod = 'N' AND datum >= %(fran)s AND datum <= %(idag)s)
           SELECT verkstallighet_id, extract(isodow FROM datum)::int, count(*)
             FROM dagar WHERE datum > sista - %(dagar)s GROUP BY 1, 2""",
        {"verk": verk, "idag": idag, "fran": idag - timedelta(days=_ATERBLICK), "dagar": VANEDAGAR},
    )
    for id_, veckodag, antal in rader:
        svar[id_][veckodag] = antal
    return svar


def _minuter(verk: list[int], idag: date) -> dict[int, Fraction]:
    """Carried-out minutes a day lately, or up to its end."""
    rader = fraga(
        """SELECT v.id, sum(extract(epoch FROM b.utford_slut - b.utford_start) / 60)::bigint,
                  least(v.till, %(idag)s) - greatest(v.fran, least(v.till, %(idag)s) - %(dagar)s)
             FROM utforare_verkstallighet v
             JOIN utforare_besok b ON b.verkstallighet_id = v.id AND b.utford_start IS NOT NULL
              AND b.dag >= greatest(v.fran, least(v.till, %(idag)s) - %(dagar)s) AND b.dag < least(v.till, %(idag)s)
            WHERE v.id = ANY(%(verk)s) AND v.fran < %(idag)s GROUP BY v.id, v.fran, v.till""",
        {"verk": verk, "idag": idag, "dagar": BESOKSVANOR},
    )
    return {id_: Fraction(int(minuter), dagar) for id_, minuter, dagar in rader if dagar > 0}


def _uppehall(verk: list[int]) -> dict[int, list[tuple[Any, Any]]]:
    svar: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    rader = fraga(
        """SELECT verkstallighet_id, fran, till FROM utforare_uppehall
            WHERE verkstallighet_id = ANY(%(verk)s) ORDER BY fran""",
        {"verk": verk},
    )
    for id_, fran, till in rader:
        svar[id_].append((fran, till))
    return svar
