"""What findings may be about in kronor: summed from ersättningsrader, never estimated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db import connection

from grund.pengar import avrunda
from uppfoljning.kontroll.typer import Pengar, Regel, Traff

# The rows of the verkställighet that meet the days; a kreditering takes back what it credits.
_DAGAR = """
    SELECT f.nr, sum(r.belopp)
      FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::date[], %s::date[]) f(nr, verk, person, fran, till)
      JOIN ersattning_ersattningsrad r ON r.person_id = f.person AND r.verkstallighet_id = f.verk
       AND daterange(r.fran, r.till) && daterange(f.fran, f.till)
     GROUP BY f.nr
"""
# A row keeps what each visit gave it: minutes by the visit's key. A kreditering has the same with its antal negated.
_BESOK = """
    WITH f AS (
        SELECT DISTINCT nr, besok FROM unnest(%s::int[], %s::text[]) f(nr, besok)
    ), vems AS (
        SELECT DISTINCT b.person_id, date_trunc('month', k.dag)::date AS manad
          FROM f JOIN utforare_besok k ON k.nyckel = f.besok
          JOIN utforare_verkstallighet v ON v.id = k.verkstallighet_id JOIN beslut_beslut b ON b.id = v.beslut_id
    ), delar AS MATERIALIZED (
        SELECT x ->> 0 AS besok, sum(sign(r.antal) * (x ->> 1)::numeric) AS minuter,
               sum(sign(r.antal) * (x ->> 1)::numeric * r.a_pris * r.faktor) AS kronor
          FROM vems JOIN ersattning_ersattningsrad r ON r.person_id = vems.person_id AND r.avser_manad = vems.manad
         CROSS JOIN LATERAL jsonb_array_elements(r.grund) d
         CROSS JOIN LATERAL jsonb_array_elements(d -> 'besok') x
         WHERE d ? 'besok' GROUP BY 1
    )
    SELECT f.nr, f.besok, d.minuter, d.kronor FROM f JOIN delar d ON d.besok = f.besok
"""


def belopp(regel: Regel, traffar: Sequence[Traff]) -> Mapping[str, Decimal]:
    """Kronor by the finding's key; one that no row speaks of is left out."""
    if regel.pengar is Pengar.INGA or not traffar:
        return {}
    with connection.cursor() as cursor:
        if regel.pengar is Pengar.DAGAR:
            cursor.execute(_DAGAR, _dagar(traffar))
            return {traffar[nr].nyckel: summa for nr, summa in cursor.fetchall()}
        cursor.execute(_BESOK, _besok(traffar, bara_det_senare=regel.pengar is Pengar.SENARE))
        gav: dict[int, dict[str, Gav]] = defaultdict(dict)
        for nr, besok, minuter, kronor in cursor.fetchall():
            gav[nr][besok] = Gav(Fraction(minuter), Fraction(kronor) / 60)
    rakna = _over if regel.pengar is Pengar.OVER else _allt
    return {traffar[nr].nyckel: avrunda(rakna(traffar[nr], per)) for nr, per in gav.items()}


class Gav(NamedTuple):
    """What a visit gave: paid minutes and exact kronor, net of what was taken back."""

    minuter: Fraction
    kronor: Fraction


def _allt(traff: Traff, gav: Mapping[str, Gav]) -> Fraction:
    del traff
    return sum((ett.kronor for ett in gav.values()), Fraction(0))


def _over(traff: Traff, gav: Mapping[str, Gav]) -> Fraction:
    """Of the visits in their order, the paid minutes that pass the ordered time."""
    kvar, svar = Fraction(traff.uppgifter["bestallt"]), Fraction(0)
    for ett in (gav[besok] for besok in traff.besok if besok in gav and gav[besok].minuter > 0):
        over = max(Fraction(0), ett.minuter - max(kvar, Fraction(0)))
        svar += ett.kronor * over / ett.minuter
        kvar -= ett.minuter
    return svar


def _dagar(traffar: Sequence[Traff]) -> list[list[int | date | None]]:
    return [
        list(range(len(traffar))),
        [ett.objekt_id for ett in traffar],
        [ett.person for ett in traffar],
        [ett.fran for ett in traffar],
        [ett.till for ett in traffar],
    ]


def _besok(traffar: Sequence[Traff], *, bara_det_senare: bool) -> list[list[int] | list[str]]:
    """Of two that overlap one is right: what the later one gave is what it is about."""
    par = [(nr, besok) for nr, ett in enumerate(traffar) for besok in (ett.besok[:1] if bara_det_senare else ett.besok)]
    return [[nr for nr, _ in par], [besok for _, besok in par]]
