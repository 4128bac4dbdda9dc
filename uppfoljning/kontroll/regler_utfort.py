"""Rules about what has been carried out: närvaro and visits. Those of conflicts say the same as R31."""

from decimal import Decimal

from grund.behorighet import Roll
from uppfoljning.kontroll.koder import Objekt
from uppfoljning.kontroll.regler_beslut import avtalets
from uppfoljning.kontroll.typer import Grans, Pengar, Regel

_TOM = "ARRAY[]::text[]"
OVER = Grans("utfort_over_bestallt_procent", "Utfört av beställt, mer än", "procent", Decimal(100))
EFTERHAND = Grans("efterregistrering_procent", "Registrerat i efterhand, minst", "procent", Decimal(30))
EFTERHAND_MINST = Grans("efterregistrering_minst", "Utförda besök i månaden, minst", "besök", Decimal(20))

_EFTER_DOD = """
WITH doda AS (
    SELECT v.id, v.nyckel, v.enhet_id, p.id AS person, p.avliden
      FROM beslut_person p JOIN beslut_beslut b ON b.person_id = p.id
      JOIN utforare_verkstallighet v ON v.beslut_id = b.id
     WHERE {vilka} AND p.avliden IS NOT NULL
), utfort AS (
    SELECT d.id, n.datum AS dag, NULL::text AS besok FROM doda d JOIN utforare_narvaro n
        ON n.verkstallighet_id = d.id AND n.datum > d.avliden AND n.kod = 'N'
    UNION ALL
    SELECT d.id, k.dag, k.nyckel FROM doda d JOIN utforare_besok k
        ON k.verkstallighet_id = d.id AND k.dag > d.avliden AND k.utford_start IS NOT NULL
)
SELECT d.nyckel, d.nyckel, d.id, d.person, d.enhet_id, min(u.dag), max(u.dag) + 1,
       jsonb_build_object('avliden', d.avliden, 'dagar', count(*) FILTER (WHERE u.besok IS NULL),
           'besok', count(u.besok)),
       coalesce(array_agg(u.besok ORDER BY u.besok) FILTER (WHERE u.besok IS NOT NULL), ARRAY[]::text[])
  FROM doda d JOIN utfort u ON u.id = d.id GROUP BY d.id, d.nyckel, d.person, d.enhet_id, d.avliden
"""
# Only whole months: of a part of one nobody knows which days were expected.
_SAKNAS = f"""
WITH manader AS (
    SELECT x::date AS fran, (x + interval '1 month')::date AS till
      FROM generate_series(%(fran)s::timestamp, %(manad)s::timestamp - interval '1 month', interval '1 month') x
)
SELECT v.nyckel || ':' || to_char(m.fran, 'YYYY-MM'), v.nyckel, v.id, p.id, e.id, m.fran, m.till,
       jsonb_build_object('manad', to_char(m.fran, 'YYYY-MM'), 'enhet', e.namn), {_TOM}
  FROM manader m
  JOIN utforare_verkstallighet v ON v.fran <= m.fran AND (v.till IS NULL OR v.till >= m.till)
  JOIN beslut_beslut b ON b.id = v.beslut_id
  JOIN beslut_person p ON p.id = b.person_id
  JOIN utforare_enhet e ON e.id = v.enhet_id
 WHERE {{vilka}} AND b.utfall <> 'avslag' AND b.fran <= m.fran AND (b.till IS NULL OR b.till >= m.till)
   AND (p.avliden IS NULL OR p.avliden >= m.till)
   AND NOT EXISTS (SELECT FROM utforare_narvaro n WHERE n.verkstallighet_id = v.id
                      AND n.datum >= m.fran AND n.datum < m.till AND n.datum >= %(fran)s AND n.datum <= %(idag)s)
   AND (m.fran = ANY(%(lasta)s::date[])
        OR EXISTS (SELECT FROM utforare_signering s WHERE s.enhet_id = e.id AND s.manad = m.fran))
   AND NOT EXISTS (SELECT FROM utforare_uppehall u WHERE u.verkstallighet_id = v.id
                      AND u.period && daterange(m.fran, m.till))
   AND {avtalets("modell", "m.fran")} = 'narvaro'
"""
# A visit that begins before an earlier one of the person has ended, and then every earlier one that it meets.
_OVERLAPP = """
WITH utforda AS (
    SELECT k.*, max(k.utford_slut) OVER (PARTITION BY k.person ORDER BY k.utford_start, k.utford_slut, k.nyckel
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS slutar
      FROM {besok} k WHERE k.utford_start IS NOT NULL
), sena AS (
    SELECT * FROM utforda WHERE utford_start < slutar
)
SELECT least(x.nyckel, y.nyckel) || '+' || greatest(x.nyckel, y.nyckel), y.nyckel, y.id, y.person, y.enhet_id,
       y.dag, y.dag + 1,
       jsonb_build_object('andra', y.nyckel, 'forsta', x.nyckel, 'dag', y.dag, 'minuter',
           (extract(epoch FROM least(x.utford_slut, y.utford_slut) - y.utford_start) / 60)::int),
       ARRAY[y.nyckel, x.nyckel]::text[]
  FROM sena y JOIN utforda x ON x.person = y.person AND x.id <> y.id
   AND (x.utford_start, x.utford_slut, x.nyckel) < (y.utford_start, y.utford_slut, y.nyckel)
   AND x.utford_slut > y.utford_start
"""
_FRANVARO = f"""
SELECT k.nyckel, k.nyckel, k.id, k.person, k.enhet_id, k.dag, k.dag + 1,
       jsonb_build_object('dag', k.dag, 'boende', min(e.namn)), ARRAY[k.nyckel]::text[]
  FROM {{besok}} k
  JOIN beslut_person p ON p.id = k.person
  JOIN beslut_beslut b ON b.person_id = p.id
  JOIN utforare_verkstallighet v ON v.beslut_id = b.id
  JOIN utforare_enhet e ON e.id = v.enhet_id
  JOIN utforare_narvaro n ON n.verkstallighet_id = v.id AND n.datum = k.dag AND n.kod = 'F'
   AND n.datum >= %(fran)s AND n.datum <= %(idag)s
 WHERE {{vilka}} AND k.utford_start IS NOT NULL AND {avtalets("modell", "k.dag")} = 'dygn'
 GROUP BY k.nyckel, k.id, k.person, k.enhet_id, k.dag
"""
# Ordered minutes as R23, over the days of the month that R1 lets be paid; visits as they are, before rounding and cap.
_OVER = f"""
WITH manader AS (
    SELECT k.verkstallighet_id, k.manad, sum(k.minuter) AS minuter,
           array_agg(k.nyckel ORDER BY k.utford_start, k.nyckel) AS besok
      FROM {{besok}} k WHERE k.utford_start IS NOT NULL AND k.manad < %(manad)s
     GROUP BY k.verkstallighet_id, k.manad
), bestallt AS (
    SELECT m.*, v.nyckel, v.enhet_id, p.id AS person,
           greatest(m.manad, v.fran, b.fran) AS forsta,
           least((m.manad + interval '1 month')::date, v.till, b.till, p.avliden + 1) AS efter,
           CASE WHEN v.bestallt_antal IS NOT NULL THEN v.bestallt_antal ELSE b.omfattning END AS antal,
           CASE WHEN v.bestallt_antal IS NOT NULL THEN v.bestallt_enhet ELSE b.omfattning_enhet END AS slag,
           (m.manad + interval '1 month')::date - m.manad AS dagar
      FROM manader m JOIN utforare_verkstallighet v ON v.id = m.verkstallighet_id
      JOIN beslut_beslut b ON b.id = v.beslut_id JOIN beslut_person p ON p.id = b.person_id
     WHERE {{vilka}} AND b.utfall <> 'avslag'
), jamfort AS (
    SELECT *, antal * 60 * greatest(0, efter - forsta)
              / CASE slag WHEN 'timmar_vecka' THEN 7 ELSE dagar END AS minuter_bestallt
      FROM bestallt WHERE slag IN ('timmar_vecka', 'timmar_manad')
)
SELECT nyckel || ':' || to_char(manad, 'YYYY-MM'), nyckel, verkstallighet_id, person, enhet_id, manad,
       (manad + interval '1 month')::date,
       jsonb_build_object('manad', to_char(manad, 'YYYY-MM'), 'utfort', minuter,
           'bestallt', round(minuter_bestallt)::int, 'grans', %({OVER.nyckel})s::int), besok
  FROM jamfort WHERE minuter * 100 > minuter_bestallt * %({OVER.nyckel})s
"""
_EFTERHAND = f"""
SELECT e.nyckel || ':' || to_char(k.manad, 'YYYY-MM'), e.namn, e.id, NULL::bigint, e.id, k.manad,
       (k.manad + interval '1 month')::date,
       jsonb_build_object('manad', to_char(k.manad, 'YYYY-MM'), 'enhet', e.namn, 'alla', count(*),
           'efterhand', count(*) FILTER (WHERE k.registrering = 'efterhand'),
           'procent', round(100.0 * count(*) FILTER (WHERE k.registrering = 'efterhand') / count(*))::int,
           'grans', %({EFTERHAND.nyckel})s::int),
       array_agg(k.nyckel ORDER BY k.nyckel) FILTER (WHERE k.registrering = 'efterhand')
  FROM {{besok}} k JOIN utforare_enhet e ON e.id = k.enhet_id
 WHERE k.utford_start IS NOT NULL AND k.manad < %(manad)s
 GROUP BY e.id, k.manad
HAVING count(*) >= %({EFTERHAND_MINST.nyckel})s
   AND count(*) FILTER (WHERE k.registrering = 'efterhand') * 100 >= count(*) * %({EFTERHAND.nyckel})s
"""

REGLER_UTFORT = (
    Regel(
        "utfort_efter_dod",
        "Närvaro eller besök efter att personen avlidit",
        "Närvaro och utförda besök en dag efter dödsdagen.",
        "Antingen är dödsdatumet fel, eller så är något registrerat som inte har hänt. Dagarna ersätts inte (R1).",
        "Fråga utföraren, som rättar eller tar tillbaka raderna. Är datumet fel: rätta det.",
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "Personen avled {avliden}. Därefter är {dagar} dagar och {besok} besök registrerade.",
        _EFTER_DOD,
    ),
    Regel(
        "narvaro_saknas",
        "Närvaro saknas en hel månad",
        "Insatser som ersätts efter närvaro och pågick hela månaden, utan en enda rad, när månaden är signerad eller"
        " låst.",
        "Utan rader blir det ingen ersättning (R11), och personen syns inte i statistiken över närvaro.",
        "Påminn utföraren. Har personen inte varit där: registrera frånvaron, eller anmäl ett uppehåll.",
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "{enhet} har inte registrerat någon dag i {manad}.",
        _SAKNAS,
        i_fonster=True,
    ),
    Regel(
        "besok_overlappar",
        "Besök som överlappar",
        "Två utförda besök hos samma person som pågår samtidigt, också hos olika utförare (R31).",
        "Samma tid kan vara registrerad, och betald, två gånger.",
        "Fråga utföraren. Är det ena fel: det rättas eller tas tillbaka.",
        Roll.CONTROLLER,
        Objekt.BESOK,
        "Besök {andra} {dag} började innan {forsta} var slut, och delar {minuter} minuter med det.",
        _OVERLAPP,
        pengar=Pengar.SENARE,
        i_fonster=True,
    ),
    Regel(
        "besok_vid_franvaro",
        "Besök under frånvaro",
        "Utförda besök en dag då personen är registrerad som frånvarande från sitt boende (R31).",
        "En av registreringarna kan vara fel.",
        "Fråga vilken som är fel. Ledsagning till sjukhuset kan vara rätt.",
        Roll.CONTROLLER,
        Objekt.BESOK,
        "Besöket gjordes {dag}, då personen var frånvarande från {boende}.",
        _FRANVARO,
        pengar=Pengar.BESOK,
        i_fonster=True,
    ),
    Regel(
        "utfort_over_bestallt",
        "Utfört mer än beställt",
        "Månader där de utförda besöken är längre än den beställda tiden (R23), en verkställighet i taget.",
        "Mer tid än beställt kan vara ett större behov, eller tid som inte har utförts.",
        "Räcker tiden inte: ta upp beställningen. Stämmer tiden inte: fråga utföraren.",
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "{utfort} minuter utfördes i {manad}. {bestallt} var beställda.",
        _OVER,
        pengar=Pengar.OVER,
        granser=(OVER,),
        i_fonster=True,
    ),
    Regel(
        "efterregistrering",
        "Många besök registrerade i efterhand",
        "Enheter där en stor del av månadens utförda besök är registrerade i efterhand.",
        "Tid som skrivs i efterhand går inte att kontrollera när den utförs.",
        "Ta upp med utföraren varför tiden inte registreras på plats.",
        Roll.AVTALSSAMORDNARE,
        Objekt.ENHET,
        "{enhet} registrerade {efterhand} av {alla} besök i efterhand i {manad} ({procent} %).",
        _EFTERHAND,
        pengar=Pengar.BESOK,
        granser=(EFTERHAND, EFTERHAND_MINST),
        per_person=False,
        i_fonster=True,
    ),
)
