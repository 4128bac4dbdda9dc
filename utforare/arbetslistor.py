"""Finds what waits: beslut that are not carried out, that ran out, and persons who do not take their support.

Set-based and bounded: each list is one query, and what a line says besides is read for the lines that are shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from beslut.models import Beslut
from beslut.regler import Insats
from beslut.tillgang import mina
from grund.models import Anvandare
from utforare.bestallningsregler import Slutstatus
from utforare.frist import Beslutslage, Frist, frist
from utforare.models import Bestallning, Drojsmal, Erbjudande, Slutanmalan, Uppehall, Verkstallighet

# An ended beslut, an avslag and the dead are left out here already; the rest of the rule is utforare.frist.frist.
# A verkställighet that is interrupted today, or was when it ended, has its avbrott on the first day of that.
# A beslut is carried out in part when all that is ordered names an amount in its own unit and the sum is less.
_EJ_VERKSTALLDA = """
    WITH urval AS (
        SELECT b.id, b.person_id, b.insats, b.utfall, b.beslutsdatum, b.fran, b.till, b.omfattning,
               b.omfattning_enhet, p.avliden
          FROM beslut_beslut b JOIN beslut_person p ON p.id = b.person_id
         WHERE b.utfall <> 'avslag' AND (b.till IS NULL OR b.till > %(idag)s) AND {vilka}
           AND (p.avliden IS NULL OR p.avliden > %(idag)s)
    ), verk AS (
        SELECT u.id, u.omfattning_enhet, v.fran, v.bestallt_antal, v.bestallt_enhet, x.fran AS uppehall,
               v.period @> %(idag)s AS pagar, v.period @> %(idag)s AND x.fran IS NULL AS utfors,
               coalesce(x.fran, CASE WHEN v.till <= %(idag)s THEN v.till END) AS slut
          FROM urval u JOIN utforare_verkstallighet v ON v.beslut_id = u.id AND v.fran <= %(idag)s
          LEFT JOIN utforare_uppehall x
            ON x.verkstallighet_id = v.id AND x.period @> least(%(idag)s, v.till - 1)
    ), utfort AS (
        SELECT id, bool_or(utfors) AS utfors, max(slut) AS slut, max(uppehall) AS uppehall,
               greatest(max(fran) FILTER (WHERE utfors), max(uppehall) FILTER (WHERE pagar)) AS senast,
               sum(bestallt_antal) FILTER (WHERE utfors) AS bestallt,
               bool_and(bestallt_enhet = omfattning_enhet) FILTER (WHERE utfors) AS jamforbart
          FROM verk GROUP BY id
    )
    SELECT u.id, u.utfall, u.beslutsdatum, u.fran, u.till, u.avliden, coalesce(x.utfors, false),
           CASE WHEN NOT x.utfors THEN x.slut END,
           CASE WHEN x.utfors AND x.jamforbart AND x.bestallt < u.omfattning THEN x.senast END,
           u.fran > %(idag)s AND EXISTS (
               SELECT FROM beslut_beslut a JOIN utforare_verkstallighet v ON v.beslut_id = a.id
                WHERE a.person_id = u.person_id AND a.insats = u.insats AND a.id <> u.id AND v.period @> %(idag)s),
           u.insats, x.uppehall IS NOT NULL AND x.uppehall = x.slut,
           EXISTS (SELECT FROM beslut_overklagande o WHERE o.domens_beslut_id = u.id)
      FROM urval u LEFT JOIN utfort x ON x.id = u.id
     WHERE NOT coalesce(x.utfors, false) OR (x.jamforbart AND x.bestallt < u.omfattning)
"""

# Where present days are not registered (R10), absence is held against all the days that are looked at.
_TAR_INTE_EMOT = """
    SELECT v.id, sum(x.uteblivna)::integer AS uteblivna, sum(x.alla)::integer AS alla, bool_or(x.besok)
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN beslut_person p ON p.id = b.person_id
      JOIN (
        SELECT verkstallighet_id, count(*) FILTER (WHERE kod = 'F') AS uteblivna,
               CASE WHEN bool_or(kod = 'N') THEN count(*) ELSE %(dagar)s END AS alla, false AS besok
          FROM utforare_narvaro WHERE datum >= %(fran)s AND datum < %(idag)s GROUP BY verkstallighet_id
        UNION ALL
        SELECT verkstallighet_id, count(*) FILTER (WHERE avbokad_av = 'brukare'), count(*), true
          FROM utforare_besok WHERE dag >= %(fran)s AND dag < %(idag)s GROUP BY verkstallighet_id
      ) x ON x.verkstallighet_id = v.id
     WHERE v.period @> %(idag)s AND (p.avliden IS NULL OR p.avliden > %(idag)s) AND {vilka}
     GROUP BY v.id
    HAVING sum(x.uteblivna) >= %(minst)s AND sum(x.uteblivna) >= %(andel)s * sum(x.alla)
     ORDER BY sum(x.uteblivna) / sum(x.alla) DESC, v.id
"""
_MINA = """b.person_id IN (
    SELECT person_id FROM beslut_tilldelning WHERE handlaggare_id = %(vem)s AND period @> %(idag)s)"""


@dataclass(frozen=True, slots=True)
class Vantande:
    """A beslut with a clock that runs. `frist.rapporteras` is false when a court has decided."""

    beslut_id: int
    frist: Frist


@dataclass(slots=True)
class Lage:
    """How far a beslut has come: its orders, offers, uppehåll, and why it takes time. Latest first."""

    bestallningar: list[Bestallning] = field(default_factory=list)
    erbjudanden: list[Erbjudande] = field(default_factory=list)
    uppehall: list[Uppehall] = field(default_factory=list)
    orsak: Drojsmal | None = None


@dataclass(frozen=True, slots=True)
class Uteblir:
    """How often somebody has not taken the support, of how often there was any: visits, or else days."""

    verkstallighet_id: int
    uteblivna: int
    alla: int
    besok: bool


def ej_verkstallda(vem: Anvandare, idag: date, *, alla: bool) -> list[Vantande]:
    """Gynnande beslut that are not carried out, or only in part; those nearest or longest past the limit first."""
    vilka, parametrar = _vilka(vem, idag, alla=alla)
    with connection.cursor() as cursor:
        cursor.execute(_EJ_VERKSTALLDA.format(vilka=vilka), parametrar)
        rader = cursor.fetchall()
    svar = [Vantande(rad[0], klocka) for rad in rader if (klocka := frist(_lage(rad), idag))]
    return sorted(svar, key=lambda ett: (ett.frist.sista, ett.beslut_id))


def _lage(rad: Sequence[Any]) -> Beslutslage:
    _, utfall, beslutsdatum, fran, till, avliden, utfors, avbrott, delvis, fortsatter, insats, uppehall, dom = rad
    return Beslutslage(
        beslutsdatum=beslutsdatum,
        fran=fran,
        till=till,
        gynnande=utfall != "avslag",
        utfors=utfors,
        avbrott=avbrott,
        delvis_fran=delvis,
        avliden=avliden,
        fortsatter=bool(fortsatter),
        dom=dom,
        i_perioder=insats == Insats.KORTTIDSVISTELSE and not uppehall,  # an interruption that is told is one
    )


def _vilka(vem: Anvandare, idag: date, *, alla: bool) -> tuple[str, dict[str, Any]]:
    """SQL for whose persons, and its parameters."""
    parametrar: dict[str, Any] = {"idag": idag, "vem": vem.pk}
    if alla:
        return "true", parametrar
    return _MINA, parametrar


def fristerna(beslut: Iterable[int] | None, idag: date) -> dict[int, Frist]:
    """The clocks of some beslut, or (None) of everybody's; those without one are left out."""
    with connection.cursor() as cursor:
        sql = _EJ_VERKSTALLDA.format(vilka="true" if beslut is None else "b.id = ANY(%(beslut)s)")
        cursor.execute(sql, {"idag": idag, "beslut": None if beslut is None else list(beslut)})
        rader = cursor.fetchall()
    return {rad[0]: klocka for rad in rader if (klocka := frist(_lage(rad), idag))}


def lagen(beslut: Iterable[int]) -> dict[int, Lage]:
    """How far each has come. Four queries."""
    svar = {pk: Lage() for pk in beslut}
    for best in Bestallning.objects.filter(beslut__in=svar).select_related("enhet__utforare").order_by("-skickad"):
        svar[best.beslut_id].bestallningar.append(best)
    for erbjudande in Erbjudande.objects.filter(beslut__in=svar).order_by("-datum", "-pk"):
        svar[erbjudande.beslut_id].erbjudanden.append(erbjudande)
    avbrutna = Uppehall.objects.filter(verkstallighet__beslut__in=svar).select_related("verkstallighet__enhet")
    for uppehall in avbrutna.order_by("-fran"):
        svar[uppehall.verkstallighet.beslut_id].uppehall.append(uppehall)
    for orsak in Drojsmal.objects.filter(beslut__in=svar).order_by("skriven", "pk"):
        svar[orsak.beslut_id].orsak = orsak
    return svar


def med_person(nycklar: Iterable[int]) -> dict[int, Beslut]:
    """The beslut by primary key, with the person."""
    return Beslut.objects.select_related("person").in_bulk(list(nycklar))


def utgangna(vem: Anvandare, idag: date, *, alla: bool) -> QuerySet[Verkstallighet]:
    """Verkställigheter that run though the beslut has run out or the person has died; the oldest first."""
    urval = utfors_utan_beslut(idag)
    if not alla:
        urval = urval.filter(beslut__person__in=mina(vem, idag))
    return urval.select_related("beslut__person", "enhet__utforare").order_by("beslut__till", "pk")


def utfors_utan_beslut(dag: date) -> QuerySet[Verkstallighet]:
    """Everybody's verkställigheter that run on the day though the beslut has run out or the person has died."""
    return Verkstallighet.objects.filter(
        Q(till__isnull=True) | Q(till__gt=dag),
        Q(beslut__till__lte=dag) | Q(beslut__person__avliden__lt=dag),
        fran__lte=dag,
    )


def slutanmalningar(vem: Anvandare, idag: date, *, alla: bool) -> QuerySet[Slutanmalan]:
    """Ends that utförare have reported and nobody has confirmed."""
    urval = Slutanmalan.objects.filter(status=Slutstatus.ANMALD)
    if not alla:
        urval = urval.filter(verkstallighet__beslut__person__in=mina(vem, idag))
    return urval.select_related("verkstallighet__beslut__person", "verkstallighet__enhet__utforare").order_by("anmald")


def tar_inte_emot(vem: Anvandare, idag: date, *, alla: bool) -> list[Uteblir]:
    """Who has stayed away from more than settings.UTEBLIVET_ANDEL lately; the most first."""
    vilka, parametrar = _vilka(vem, idag, alla=alla)
    dagar = 7 * settings.UTEBLIVET_VECKOR
    parametrar |= {
        "fran": idag - timedelta(days=dagar),
        "dagar": dagar,
        "minst": settings.UTEBLIVET_MINST,
        "andel": Decimal(settings.UTEBLIVET_PROCENT) / 100,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAR_INTE_EMOT.format(vilka=vilka), parametrar)
        return [Uteblir(*rad) for rad in cursor.fetchall()]
