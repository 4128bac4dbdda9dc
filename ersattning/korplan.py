"""What a körning has to calculate: whose month, and which settled months' persons have a changed underlag (R40).

Set-based and by content: the import logs only rows that really differ (grund.Andring), and here those logged after
each settled month was last calculated are traced to the persons whose days they touch. Untouched months cost nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from ersattning.models import Korning
from ersattning.regler import FAST
from ersattning.underlag import horisont
from grund.models import ANDRINGSLAS
from grund.tid import Manad


@dataclass(frozen=True, slots=True)
class Plandel:
    """Persons whose `avser` is calculated by one task."""

    avser: Manad
    personer: tuple[int, ...]


def sista_andring() -> int:
    """The number of the last Andring; no change with a lower number will come. Waits for an import that is under way.

    Must stand in a short transaction of its own: it holds off writers until it ends.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ANDRINGSLAS])
        cursor.execute("SELECT coalesce(max(id), 0) FROM grund_andring")
        ((nummer,),) = cursor.fetchall()
    return int(nummer)


def manadens_delar(manad: Manad) -> Iterator[Plandel]:
    """Everyone with a verkställighet that the month may pay for, in parts of about equal size."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT b.person_id
                 FROM utforare_verkstallighet v JOIN beslut_beslut b ON b.id = v.beslut_id
                WHERE v.fran < %(till)s AND (v.till IS NULL OR v.till >= %(fran)s) ORDER BY 1""",
            {"till": manad.till, "fran": horisont(manad)},
        )
        personer = [rad[0] for rad in cursor.fetchall()]
    yield from _i_delar(manad, personer)


def rattelsedelar() -> Iterator[Plandel]:
    """The settled months' persons whose underlag has changed since each month was last calculated."""
    per_manad: dict[date, list[int]] = defaultdict(list)
    for manad, person_id in _andrade():
        per_manad[manad].append(person_id)
    for manad, personer in sorted(per_manad.items()):
        yield from _i_delar(Manad.av(manad), personer)


def _i_delar(manad: Manad, personer: Sequence[int]) -> Iterator[Plandel]:
    storlek = settings.PERSONER_PER_DEL
    for start in range(0, len(personer), storlek):
        yield Plandel(manad, tuple(personer[start : start + storlek]))


def senast_beraknade() -> dict[Manad, int]:
    """Each settled month with the last Andring that it has been calculated with, by its own körning or a later one."""
    korningar = Korning.objects.filter(status__in=FAST).order_by("manad")
    svar: dict[Manad, int] = {}
    for korning in korningar:
        if korning.bar_rattelser:
            svar = {manad: max(nummer, korning.andring_nr) for manad, nummer in svar.items()}
        svar[Manad.av(korning.manad)] = korning.andring_nr
    return svar


_ANDRADE = """
WITH fast(manad, till, sedan, horisont) AS (
    SELECT * FROM unnest(%(manad)s::date[], %(till)s::date[], %(sedan)s::bigint[], %(horisont)s::date[])
),
marginal(dagar) AS (  -- a visit overlaps others, and meets time bands, as many days from its own as the longest lasts
    SELECT 1 + coalesce(ceil(extract(epoch FROM max(greatest(
               utford_slut - utford_start, planerad_slut - planerad_start))) / 86400), 0)::int
      FROM utforare_besok
     WHERE utford_slut - utford_start > interval '1 day' OR planerad_slut - planerad_start > interval '1 day'
),
berord AS (
    SELECT DISTINCT f.manad, f.till, f.horisont, a.slag, a.objekt_id
      FROM marginal CROSS JOIN fast f JOIN grund_andring a
        ON a.id > f.sedan AND a.fran - marginal.dagar * (a.fil IN ('besok', 'tidsband'))::int < f.till
       AND (a.till IS NULL OR a.till + marginal.dagar * (a.fil = 'besok')::int > f.manad)
),
hos_enhet AS (
    SELECT p.manad, p.till, p.horisont, e.id AS enhet_id, NULL AS insats
      FROM berord p JOIN utforare_enhet e
        ON (p.slag = 'utforare' AND e.utforare_id = p.objekt_id) OR (p.slag = 'enhet' AND e.id = p.objekt_id)
    UNION
    SELECT p.manad, p.till, p.horisont, e.id, a.insats
      FROM berord p JOIN utforare_avtal a ON p.slag = 'prislista' AND a.prislista_id = p.objekt_id AND a.fran < p.till
      JOIN utforare_enhet e ON e.utforare_id = a.utforare_id
)
SELECT manad, objekt_id FROM berord WHERE slag = 'person'
UNION  -- those who were paid by terms that reached longer than today's
SELECT p.manad, r.person_id
  FROM berord p JOIN ersattning_korning k ON k.status IN ('faststalld', 'utbetald') AND k.manad >= p.manad
  JOIN ersattning_ersattningsrad r
    ON r.korning_id = k.id AND r.utforare_id = p.objekt_id AND r.avser_manad = p.manad AND r.person_id IS NOT NULL
 WHERE p.slag = 'utforare'
UNION
SELECT h.manad, b.person_id
  FROM hos_enhet h
  JOIN utforare_verkstallighet v
    ON v.enhet_id = h.enhet_id AND v.fran < h.till AND (v.till IS NULL OR v.till >= h.horisont)
  JOIN beslut_beslut b ON b.id = v.beslut_id AND (h.insats IS NULL OR b.insats = h.insats)
ORDER BY 1, 2
"""


def _andrade() -> list[tuple[date, int]]:
    """(settled month, person) for every person whose days of the month a later change touches."""
    fasta = senast_beraknade()
    parametrar: dict[str, Any] = {
        "manad": [manad.fran for manad in fasta],
        "till": [manad.till for manad in fasta],
        "sedan": list(fasta.values()),
        "horisont": [horisont(manad) for manad in fasta],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ANDRADE, parametrar)
        return list(cursor.fetchall())
