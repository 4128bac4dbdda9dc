"""What is known of who has, waits for and may come to need a place. A few queries for each plan."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection

from beslut.models import Beslut
from uppfoljning.models import Planantagande, Planeradkapacitet, Skolelever
from uppfoljning.rapporter.volymer.plan import Antagande, Elever, Kapacitet, Ko, Nyckel, Plan, Planunderlag, som_galler
from uppfoljning.rapporter.volymer.tider import pagar
from uppfoljning.uppgifter.queries import gallande
from utforare.arbetslistor import fristerna
from utforare.frist import Frist
from utforare.models import Verkstallighet

_HAR = f"""
    SELECT DISTINCT b.person_id FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id JOIN beslut_person p ON p.id = b.person_id
     WHERE {pagar("dag")} AND {{vad}}
"""
_FODDA = f"""
    SELECT left(personnummer, 4)::integer, count(*) FROM beslut_person
     WHERE gallrad IS NULL AND id IN ({_HAR.format(vad="b.insats = %(insats)s")}) GROUP BY 1
"""
_PLATSER = f"""
    SELECT e.id, e.platser, count(DISTINCT b.person_id) FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id JOIN beslut_person p ON p.id = b.person_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
     WHERE {pagar("dag")} AND b.insats = %(insats)s
     GROUP BY 1, 2
"""
_UNGA = f"""
    SELECT left(personnummer, 4)::integer, count(*) FROM beslut_person
     WHERE gallrad IS NULL AND id IN ({_HAR.format(vad="b.insats LIKE 'LSS-%%'")})
       AND id NOT IN ({_HAR.format(vad="b.insats = %(insats)s")}) AND NOT id = ANY(%(ko)s) GROUP BY 1
"""


def planunderlagen(dag: date) -> tuple[Planunderlag, ...]:
    """Each plan's facts on `dag`, and what has been put in for it."""
    klockor, elever = fristerna(None, dag), _elever()
    return tuple(_planunderlag(plan, dag, klockor, elever) for plan in Plan)


def _planunderlag(plan: Plan, dag: date, klockor: Mapping[int, Frist], elever: tuple[Elever, ...]) -> Planunderlag:
    ko = _i_ko(plan, dag, klockor)
    parametrar = _falt(plan, dag) | {"ko": list(ko)}
    return Planunderlag(
        plan=plan,
        dag=dag,
        fodda=dict(_rader(_FODDA, parametrar)),
        ko=tuple(sorted(ko.values(), key=lambda ett: (ett.ar, ett.fodd))),
        unga=dict(_rader(_UNGA, parametrar)),
        elever=elever,
        platser=_platser(plan, dag),
        kapacitet=_kapacitet(plan),
    )


def _i_ko(plan: Plan, dag: date, klockor: Mapping[int, Frist]) -> dict[int, Ko]:
    """Persons with a beslut on it that is not carried out, and who do not have it by another. By person."""
    har = set(
        Verkstallighet.objects.filter(beslut__insats=plan.value, period__contains=dag).values_list(
            "beslut__person", flat=True
        )
    )
    svar: dict[int, Ko] = {}
    beslut = Beslut.objects.filter(pk__in=klockor, insats=plan.value, person__gallrad=None).exclude(person__in=har)
    for pk, person, nummer in beslut.order_by("pk").values_list("pk", "person", "person__personnummer"):
        ar = klockor[pk].sista.year
        if person not in svar or ar < svar[person].ar:
            svar[person] = Ko(ar, int(nummer[:4]))
    return svar


def _platser(plan: Plan, dag: date) -> dict[int, int]:
    """Places at the enheter where somebody has the insats. An enhet that has no number counts those who are there."""
    return {
        pk: personer if platser is None else platser for pk, platser, personer in _rader(_PLATSER, _falt(plan, dag))
    }


def _falt(plan: Plan, dag: date) -> dict[str, Any]:
    return {"insats": plan.value, "dag": dag}


def _elever() -> tuple[Elever, ...]:
    rader = Skolelever.objects.filter(fil=gallande("elever")).order_by("ar", "skola")
    return tuple(Elever(*rad) for rad in rader.values_list("ar", "skola", "antal", "har_insats"))


def _kapacitet(plan: Plan) -> tuple[Kapacitet, ...]:
    rader = Planeradkapacitet.objects.filter(fil=gallande("planerade-platser"), insats=plan.value)
    return tuple(Kapacitet(*rad) for rad in rader.order_by("ar", "rad").values_list("ar", "enhet", "namn", "platser"))


def antagandena() -> dict[Nyckel, Antagande]:
    """What is assumed, as it is written today."""
    fil = gallande("antaganden")
    if fil is None:
        return som_galler({})
    rader = Planantagande.objects.filter(fil=fil).values_list("antagande", "varde", "motiv")
    return som_galler({nyckel: (Fraction(varde), motiv or fil.kalla) for nyckel, varde, motiv in rader})


def _rader(sql: str, parametrar: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametrar)
        return list(cursor.fetchall())
