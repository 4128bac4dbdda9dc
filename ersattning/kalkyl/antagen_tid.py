"""Hours that are assumed where there is no history: shares of the ordered time, as visits that the core pays by rule.

The share of each month's ordered minutes (R23), floored, is laid on the month's weekdays from ten o'clock: five visits,
or as many as it takes for none to be longer than eight hours, that add up to the whole. Bomtid becomes visits that the
brukare never called off (R22). The registered visits are left out of the kind that is assumed, and only of that.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from fractions import Fraction
from math import ceil, floor

from ersattning.kalkyl.bestalld_tid import minuter_per_dag
from ersattning.kalkyl.dagar import Kalender, nummer
from ersattning.kalkyl.grunder import beslutade_dagar, dagar_i_livet, dagar_i_verkstalligheten
from ersattning.kalkyl.typer import Besok, Person, Verkstallighet
from ersattning.kalkyl.variant import Variant
from grund.tid import STOCKHOLM

_START = time(10)
_MINST, _LANGST = 5, 8 * 60  # visits a month, and minutes of a visit
_LORDAG = 6


def dagar(verk: Verkstallighet, person: Person, kalender: Kalender) -> int:
    """The days of the month that R1 leaves to be paid (a mask)."""
    verkets = dagar_i_verkstalligheten(verk, kalender)
    return verkets & beslutade_dagar(verk.beslut, kalender) & dagar_i_livet(person.avliden, kalender)


def bestallda_minuter(verk: Verkstallighet, person: Person, kalender: Kalender) -> Fraction | None:
    """The month's ordered minutes; None when there are none to be had."""
    per_dag = minuter_per_dag(verk, kalender.antal)
    return None if per_dag is None else per_dag * dagar(verk, person, kalender).bit_count()


def med_antagen_tid(person: Person, variant: Variant, kalender: Kalender) -> Person:
    """The person with the variant's assumed visits. Who has no ordered time keeps what is registered."""
    if variant.antagen_utford is None and variant.antagen_bomtid is None:
        return person
    verk = tuple(_verk(ett, person, variant, kalender) for ett in person.verkstalligheter)
    return replace(person, verkstalligheter=verk)


def _verk(verk: Verkstallighet, person: Person, variant: Variant, kalender: Kalender) -> Verkstallighet:
    bestallt = bestallda_minuter(verk, person, kalender)
    if bestallt is None:
        return verk
    mask = dagar(verk, person, kalender)
    besok = list(verk.besok)
    if variant.antagen_utford is not None:
        besok = [ett for ett in besok if ett.utford_start is None]
        besok += lagg_besok(floor(bestallt * variant.antagen_utford), mask, kalender, utford=True)
    if variant.antagen_bomtid is not None:
        besok = [ett for ett in besok if ett.utford_start is not None]
        besok += lagg_besok(floor(bestallt * variant.antagen_bomtid), mask, kalender, utford=False)
    return replace(verk, besok=tuple(besok))


def lagg_besok(minuter: int, mask: int, kalender: Kalender, *, utford: bool) -> Iterator[Besok]:
    """`minuter` over weekdays of `mask` (any of its days, if none is a weekday), in parts that add up."""
    alla = list(nummer(mask))
    mojliga = [nr for nr in alla if kalender.dag(nr).isoweekday() < _LORDAG] or alla
    antal = min(len(mojliga), max(_MINST, ceil(minuter / _LANGST)))
    lagda = 0
    for plats in range(antal):
        till = minuter * (plats + 1) // antal
        if till > lagda:
            nr = mojliga[plats * len(mojliga) // antal]
            start = int(datetime.combine(kalender.dag(nr), _START, STOCKHOLM).timestamp()) // 60
            yield _ett_besok(start, start + till - lagda, nr, utford=utford)
        lagda = till


def _ett_besok(start: int, slut: int, nr: int, *, utford: bool) -> Besok:
    nyckel = f"antaget-{nr:02}"
    if utford:
        return Besok(0, nyckel, None, None, start, slut, None, "")
    return Besok(0, nyckel, start, slut, None, None, None, "brukare")
