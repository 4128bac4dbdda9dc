"""What is known of who has, waits for and may come to need a place. A few queries for each plan."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from beslut.models import Beslut
from uppfoljning.rapporter.volymer.plan import Antagande, Elever, Kapacitet, Ko, Nyckel, Plan, Planunderlag, gallande
from utforare.arbetslistor import fristerna
from utforare.frist import Frist
from utforare.models import Enhet, Verkstallighet

_HAR = """
    SELECT DISTINCT b.person_id FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id JOIN beslut_person p ON p.id = b.person_id
     WHERE v.period @> %(dag)s AND (p.avliden IS NULL OR p.avliden >= %(dag)s) AND {vad}
"""
_FODDA = f"""
    SELECT left(personnummer, 4)::integer, count(*) FROM beslut_person
     WHERE id IN ({_HAR.format(vad="b.insats = %(insats)s")}) GROUP BY 1
"""
_UNGA = f"""
    SELECT left(personnummer, 4)::integer, count(*) FROM beslut_person
     WHERE id IN ({_HAR.format(vad="b.insats LIKE 'LSS-%%'")})
       AND id NOT IN ({_HAR.format(vad="b.insats = %(insats)s")}) AND NOT id = ANY(%(ko)s) GROUP BY 1
"""


def planunderlagen(dag: date) -> tuple[Planunderlag, ...]:
    """Each plan's facts on `dag`, and what has been put in for it."""
    klockor = fristerna(None, dag)
    return tuple(_planunderlag(plan, dag, klockor) for plan in Plan)


def _planunderlag(plan: Plan, dag: date, klockor: Mapping[int, Frist]) -> Planunderlag:
    ko = _i_ko(plan, dag, klockor)
    parametrar = {"dag": dag, "insats": plan.value, "ko": list(ko)}
    return Planunderlag(
        plan=plan,
        dag=dag,
        fodda=dict(_rader(_FODDA, parametrar)),
        ko=tuple(sorted(ko.values(), key=lambda ett: (ett.ar, ett.fodd))),
        unga=dict(_rader(_UNGA, parametrar)),
        elever=_elever(),
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
    beslut = Beslut.objects.filter(pk__in=klockor, insats=plan.value).exclude(person__in=har)
    for pk, person, nummer in beslut.order_by("pk").values_list("pk", "person", "person__personnummer"):
        ar = klockor[pk].sista.year
        if person not in svar or ar < svar[person].ar:
            svar[person] = Ko(ar, int(nummer[:4]))
    return svar


def _platser(plan: Plan, dag: date) -> int:
    """Places at enheter where somebody has the insats. An enhet that has no number counts those who are there."""
    pagar = Verkstallighet.objects.filter(beslut__insats=plan.value, period__contains=dag)
    personer: Counter[int] = Counter()
    for enhet, _ in set(pagar.values_list("enhet", "beslut__person")):
        personer[enhet] += 1
    platser = dict(Enhet.objects.filter(pk__in=personer).values_list("pk", "platser"))
    return sum(personer[pk] if antal is None else antal for pk, antal in platser.items())


def _elever() -> tuple[Elever, ...]:
    return ()


def _kapacitet(plan: Plan) -> tuple[Kapacitet, ...]:
    return ()


def antagandena() -> dict[Nyckel, Antagande]:
    """What is assumed, as it is written today."""
    return gallande({})


def _rader(sql: str, parametrar: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametrar)
        return list(cursor.fetchall())
