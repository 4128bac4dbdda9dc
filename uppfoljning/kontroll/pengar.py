"""What findings may be about in kronor: summed from ersättningsrader, never estimated."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import connection

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
        SELECT x ->> 0 AS besok, sum(sign(r.antal) * (x ->> 1)::numeric / 60 * r.a_pris * r.faktor) AS kronor
          FROM vems JOIN ersattning_ersattningsrad r ON r.person_id = vems.person_id AND r.avser_manad = vems.manad
         CROSS JOIN LATERAL jsonb_array_elements(r.grund) d
         CROSS JOIN LATERAL jsonb_array_elements(d -> 'besok') x
         WHERE d ? 'besok' GROUP BY 1
    )
    SELECT f.nr, round(sum(d.kronor), 2) FROM f JOIN delar d ON d.besok = f.besok GROUP BY f.nr
"""


def belopp(regel: Regel, traffar: Sequence[Traff]) -> Mapping[str, Decimal]:
    """Kronor by the finding's key; one that no row speaks of is left out."""
    if regel.pengar is Pengar.INGA or not traffar:
        return {}
    with connection.cursor() as cursor:
        if regel.pengar is Pengar.DAGAR:
            cursor.execute(_DAGAR, _dagar(traffar))
        else:
            cursor.execute(_BESOK, _besok(traffar, bara_det_senare=regel.nyckel == "besok_overlappar"))
        return {traffar[nr].nyckel: summa for nr, summa in cursor.fetchall()}


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
