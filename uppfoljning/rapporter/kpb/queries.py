"""Reads what the accounts say, what was carried out and what ersättningen came to, for a year or the first of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection

from beslut.models import Person
from ersattning.models import Korning
from ersattning.regler import Status
from grund.tid import Manad
from uppfoljning.rapporter.kpb.fordelning import Plats, Utfall, Volymer, fordela, per_plats
from uppfoljning.rapporter.kpb.regler import Gransmatt, Grund
from uppfoljning.rapporter.kpb.siffror import per_person
from uppfoljning.rapporter.kpb.underlag import Bokslut, Grans, granser
from utforare.models import Utforare

# Days from the first to the last in the period, as long as the person lives, but for those of an uppehåll.
_DYGN = """
    WITH verk AS (
        SELECT v.id, b.insats, e.utforare_id, b.person_id, greatest(v.fran, %(fran)s) AS fran,
               least(v.till, p.avliden + 1, %(till)s) AS till
          FROM utforare_verkstallighet v
          JOIN beslut_beslut b ON b.id = v.beslut_id
          JOIN beslut_person p ON p.id = b.person_id
          JOIN utforare_enhet e ON e.id = v.enhet_id
         WHERE v.period && daterange(%(fran)s, %(till)s)
    ), borta AS (
        SELECT verk.id, sum(least(u.till, verk.till) - greatest(u.fran, verk.fran)) AS dagar
          FROM utforare_uppehall u JOIN verk ON verk.id = u.verkstallighet_id
         WHERE u.fran < verk.till AND (u.till IS NULL OR u.till > verk.fran) GROUP BY 1
    )
    SELECT insats, utforare_id, person_id, sum(verk.till - verk.fran - coalesce(borta.dagar, 0))
      FROM verk LEFT JOIN borta USING (id) WHERE verk.till > verk.fran GROUP BY 1, 2, 3
"""
_DAGAR = """
    SELECT b.insats, e.utforare_id, b.person_id, sum(n.dagar)
      FROM (SELECT verkstallighet_id, count(*) AS dagar FROM utforare_narvaro
             WHERE datum >= %(fran)s AND datum < %(till)s AND kod = 'N' GROUP BY 1) n
      JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
     GROUP BY 1, 2, 3
"""
_MINUTER = """
    SELECT b.insats, e.utforare_id, b.person_id, sum(n.minuter)
      FROM (SELECT verkstallighet_id, sum(extract(epoch FROM utford_slut - utford_start)::bigint / 60) AS minuter
              FROM utforare_besok WHERE dag >= %(fran)s AND dag < %(till)s AND utford_start IS NOT NULL GROUP BY 1) n
      JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
     GROUP BY 1, 2, 3
"""
_SQL = {Grund.DYGN: _DYGN, Grund.PLATSER: _DYGN, Grund.DAGAR: _DAGAR, Grund.TIMMAR: _MINUTER}
_ERSATTNING = """
    SELECT r.insats, r.utforare_id, r.person_id, sum(r.belopp)
      FROM ersattning_ersattningsrad r JOIN ersattning_korning k ON k.id = r.korning_id
     WHERE r.avser_manad >= %(fran)s AND r.avser_manad < %(till)s AND r.person_id IS NOT NULL
       AND k.status <> %(beraknas)s AND r.typ IN ('ordinarie', 'kreditering', 'rattelse') GROUP BY 1, 2, 3
"""
_ENHETER = """
    SELECT r.insats, r.utforare_id, r.enhet_for_antal, sum(r.antal), sum(r.belopp)
      FROM ersattning_ersattningsrad r JOIN ersattning_korning k ON k.id = r.korning_id
     WHERE r.avser_manad >= %(fran)s AND r.avser_manad < %(till)s AND k.status <> %(beraknas)s
       AND r.typ = 'ordinarie' GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Ersattning:
    """What ersättningen came to in the months that are run. `enheter`: antal and kronor by insats, utförare, unit."""

    manader: tuple[Manad, ...]
    per_plats: Mapping[Plats, Decimal]
    enheter: Mapping[tuple[str, int, str], tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Period:
    """The accounts of a year, spread."""

    bokslut: Bokslut
    volymer: Volymer
    utfall: tuple[Utfall, ...]

    @cached_property
    def platser(self) -> Mapping[Plats, Decimal]:
        """What is spread, by insats, utförare and person."""
        return per_plats(self.utfall)

    @cached_property
    def personer(self) -> Mapping[int, Decimal]:
        """What each person cost."""
        return per_person(self.platser)


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `fore`: the accounts before these, when there are any. `nummer`: personnummer, for
    age and sex."""

    period: Period
    fore: Period | None
    ersattning: Ersattning
    granser: tuple[Grans, ...]
    utforare: Mapping[int, Utforare]
    nummer: Mapping[int, str]


def hamta(ar: int, alla: Mapping[int, Bokslut]) -> Underlag:
    """The year that is asked for, of all the accounts that there are."""
    utforare = Utforare.objects.in_bulk()
    fore = max((ett for ett in alla if ett < ar), default=None)
    detta, gransen = alla[ar], granser()
    aven = {Grund(grans.matt.value) for grans in gransen if grans.matt is not Gransmatt.KRONOR}
    period = _period(detta, utforare, aven)

    return Underlag(
        period=period,
        fore=_period(alla[fore], utforare) if fore is not None else None,
        ersattning=_ersattning(detta),
        granser=gransen,
        utforare=utforare,
        nummer=dict(Person.objects.filter(pk__in=period.personer).values_list("pk", "personnummer")),
    )


def _period(bokslutet: Bokslut, utforare: Mapping[int, Utforare], aven: Iterable[Grund] = ()) -> Period:
    behovs = {*aven, *(post.grund for post in bokslutet.poster)}
    volymer = las_volymer(behovs, bokslutet.fran, bokslutet.till)
    regier = {pk: ett.regi for pk, ett in utforare.items()}
    return Period(bokslutet, volymer, tuple(fordela(bokslutet.poster, volymer, regier)))


def las_volymer(behovs: Collection[Grund], fran: date, till: date) -> dict[Grund, dict[Plats, int]]:
    """What was carried out in [fran, till), of these kinds."""
    return {
        grund: {Plats(*rad[:3]): int(rad[3]) for rad in _rader(sql, {"fran": fran, "till": till})}
        for grund, sql in _SQL.items()
        if grund in behovs
    }


def _ersattning(bokslutet: Bokslut) -> Ersattning:
    falt = {"fran": bokslutet.fran, "till": bokslutet.till, "beraknas": Status.BERAKNAS}
    korda = Korning.objects.filter(manad__gte=bokslutet.fran, manad__lt=bokslutet.till).exclude(status=Status.BERAKNAS)
    per_plats: dict[Plats, Decimal] = defaultdict(Decimal)
    for *plats, belopp in _rader(_ERSATTNING, falt):
        per_plats[Plats(*plats)] = belopp
    return Ersattning(
        manader=tuple(Manad.av(dag) for dag in korda.order_by("manad").values_list("manad", flat=True)),
        per_plats=per_plats,
        enheter={(rad[0], rad[1], rad[2]): (rad[3], rad[4]) for rad in _rader(_ENHETER, falt)},
    )


def _rader(sql: str, parametrar: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametrar)
        return list(cursor.fetchall())
