"""The removal itself: a person's rows, table by table, children first. Called in a transaction that holds the person.

The database refuses to remove or change most of this (ADR 0004, 0009). Its guards are lifted here alone, for one table
at a time and by name; those of settled months are never among them (a test of the table says so).
"""

import secrets
from collections import Counter
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Case, CharField, F, Field, ForeignObjectRel, JSONField, Model, Q, QuerySet, Value, When

from beslut.lasningslogg import LASNINGAR
from beslut.models import Arende, Nivaarende, Person
from beslut.personnummer import GALLRAT_NUMMER
from ersattning.models import Avvikelse, Bonusutfall, Ersattningsrad, Justering
from grund.kedja.gallring import anteckna_gallrade
from grund.kedja.loggar import GALLRAT, HANDELSER
from grund.models import Andring, Handelse
from uppfoljning.gallring.hos_utforare import HOS_PRIVAT, rader_hos
from uppfoljning.gallring.tabell import FOR, OM_PERSON
from uppfoljning.gallring.tabell_akt import PERSON
from uppfoljning.gallring.typer import Atgard, Modellrad
from uppfoljning.gallring.urval import modell, rader_om
from utforare.models import Verkstallighet

_EGNA = ("beslut.Person", "grund.Andring")  # removed in ways of their own
Urval = QuerySet[Model]


@dataclass(frozen=True, slots=True)
class Borttaget:
    """What a removal came to: rows removed and emptied by table, and files (setting of the folder, path) to remove."""

    borta: dict[str, int]
    tomda: dict[str, int]
    filer: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kvar:
    """What settled months rest on, and so stays without free text for as long as they do."""

    verkstalligheter: frozenset[int]
    beslut: frozenset[int]
    insatser: frozenset[str]
    bonus: bool

    def villkor(self, rad: Modellrad) -> Q:
        """Which rows of a line that is `underlag` stay."""
        verk = Q(verkstallighet__in=self.verkstalligheter)
        return {
            "beslut.Beslut": Q(pk__in=self.beslut),
            "utforare.Verkstallighet": Q(pk__in=self.verkstalligheter),
            "utforare.Narvaro": verk,
            "utforare.Besok": verk,
            "beslut.Nivabedomning": Q(insats__in=self.insatser),
            "utforare.Avtal": Q(insats__in=self.insatser),
            "ersattning.Anstallning": Q() if self.bonus else Q(pk__in=[]),
        }[rad.modell]


def las_kvar(person: int) -> Kvar:
    """What bookkeeping needs of the person's facts. Six queries."""
    rader = Ersattningsrad.objects.filter(person=person)
    verk = set(rader.values_list("verkstallighet", flat=True).distinct())
    verk |= set(Avvikelse.objects.filter(person=person).values_list("verkstallighet", flat=True).distinct())
    verk |= set(Justering.objects.filter(person=person).values_list("verkstallighet", flat=True))
    ider = frozenset(pk for pk in verk if pk is not None)
    beslut = set(rader.values_list("beslut", flat=True).distinct())
    beslut |= set(Justering.objects.filter(person=person).values_list("beslut", flat=True))
    beslut |= set(Verkstallighet.objects.filter(pk__in=ider).values_list("beslut", flat=True))
    return Kvar(
        ider,
        frozenset(pk for pk in beslut if pk is not None),
        frozenset(rader.values_list("insats", flat=True).distinct()),
        Bonusutfall.objects.filter(person=person).exists(),
    )


@cache
def ordning() -> tuple[Modellrad, ...]:
    """The persons' tables, with those that point at others before what they point at."""
    tabeller = [ett for ett in OM_PERSON if ett.modell not in _EGNA]
    kvar: TopologicalSorter[str] = TopologicalSorter({ett.modell: set() for ett in tabeller})
    for rad in tabeller:
        for falt in modell(rad)._meta.concrete_fields:
            till = falt.related_model._meta.label if isinstance(falt.related_model, type) else ""
            if till in FOR and FOR[till] in tabeller and till != rad.modell:
                kvar.add(till, rad.modell)
    return tuple(FOR[namn] for namn in kvar.static_order())


def ta_bort(person: int, *, idag: date, handelse: Handelse) -> Borttaget:
    """Remove the person's akt; `handelse` tells of it. The number of queries does not depend on how much there is."""
    borta: Counter[str] = Counter()
    tomda: Counter[str] = Counter()
    kvar = las_kvar(person)
    _anteckna_i_kedjan(person, handelse)
    tomda["grund.Handelse"] += _tom_handelser(person, handelse)
    filer: list[tuple[str, str]] = []
    # First what is found by the keys of others, then the others.
    for rad in sorted(ordning(), key=lambda ett: ett.lank is None):
        rader = rader_om(rad, [person])
        if rad.atgard == Atgard.TA_BORT:
            bort = rader.exclude(kvar.villkor(rad)) if rad.underlag else rader
            filer += _filer(rad, bort)
            borta[rad.modell] += _radera(rad, bort)
        if rad.fritext and (rad.underlag or rad.atgard == Atgard.AVIDENTIFIERA):
            tomda[rad.modell] += _tom(rad, rader)
    tomda["grund.Andring"] += _tom_andringar(person)
    (tomda if _avidentifiera(person, idag) else borta)["beslut.Person"] += 1
    return Borttaget(dict(+borta), dict(+tomda), filer)


def ta_bort_hos_utforare(verk: Collection[int]) -> Borttaget:
    """Remove what private utförare have written for their own work of the verkställigheter, and nothing else."""
    borta: Counter[str] = Counter()
    tomda: Counter[str] = Counter()
    for rad in HOS_PRIVAT:
        rader = rader_hos(rad, verk)
        if rad.hos_privat == Atgard.TA_BORT:
            borta[rad.modell] += _radera(rad, rader)
        else:
            tomda[rad.modell] += _tom(rad, rader)
    return Borttaget(dict(+borta), dict(+tomda), [])


def _anteckna_i_kedjan(person: int, handelse: Handelse) -> None:
    """Looks are sealed in a chain: before a reason is emptied its sum is kept, so that the chain still counts."""
    rader = rader_om(FOR["beslut.Lasning"], [person]).exclude(motiv="").values_list("pk", flat=True)
    anteckna_gallrade(logg=LASNINGAR, rader=list(rader), handelse=handelse)


def _tom_handelser(person: int, handelse: Handelse) -> int:
    """Events say what was done with which thing; a few keep why, in free text. That goes, its sum stays (ADR 0041)."""
    saker = [f"arende:{nummer}" for nummer in Arende.objects.filter(person=person).values_list("nummer", flat=True)]
    saker += [f"nivaarende:{pk}" for pk in Nivaarende.objects.filter(person=person).values_list("pk", flat=True)]
    vems = Q(objekt__in=saker) | Q(data__person=Person.objects.values_list("nyckel", flat=True).get(pk=person))
    rader = list(Handelse.objects.filter(vems, data__has_key="skal").values_list("pk", flat=True))
    anteckna_gallrade(logg=HANDELSER, rader=rader, handelse=handelse)
    with _utan_vakter(FOR["grund.Handelse"]), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE grund_handelse SET data = data || jsonb_build_object('skal', %s::text) WHERE id = ANY(%s)",
            [GALLRAT, rader],
        )
        return int(cursor.rowcount)


def _utan_vakter(rad: Modellrad) -> AbstractContextManager[None]:
    if not rad.vakter:
        return nullcontext()
    return pgtrigger.ignore(*(f"{rad.modell}:{namn}" for namn in rad.vakter))


def _filer(rad: Modellrad, rader: Urval) -> list[tuple[str, str]]:
    if rad.fil is None:
        return []
    stigar = rader.exclude(**{rad.fil.falt: ""}).values_list(rad.fil.falt, flat=True)
    return [(rad.fil.rot, stig) for stig in stigar]


def _radera(rad: Modellrad, rader: Urval) -> int:
    """Delete as one statement: Django's own would read the rows and follow them to others, who have had their turn."""
    egna = modell(rad)._base_manager.filter(pk__in=rader.order_by().values("pk"))
    with _utan_vakter(rad):
        return egna._raw_delete(egna.db)


def _tom(rad: Modellrad, rader: Urval) -> int:
    """Empty the free texts of what stays. A text that must not be empty says that it is gone."""
    falt = [modell(rad)._meta.get_field(namn) for namn in rad.fritext]
    har = Q()
    for ett in falt:
        har |= ~Q(**{ett.name: _tomt(ett)})
    egna = modell(rad)._base_manager.filter(har, pk__in=rader.order_by().values("pk"))
    with _utan_vakter(rad):
        return egna.update(**{ett.name: _utan_text(ett) for ett in falt})


def _tomt(falt: "Field[Any, Any] | ForeignObjectRel") -> Any:
    if isinstance(falt, ArrayField):
        return []
    return {} if isinstance(falt, JSONField) else ""


def _utan_text(falt: "Field[Any, Any] | ForeignObjectRel") -> Any:
    if isinstance(falt, ArrayField | JSONField):
        return _tomt(falt)
    return Case(When(**{falt.name: ""}, then=F(falt.name)), default=Value(GALLRAT), output_field=CharField())


_ANDRINGAR = """
UPDATE grund_andring a
   SET gammalt = CASE WHEN a.fil = 'personer' THEN NULL ELSE (
           SELECT jsonb_object_agg(e.k, CASE WHEN e.k = ANY(%s) AND e.v NOT IN ('null', '""')
                                             THEN to_jsonb(%s::text) ELSE e.v END)
             FROM jsonb_each(a.gammalt) e(k, v)) END,
       nyckel = CASE WHEN a.fil = 'personer' THEN '' ELSE a.nyckel END
 WHERE a.slag = %s AND a.objekt_id = %s
   AND (a.fil = 'personer' AND (a.gammalt IS NOT NULL OR a.nyckel <> '') OR a.gammalt ?| %s)
"""


def _tom_andringar(person: int) -> int:
    """Old values of the person's own details go; of other rows their free texts. What they were by number explains
    corrections of settled months."""
    texter = sorted({falt for rad in OM_PERSON if rad.underlag for falt in rad.fritext})
    varden: list[Any] = [texter, GALLRAT, Andring.Slag.PERSON.value, person, texter]
    with _utan_vakter(FOR["grund.Andring"]), connection.cursor() as cursor:
        cursor.execute(_ANDRINGAR, varden)
        return int(cursor.rowcount)


def _avidentifiera(person: int, idag: date) -> bool:
    """Nothing that tells who it was: the key is drawn at random, and cannot be counted from what it replaces. False:
    nothing pointed at the person, who is gone altogether."""
    egen = Person.objects.filter(pk=person)
    if not any(_pekar(rad, person) for rad in ordning()):
        with _utan_vakter(PERSON):
            egen._raw_delete(egen.db)
        return False
    egen.update(
        nyckel=f"gallrad-{secrets.token_hex(12)}",
        personnummer=GALLRAT_NUMMER,
        fornamn="",
        efternamn="",
        personkrets=None,
        skyddad=False,
        avliden=None,
        gallrad=idag,
    )
    return True


def _pekar(rad: Modellrad, person: int) -> bool:
    return bool(rad.vag) and rader_om(rad, [person]).exists()
