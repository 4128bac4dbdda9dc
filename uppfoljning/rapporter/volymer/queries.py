"""Reads who has what, why it costs more or less, and what the plans rest on. A few queries, whatever their size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from ersattning.models import Korning, Manadssumma
from ersattning.prognos.queries import klara
from ersattning.prognos.resultat import Resultat
from ersattning.prognos.resultat import hamta as hamta_prognos
from ersattning.summering import jamfor, manaden_fore
from grund.strom import strom
from grund.tid import Manad
from uppfoljning.rapporter.volymer.plan import Antagande, Nyckel, Planunderlag
from uppfoljning.rapporter.volymer.planfakta import antagandena, planunderlagen
from uppfoljning.rapporter.volymer.rorelse import Lage, Manadspunkt, Tid, pa_dagen, trend
from uppfoljning.rapporter.volymer.tider import SLUT, pagar
from utforare.models import Utforare

_MANADER = 13  # of the trend: with the same month a year before
_TIDER = f"""
    SELECT b.person_id, b.insats, e.utforare_id, v.fran, {SLUT}
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN beslut_person p ON p.id = b.person_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
     WHERE v.fran <= %(sist)s AND coalesce({SLUT}, 'infinity') > %(forst)s
       AND (%(insats)s = '' OR b.insats = %(insats)s)
     ORDER BY b.person_id
"""
_ENSKILDA = f"""
    SELECT v.id, v.nyckel, b.person_id, e.utforare_id, u.namn, e.namn, v.fran, least(v.till, p.avliden + 1)
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN beslut_person p ON p.id = b.person_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
      JOIN utforare_utforare u ON u.id = e.utforare_id
     WHERE b.insats = %(insats)s AND (({pagar("dag")}) OR ({pagar("mot")}))
     ORDER BY v.nyckel
"""


@dataclass(frozen=True, slots=True)
class Urval:
    """What the report is of. `insats` empty = all. The months None: nothing is run, or nothing to compare with."""

    dag: date
    mot: date
    insats: str = ""
    manad: Manad | None = None
    motmanad: Manad | None = None


@dataclass(frozen=True, slots=True)
class Verk:
    """A verkställighet of the insats that is looked at. `till` exclusive."""

    pk: int
    nyckel: str
    person: int
    utforare: int
    utforarens_namn: str
    enhet: str
    fran: date
    till: date | None


@dataclass(frozen=True, slots=True)
class Kostnad:
    """Two months, and why one differs from the other: all, by insats and by utförare (utförare None, or insats '')."""

    manad: Manad
    mot: Manad
    summor: tuple[Manadssumma, ...]


@dataclass(frozen=True)
class Underlag:
    """What the report is made of. `da` and `nu`: who had what on the day that it is compared with, and on the day.

    `manader`: the trend.
    """

    urval: Urval
    idag: date
    da: Lage
    nu: Lage
    manader: tuple[Manadspunkt, ...]
    utforare: Mapping[int, Utforare]
    enskilda: tuple[Verk, ...]
    kostnad: Kostnad | None
    prognos: Resultat | None
    planer: tuple[Planunderlag, ...]
    antaganden: Mapping[Nyckel, Antagande]


def hamta(urval: Urval, idag: date, *, offentlig: bool) -> Underlag:
    """All of it; for the public only what it is told of."""
    plandag = Manad.av(idag).fran if offentlig else idag  # two days of a month cannot be compared
    insats = "" if offentlig else urval.insats
    return Underlag(
        urval=urval,
        idag=plandag,
        da=pa_dagen(_tider(urval.mot, urval.mot, insats), urval.mot),
        nu=pa_dagen(_tider(urval.dag, urval.dag, insats), urval.dag),
        manader=() if offentlig else _trend(urval),
        utforare=Utforare.objects.in_bulk(),
        enskilda=() if offentlig or not urval.insats else _enskilda(urval),
        kostnad=None if offentlig else _kostnad(urval),
        prognos=None if offentlig else _prognos(),
        planer=planunderlagen(plandag),
        antaganden=antagandena(),
    )


def _trend(urval: Urval) -> tuple[Manadspunkt, ...]:
    dagar = [Manad.av(urval.dag).plus(steg).fran for steg in range(1 - _MANADER, 1)]
    return tuple(trend(_tider(dagar[0], dagar[-1], urval.insats), dagar))


def _tider(forst: date, sist: date, insats: str) -> Iterator[Tid]:
    """Those that were there on any of the days, a person's together. Never all in memory."""
    return map(Tid._make, strom(_TIDER, {"forst": forst, "sist": sist, "insats": insats}))


def _rader(sql: str, parametrar: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametrar)
        return list(cursor.fetchall())


def _enskilda(urval: Urval) -> tuple[Verk, ...]:
    parametrar = {"insats": urval.insats, "dag": urval.dag, "mot": urval.mot}
    return tuple(Verk(*rad) for rad in _rader(_ENSKILDA, parametrar))


def _kostnad(urval: Urval) -> Kostnad | None:
    if urval.manad is None or urval.motmanad is None:
        return None
    korningar = {Manad.av(ett.manad): ett for ett in _korningar(urval.manad, urval.motmanad)}
    nu, fore = korningar[urval.manad], korningar[urval.motmanad]
    stalld_mot = manaden_fore(nu) == fore  # then it is stored, as the month's own page tells it
    summor = Manadssumma.objects.filter(korning=nu) if stalld_mot else jamfor(nu, fore)
    return Kostnad(urval.manad, urval.motmanad, tuple(summor))


def _korningar(*manader: Manad) -> Sequence[Korning]:
    return list(Korning.objects.filter(manad__in=[manad.fran for manad in manader]))


def _prognos() -> Resultat | None:
    """The latest one, as its own page tells it."""
    senaste = klara().first()
    return hamta_prognos(senaste) if senaste else None
