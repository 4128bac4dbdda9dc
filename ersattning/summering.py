"""Sums a calculated month and says why it differs from the month before, in parts that add up to the öre.

The rows have decided every amount; here they are only added and compared. What is compared are ordinary rows of the two
months, verkställighet by verkställighet, in *slots*: artikel, omfattning, tidsband, unit and faktor. In a slot, with
quantity q (antal × faktor) and mean price p per level, 0 = the month before and 1 = this month:

pris   the quantity of now at the price of now, less the same at the price of then: q1 × (p1 − p0) level by level. p0 is
       what the slot itself had at that level; else what the verkställighet had at it in another slot, such as presence
       for absence; else what was paid in the month before for the same (insats, level, omfattning, tidsband, unit)
       under the same party's avtal: the utförare's general one, or the person's own individavtal (never mixed, since an
       individavtal beside the general one is no change of price); else p1, since a price that was not there has not
       changed.
nivå   only where the slot was there in both months: the quantity of now, times how much the mean of p0 has moved
       because the levels are others than before.
volym  the rest: more or fewer days and hours, new and ended verkställigheter, more or less absence.

Rättelser, bonus and justeringar are compared as sums. Each part is rounded to öre for each verkställighet and slot,
volym taking what is left, so the parts always add up.
"""

from decimal import Decimal

from django.db import connection

from ersattning.models import Korning, Manadssumma
from ersattning.regler import FAST, Status
from grund.tid import Manad

_KOLUMNER = (
    "korning_id, utforare_id, insats, personer, rader, ordinarie, rattelser, bonus, fore, volym, pris, niva,"
    " rattelse_skillnad, bonus_skillnad, nya, avslutade, hojda, sankta, justeringar, justering_skillnad"
)

# {nu} and {fore} are the two körningar. What each slot of a verkställighet differs by, and its parts.
_FACK = """
WITH rader AS (  -- part: whose avtal a row was priced by, 0 = the general one; NULL, like none, when it is taken back
    SELECT korning_id = %(nu)s AS nu, typ, r.utforare_id, r.insats, r.person_id, verkstallighet_id AS verk, artikel,
           niva, omfattning, tidsband, enhet_for_antal AS enhet, faktor, a_pris, belopp, antal * faktor AS mangd,
           CASE WHEN a.id IS NOT NULL THEN coalesce(a.person_id, 0) END AS part
      FROM ersattning_ersattningsrad r
      LEFT JOIN utforare_avtal a ON a.id = (r.grund->0->>'avtal')::bigint
     WHERE korning_id = %(nu)s OR korning_id = %(fore)s
),
per_niva AS (
    SELECT utforare_id, insats, verk, artikel, omfattning, tidsband, enhet, faktor, niva,
           coalesce(sum(belopp) FILTER (WHERE nu), 0) AS b1, coalesce(sum(belopp) FILTER (WHERE NOT nu), 0) AS b0,
           coalesce(sum(mangd) FILTER (WHERE nu), 0) AS q1, coalesce(sum(mangd) FILTER (WHERE NOT nu), 0) AS q0,
           sum(mangd * a_pris) FILTER (WHERE nu) AS v1, sum(mangd * a_pris) FILTER (WHERE NOT nu) AS v0,
           max(part) FILTER (WHERE nu) AS part
      FROM rader WHERE typ = 'ordinarie' AND %(fore)s::bigint IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
),
egna AS (
    SELECT n.*, coalesce(v0 / nullif(q0, 0), sum(v0) OVER samma / nullif(sum(q0) OVER samma, 0)) AS eget_p0
      FROM per_niva n WINDOW samma AS (PARTITION BY utforare_id, insats, verk, omfattning, tidsband, enhet, niva)
),
listpris AS (
    SELECT utforare_id, insats, part, omfattning, tidsband, enhet, niva, sum(mangd * a_pris) / sum(mangd) AS p0
      FROM rader WHERE typ = 'ordinarie' AND NOT nu GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(mangd) > 0
),
prissatt AS (
    SELECT n.*, coalesce(eget_p0, l.p0, v1 / nullif(q1, 0)) AS p0
      FROM egna n LEFT JOIN listpris l USING (utforare_id, insats, part, omfattning, tidsband, enhet, niva)
),
per_fack AS (
    SELECT utforare_id, insats, verk, sum(b1) AS b1, sum(b0) AS b0, sum(q0) AS q0, sum(q1) AS q1,
           round(coalesce(sum(v1 - q1 * p0), 0), 2) AS pris,
           CASE WHEN sum(q0) > 0 AND sum(q1) > 0
                THEN round(sum(q1 * p0) - sum(q1) * sum(q0 * p0) / sum(q0), 2) ELSE 0 END AS niva
      FROM prissatt GROUP BY utforare_id, insats, verk, artikel, omfattning, tidsband, enhet, faktor
)
"""

# GROUPING SETS give all, each utförare and each insats in one pass.
_SUMMOR = f"""
{_FACK},
per_verk AS (
    SELECT utforare_id, insats, verk, sum(b1 - b0 - pris - niva) AS volym, sum(pris) AS pris, sum(niva) AS niva,
           bool_or(q1 > 0) AND NOT bool_or(q0 > 0) AS ny, bool_or(q0 > 0) AND NOT bool_or(q1 > 0) AS slut
      FROM per_fack GROUP BY 1, 2, 3
),
skillnader AS (
    SELECT utforare_id, insats, sum(volym) AS volym, sum(pris) AS pris, sum(niva) AS niva,
           count(*) FILTER (WHERE ny) AS nya, count(*) FILTER (WHERE slut) AS avslutade,
           count(*) FILTER (WHERE niva > 0) AS hojda, count(*) FILTER (WHERE niva < 0) AS sankta
      FROM per_verk GROUP BY GROUPING SETS ((), (utforare_id), (insats))
),
summor AS (
    SELECT utforare_id, insats, count(DISTINCT person_id) FILTER (WHERE nu) AS personer,
           count(*) FILTER (WHERE nu) AS rader,
           coalesce(sum(belopp) FILTER (WHERE nu AND typ = 'ordinarie'), 0) AS ordinarie,
           coalesce(sum(belopp) FILTER (WHERE nu AND typ IN ('kreditering', 'rattelse')), 0) AS rattelser,
           coalesce(sum(belopp) FILTER (WHERE nu AND typ = 'bonus'), 0) AS bonus,
           coalesce(sum(belopp) FILTER (WHERE nu AND typ = 'justering'), 0) AS justeringar,
           coalesce(sum(belopp) FILTER (WHERE NOT nu AND typ = 'justering'), 0) AS justeringar_fore,
           coalesce(sum(belopp) FILTER (WHERE NOT nu), 0) AS fore,
           coalesce(sum(belopp) FILTER (WHERE NOT nu AND typ IN ('kreditering', 'rattelse')), 0) AS rattelser_fore,
           coalesce(sum(belopp) FILTER (WHERE NOT nu AND typ = 'bonus'), 0) AS bonus_fore
      FROM rader GROUP BY GROUPING SETS ((), (utforare_id), (insats))
)
SELECT %(nu)s, s.utforare_id, coalesce(s.insats, ''), personer, rader, ordinarie, rattelser, bonus,
       CASE WHEN %(fore)s::bigint IS NOT NULL THEN fore END,
       coalesce(volym, 0), coalesce(pris, 0), coalesce(niva, 0),
       CASE WHEN %(fore)s::bigint IS NOT NULL THEN rattelser - rattelser_fore ELSE 0 END,
       CASE WHEN %(fore)s::bigint IS NOT NULL THEN bonus - bonus_fore ELSE 0 END,
       coalesce(nya, 0), coalesce(avslutade, 0), coalesce(hojda, 0), coalesce(sankta, 0), justeringar,
       CASE WHEN %(fore)s::bigint IS NOT NULL THEN justeringar - justeringar_fore ELSE 0 END
  FROM summor s LEFT JOIN skillnader d
    ON d.utforare_id IS NOT DISTINCT FROM s.utforare_id AND d.insats IS NOT DISTINCT FROM s.insats
"""
_SUMMERA = f"INSERT INTO ersattning_manadssumma ({_KOLUMNER}) {_SUMMOR}"


# The same parts, verkställighet by verkställighet: they add up to what is stored, since each slot is rounded.
_NIVADELAR = f"""
{_FACK}
SELECT verk, utforare_id, insats, sum(niva) FROM per_fack GROUP BY 1, 2, 3 HAVING sum(niva) <> 0
"""


def summera(korning: Korning) -> None:
    """Store the sums of a calculated month, and again those of the month after it, which are compared with it."""
    manad = Manad.av(korning.manad)
    _skriv(korning)
    nasta = Korning.objects.filter(manad=manad.plus(1).fran).exclude(status__in=[Status.BERAKNAS, *FAST]).first()
    if nasta:
        _skriv(nasta)


def jamfor(korning: Korning, fore: Korning) -> list[Manadssumma]:
    """Why `korning` differs from any other month, as it is told of the month before. Not stored."""
    namnen = [namn.strip() for namn in _KOLUMNER.split(",")]
    with connection.cursor() as cursor:
        cursor.execute(_SUMMOR, {"nu": korning.pk, "fore": fore.pk})
        return [Manadssumma(**dict(zip(namnen, rad, strict=True))) for rad in cursor.fetchall()]


def manaden_fore(korning: Korning) -> Korning | None:
    """The month that it is compared with."""
    manad = Manad.av(korning.manad).plus(-1)
    return Korning.objects.filter(manad=manad.fran).exclude(status=Status.BERAKNAS).first()


def nivadelar(korning: Korning) -> list[tuple[int | None, int, str, Decimal]]:
    """The level part of why the month differs: verkställighet, utförare, insats, kronor. Together its Manadssumma."""
    fore = manaden_fore(korning)
    if fore is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NIVADELAR, {"nu": korning.pk, "fore": fore.pk})
        return list(cursor.fetchall())


def _skriv(korning: Korning) -> None:
    fore = manaden_fore(korning)
    Manadssumma.objects.filter(korning=korning).delete()
    with connection.cursor() as cursor:
        cursor.execute(_SUMMERA, {"nu": korning.pk, "fore": fore.pk if fore else None})
