"""Reads what is to be followed up and reconsidered on a day, and how often it has been done. A few queries in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from beslut.models import Tilldelning
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import FOLJS_UPP_INOM, KOMMANDE, Punkt, ett_ar_fore
from utforare.arbetslistor import utfors_utan_beslut

# Beslut that give something on the day, as they were then: decided, in force, and of somebody who lives.
# `senast` is the day by which it was to be followed up, as it stood on the day. A follow-up that has been made since
# has put another day in its place, so then it is what the follow-up before said, or before the first one what the trail
# says. An empty day means twelve months (docs/datapaket.md).
_ATT_FOLJA_UPP = """
    WITH gallande AS (
        SELECT b.id, b.nyckel, b.person_id, b.insats, b.uppfoljning, b.beslutsdatum
          FROM beslut_beslut b JOIN beslut_person p ON p.id = b.person_id
         WHERE b.utfall <> 'avslag' AND b.beslutsdatum <= %(dag)s AND b.fran <= %(dag)s
           AND (b.till IS NULL OR b.till > %(dag)s) AND (p.avliden IS NULL OR p.avliden > %(dag)s)
    ), foljda AS (
        SELECT beslut_id, max(dag) FILTER (WHERE dag <= %(dag)s) AS dag, bool_or(dag > %(dag)s) AS senare,
               (array_agg(nasta ORDER BY dag DESC, id DESC) FILTER (WHERE dag <= %(dag)s))[1] AS nasta
          FROM beslut_uppfoljning GROUP BY beslut_id
    ), spar AS (
        SELECT DISTINCT ON (a.nyckel) a.nyckel, (a.gammalt->>'uppfoljning')::date AS uppfoljning
          FROM grund_handelse h JOIN grund_andring a ON a.handelse_id = h.id
         WHERE h.handling = 'satt_uppfoljning' AND a.fil = 'beslut' AND a.nyckel <> ''
         ORDER BY a.nyckel, a.id
    ), alla AS (
        SELECT g.id, g.nyckel, g.person_id, g.insats, f.dag,
               coalesce(CASE WHEN f.senare IS NOT TRUE THEN g.uppfoljning
                             WHEN f.dag IS NOT NULL THEN f.nasta ELSE s.uppfoljning END,
                        (coalesce(f.dag, g.beslutsdatum) + interval '12 months')::date) AS senast
          FROM gallande g LEFT JOIN foljda f ON f.beslut_id = g.id LEFT JOIN spar s ON s.nyckel = g.nyckel
    )
    SELECT id, nyckel, person_id, insats, senast, dag FROM alla WHERE senast <= %(hogst)s ORDER BY senast, nyckel
"""

# Time-limited beslut that end soon, where no other on the insats that had been decided by the day holds longer, and
# that nothing had been decided on again: an avslag is an answer too.
_ATT_OMPROVA = """
    SELECT b.id, b.nyckel, b.person_id, b.insats, b.till, o.id, o.nummer
      FROM beslut_beslut b JOIN beslut_person p ON p.id = b.person_id
      LEFT JOIN LATERAL (
        SELECT a.id, a.nummer FROM beslut_arende a
         WHERE a.omprovar_id = b.id AND (a.oppnat AT TIME ZONE 'Europe/Stockholm')::date <= %(dag)s
           AND (a.avslutat IS NULL OR a.avslutat > %(dag)s)
           AND NOT EXISTS (SELECT FROM beslut_forslag f JOIN beslut_beslut n ON n.id = f.beslut_id
                            WHERE f.arende_id = a.id AND n.beslutsdatum <= %(dag)s)
         ORDER BY a.id LIMIT 1) o ON true
     WHERE b.utfall <> 'avslag' AND b.beslutsdatum <= %(dag)s AND b.till > %(dag)s AND b.till <= %(hogst)s
       AND (p.avliden IS NULL OR p.avliden > %(dag)s)
       AND NOT EXISTS (
           SELECT FROM beslut_beslut a
            WHERE a.person_id = b.person_id AND a.insats = b.insats AND a.utfall <> 'avslag'
              AND a.beslutsdatum <= %(dag)s AND (a.till IS NULL OR a.till > b.till))
       AND NOT EXISTS (
           SELECT FROM beslut_arende a JOIN beslut_forslag f ON f.arende_id = a.id
             JOIN beslut_beslut n ON n.id = f.beslut_id
            WHERE a.omprovar_id = b.id AND n.beslutsdatum <= %(dag)s)
     ORDER BY b.till, b.nyckel
"""

# Of the beslut that had been in force for a year on each day, those followed up within the year before it. Persons are
# counted on both sides, so that what few make up can be left out in public. `fore`: the last day a year before.
_GRAD = """
    WITH dagar AS (
        SELECT * FROM unnest(%(dagar)s::date[], %(fore)s::date[]) d(dag, fore)
    ), foljda AS MATERIALIZED (
        SELECT DISTINCT u.beslut_id, d.dag
          FROM dagar d JOIN beslut_uppfoljning u ON u.dag <= d.dag AND u.dag > d.fore
    ), gallde AS MATERIALIZED (
        SELECT d.dag, b.id, b.person_id, {insats} AS insats
          FROM beslut_beslut b JOIN beslut_person p ON p.id = b.person_id
          JOIN dagar d ON b.fran <= d.fore AND (b.till IS NULL OR b.till > d.dag)
                      AND b.beslutsdatum <= d.dag AND (p.avliden IS NULL OR p.avliden > d.dag)
         WHERE b.utfall <> 'avslag'
    )
    SELECT dag, insats, sum(alla)::integer, sum(foljda)::integer,
           count(*) FILTER (WHERE foljda > 0), count(*) FILTER (WHERE foljda < alla)
      FROM (SELECT g.dag, g.insats, g.person_id, count(*) AS alla, count(f.dag) AS foljda
              FROM gallde g LEFT JOIN foljda f ON f.beslut_id = g.id AND f.dag = g.dag
             GROUP BY 1, 2, 3) personer
     GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class AttFoljaUpp:
    """A beslut to follow up by `senast`. `forra`: when it was followed up last."""

    beslut: int
    nyckel: str
    person: int
    insats: str
    senast: date
    forra: date | None


@dataclass(frozen=True, slots=True)
class AttOmprova:
    """A beslut that ends at `till` (exclusive) without another. `arende`, `nummer`: the omprövning that is begun."""

    beslut: int
    nyckel: str
    person: int
    insats: str
    till: date
    arende: int | None
    nummer: str | None


@dataclass(frozen=True, slots=True)
class UtanBeslut:
    """A beslut that no longer holds, since `slut` (the first day without), but is carried out at `enheter`."""

    beslut: int
    nyckel: str
    person: int
    insats: str
    slut: date
    avliden: bool
    enheter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grad:
    """How many of `alla` beslut had been followed up, and how many persons are on each side."""

    alla: int
    foljda: int
    personer_foljda: int
    personer_ej: int


INGA = Grad(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `handlaggare`: the names of those who have each person on the day."""

    dag: date
    att_folja_upp: tuple[AttFoljaUpp, ...]
    att_omprova: tuple[AttOmprova, ...]
    utan_beslut: tuple[UtanBeslut, ...]
    grad_per_insats: dict[str, Grad]
    trend: tuple[tuple[Punkt, Grad], ...]
    handlaggare: dict[int, tuple[str, ...]]


def hamta(dag: date, punkter: Sequence[Punkt]) -> Underlag:
    """The day as it was, told from what is registered today. `punkter`: the days of the trend, `dag` last."""
    uppfoljas = tuple(AttFoljaUpp(*rad) for rad in _rader(_ATT_FOLJA_UPP, dag=dag, hogst=dag + FOLJS_UPP_INOM))
    omprovas = tuple(AttOmprova(*rad) for rad in _rader(_ATT_OMPROVA, dag=dag, hogst=dag + KOMMANDE))
    utan = _utan_beslut(dag)
    personer = {*(a.person for a in uppfoljas), *(b.person for b in omprovas), *(c.person for c in utan)}
    grader = {rad[0]: Grad(*rad[2:]) for rad in _grad("''", [ett.dag for ett in punkter])}
    return Underlag(
        dag,
        uppfoljas,
        omprovas,
        utan,
        {rad[1]: Grad(*rad[2:]) for rad in _grad("b.insats", [dag])},
        tuple((ett, grader.get(ett.dag, INGA)) for ett in punkter),
        _handlaggare(personer, dag),
    )


def _rader(sql: str, **parametrar: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametrar)
        return list(cursor.fetchall())


def _grad(insats: str, dagar: list[date]) -> list[tuple[Any, ...]]:
    """Day, insats and the numbers of a `Grad`. `insats`: SQL for what they are divided by."""
    return _rader(_GRAD.format(insats=insats), dagar=dagar, fore=[ett_ar_fore(dag) for dag in dagar])


def _utan_beslut(dag: date) -> tuple[UtanBeslut, ...]:
    falt = ("enhet__namn", "beslut__nyckel", "beslut__person", "beslut__insats", "beslut__till")
    enheter: dict[int, list[str]] = defaultdict(list)
    fakta = {}
    for pk, enhet, *resten, avliden in utfors_utan_beslut(dag).values_list("beslut", *falt, "beslut__person__avliden"):
        enheter[pk].append(enhet)
        fakta[pk] = (*resten, avliden)
    svar = [_ett_utan(pk, ett, enheter[pk], dag) for pk, ett in fakta.items()]
    return tuple(sorted(svar, key=lambda ett: (ett.slut, ett.nyckel)))


def _ett_utan(
    pk: int, fakta: tuple[str, int, str, date | None, date | None], enheter: list[str], dag: date
) -> UtanBeslut:
    """The beslut's end or the death, whichever came first."""
    nyckel, person, insats, till, avliden = fakta
    dod = avliden is not None and avliden < dag and (till is None or avliden < till)
    slut = avliden if dod and avliden else till
    assert slut  # noqa: S101  utfors_utan_beslut has seen to it
    return UtanBeslut(pk, nyckel, person, insats, slut, dod, tuple(sorted(set(enheter))))


def _handlaggare(personer: Iterable[int], dag: date) -> dict[int, tuple[str, ...]]:
    """The names of each person's handläggare on the day. One query."""
    svar: dict[int, list[str]] = defaultdict(list)
    rader = Tilldelning.objects.filter(person__in=list(personer), period__contains=dag)
    falt = ("person", "handlaggare__first_name", "handlaggare__last_name", "handlaggare__username")
    for person, fornamn, efternamn, namn in rader.order_by("handlaggare").values_list(*falt):
        svar[person].append(f"{fornamn} {efternamn}".strip() or namn)
    return {person: tuple(namnen) for person, namnen in svar.items()}
