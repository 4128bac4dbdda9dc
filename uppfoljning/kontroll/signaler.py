"""Patterns that are worth a look (report 13). None says that anybody has done wrong."""

from decimal import Decimal

from grund.behorighet import Roll
from uppfoljning.kontroll.besok import NATT_BORJAR, NATT_SLUTAR
from uppfoljning.kontroll.koder import Objekt, Omrade
from uppfoljning.kontroll.typer import Grans, Pengar, Regel

HELA_MANADER = Grans("full_tid_manader", "Månader i rad", "månader", Decimal(3))
HELA_BESOK = Grans("full_tid_besok", "Planerade besök i varje månad, minst", "besök", Decimal(4))
LIKA_BESOK = Grans("lika_langa_besok", "Utförda besök, minst", "besök", Decimal(10))
LIKA_PROCENT = Grans("lika_langa_procent", "Lika långa på minuten, minst", "procent", Decimal(95))
NATT_BESOK = Grans("natt_besok", "Besök på natten i en månad, minst", "besök", Decimal(4))
NATT_PROCENT = Grans("natt_procent", "Av månadens besök, minst", "procent", Decimal(50))
SAMTIDIGT = Grans("personal_samtidigt_par", "Par av besök i en månad, minst", "par", Decimal(2))
STEG = Grans("nivasteg", "Nivåer högre än den förra, minst", "nivåer", Decimal(2))
ANSOKNINGAR = Grans("nivaansokningar_personer", "Personer med höjd nivå i en månad, minst", "personer", Decimal(3))
ANSOKNINGAR_PROCENT = Grans("nivaansokningar_procent", "Av enhetens personer, minst", "procent", Decimal(20))

_SENASTE = "%(manad)s - interval '3 months'"  # whole months that patterns over time are looked for in

_FULL_TID = f"""
WITH manader AS (
    SELECT k.verkstallighet_id, k.verk, k.person, k.enhet_id, k.manad, sum(k.minuter) AS minuter,
           array_agg(k.nyckel ORDER BY k.nyckel) AS besok
      FROM {{besok}} k
     WHERE k.manad < %(manad)s AND k.manad >= %(manad)s - make_interval(months => %({HELA_MANADER.nyckel})s::int)
       AND k.planerad_start IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5
    HAVING count(*) >= %({HELA_BESOK.nyckel})s AND bool_and(k.utford_start IS NOT NULL)
       AND sum(k.minuter) >= sum(k.planerat)
)
SELECT m.verk, m.verk, m.verkstallighet_id, m.person, m.enhet_id, min(m.manad),
       (max(m.manad) + interval '1 month')::date,
       jsonb_build_object('manader', count(*), 'besok', sum(cardinality(m.besok)), 'minuter', sum(m.minuter)),
       (SELECT array_agg(x ORDER BY x) FROM manader n, unnest(n.besok) x
         WHERE n.verkstallighet_id = m.verkstallighet_id)
  FROM manader m GROUP BY m.verkstallighet_id, m.verk, m.person, m.enhet_id
HAVING count(*) = %({HELA_MANADER.nyckel})s
"""
_LIKA = f"""
WITH langder AS (
    SELECT k.verkstallighet_id, k.verk, k.person, k.enhet_id, k.minuter, count(*) AS antal, min(k.manad) AS forsta,
           array_agg(k.nyckel ORDER BY k.nyckel) AS besok
      FROM {{besok}} k
     WHERE k.utford_start IS NOT NULL AND k.manad < %(manad)s AND k.manad >= {_SENASTE}
     GROUP BY 1, 2, 3, 4, 5
), ordnade AS (
    SELECT *, sum(antal) OVER (PARTITION BY verkstallighet_id) AS alla,
           min(forsta) OVER (PARTITION BY verkstallighet_id) AS borjan,
           row_number() OVER (PARTITION BY verkstallighet_id ORDER BY antal DESC, minuter) AS plats
      FROM langder
)
SELECT verk, verk, verkstallighet_id, person, enhet_id, borjan, %(manad)s::date,
       jsonb_build_object('alla', alla, 'lika', antal, 'minuter', minuter), besok
  FROM ordnade
 WHERE plats = 1 AND alla >= %({LIKA_BESOK.nyckel})s AND antal * 100 >= alla * %({LIKA_PROCENT.nyckel})s
"""
# Away: an uppehåll for hospital or travel in any of the person's verkställigheter, or a day of absence for hospital.
_BORTA = """
WITH dagar AS (
    SELECT k.nyckel, k.verk, k.verkstallighet_id, k.person, k.enhet_id, k.manad, k.dag
      FROM {besok} k
     WHERE k.utford_start IS NOT NULL AND (
           EXISTS (SELECT FROM utforare_uppehall u JOIN utforare_verkstallighet v ON v.id = u.verkstallighet_id
                     JOIN beslut_beslut b ON b.id = v.beslut_id
                    WHERE b.person_id = k.person AND u.orsak IN ('sjukhus', 'bortrest')
                      AND u.period * v.period @> k.dag)
        OR EXISTS (SELECT FROM utforare_narvaro n JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
                     JOIN beslut_beslut b ON b.id = v.beslut_id
                    WHERE b.person_id = k.person AND n.datum = k.dag AND n.kod = 'F' AND n.orsak = 'sjukhus'
                      AND n.datum >= %(fran)s AND n.datum <= %(idag)s))
)
SELECT verk || ':' || to_char(manad, 'YYYY-MM'), verk, verkstallighet_id, person, enhet_id, manad,
       (manad + interval '1 month')::date,
       jsonb_build_object('besok', count(*), 'manad', to_char(manad, 'YYYY-MM')), array_agg(nyckel ORDER BY nyckel)
  FROM dagar GROUP BY verk, verkstallighet_id, person, enhet_id, manad
"""
_PA_NATTEN = f"(k.timme >= {NATT_BORJAR} OR k.timme < {NATT_SLUTAR})"
_NATT = f"""
SELECT k.verk || ':' || to_char(k.manad, 'YYYY-MM'), k.verk, k.verkstallighet_id, k.person, k.enhet_id, k.manad,
       (k.manad + interval '1 month')::date,
       jsonb_build_object('natt', count(*) FILTER (WHERE {_PA_NATTEN}), 'alla', count(*),
           'manad', to_char(k.manad, 'YYYY-MM')),
       array_agg(k.nyckel ORDER BY k.nyckel) FILTER (WHERE {_PA_NATTEN})
  FROM {{besok}} k
 WHERE k.utford_start IS NOT NULL AND k.manad < %(manad)s
 GROUP BY k.verk, k.verkstallighet_id, k.person, k.enhet_id, k.manad
HAVING count(*) FILTER (WHERE {_PA_NATTEN}) >= %({NATT_BESOK.nyckel})s
   AND count(*) FILTER (WHERE {_PA_NATTEN}) * 100 >= count(*) * %({NATT_PROCENT.nyckel})s
"""
# The files that hold, each of its month; a visit may stand in two. A code is the utförare's own. Two visits with the
# same person are not here: that is a rule of data quality.
_SAMTIDIGT = f"""
WITH galler AS (
    SELECT DISTINCT ON (period) id FROM uppfoljning_uppgiftsfil WHERE slag = 'besokspersonal'
     ORDER BY period, version DESC
), gjorda AS (
    SELECT DISTINCT r.personal, e.utforare_id, k.enhet_id, k.nyckel, k.person, k.manad, k.utford_start, k.utford_slut
      FROM uppfoljning_besokspersonal r JOIN galler g ON g.id = r.fil_id
      JOIN {{besok}} k ON k.nyckel = r.besok_id JOIN utforare_enhet e ON e.id = k.enhet_id
     WHERE k.utford_start IS NOT NULL
), par AS (
    SELECT y.enhet_id, y.personal, y.manad, x.nyckel AS forsta, y.nyckel AS andra
      FROM gjorda x JOIN gjorda y ON y.utforare_id = x.utforare_id AND y.personal = x.personal
       AND y.person <> x.person AND (x.utford_start, x.nyckel) < (y.utford_start, y.nyckel)
       AND y.utford_start < x.utford_slut
)
SELECT e.nyckel || ':' || p.personal || ':' || to_char(p.manad, 'YYYY-MM'), e.namn, e.id, NULL::bigint, e.id, p.manad,
       (p.manad + interval '1 month')::date,
       jsonb_build_object('personal', p.personal, 'par', count(*), 'manad', to_char(p.manad, 'YYYY-MM')),
       (SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(array_agg(p.forsta) || array_agg(p.andra)) x)
  FROM par p JOIN utforare_enhet e ON e.id = p.enhet_id
 GROUP BY e.id, e.nyckel, e.namn, p.personal, p.manad
HAVING count(*) >= %({SAMTIDIGT.nyckel})s
"""
# Levels are text, in as many steps as a price list has; only those that are numbers can be compared.
_HOJDA = """
    SELECT n.id, n.nyckel, n.person_id, n.insats, n.fran, n.niva, f.niva AS forra, n.niva::int - f.niva::int AS steg,
           (SELECT v.enhet_id FROM utforare_verkstallighet v JOIN beslut_beslut b ON b.id = v.beslut_id
             WHERE b.person_id = n.person_id AND b.insats = n.insats AND v.period @> n.fran
             ORDER BY v.fran DESC, v.nyckel LIMIT 1) AS enhet_id
      FROM beslut_nivabedomning n JOIN beslut_person p ON p.id = n.person_id
      JOIN LATERAL (SELECT x.niva FROM beslut_nivabedomning x
                     WHERE x.person_id = n.person_id AND x.insats = n.insats AND x.status = 'godkand'
                       AND x.fran < n.fran AND x.id <> n.id
                     ORDER BY x.fran DESC, x.godkand DESC, x.nyckel DESC LIMIT 1) f ON true
     WHERE {vilka} AND n.status IN ('inskickad', 'godkand') AND n.fran >= %(fran)s AND n.fran <= %(idag)s
       AND n.niva ~ '^[0-9]{{1,3}}$' AND f.niva ~ '^[0-9]{{1,3}}$' AND n.niva::int > f.niva::int
"""
_STEG = f"""
SELECT h.nyckel, h.nyckel, h.id, h.person_id, h.enhet_id, h.fran, NULL::date,
       jsonb_build_object('niva', h.niva, 'forra', h.forra, 'dag', h.fran), ARRAY[]::text[]
  FROM ({_HOJDA}) h WHERE h.steg >= %({STEG.nyckel})s
"""
_ANSOKNINGAR = f"""
WITH hojda AS (
    SELECT h.enhet_id, date_trunc('month', h.fran)::date AS manad, count(DISTINCT h.person_id) AS personer,
           array_agg(h.nyckel ORDER BY h.nyckel) AS bedomningar
      FROM ({_HOJDA}) h WHERE h.enhet_id IS NOT NULL GROUP BY 1, 2
)
SELECT e.nyckel || ':' || to_char(h.manad, 'YYYY-MM'), e.namn, e.id, NULL::bigint, e.id, h.manad,
       (h.manad + interval '1 month')::date,
       jsonb_build_object('enhet', e.namn, 'personer', h.personer, 'alla', a.alla,
           'manad', to_char(h.manad, 'YYYY-MM'), 'bedomningar', h.bedomningar), ARRAY[]::text[]
  FROM hojda h JOIN utforare_enhet e ON e.id = h.enhet_id
 CROSS JOIN LATERAL (
     SELECT count(DISTINCT b.person_id) AS alla FROM utforare_verkstallighet v
       JOIN beslut_beslut b ON b.id = v.beslut_id
      WHERE v.enhet_id = e.id AND v.period && daterange(h.manad, (h.manad + interval '1 month')::date)) a
 WHERE h.personer >= %({ANSOKNINGAR.nyckel})s AND h.personer * 100 >= a.alla * %({ANSOKNINGAR_PROCENT.nyckel})s
"""
_FRAGA = "Fråga utföraren hur tiden registreras, och jämför med scheman och genomförandeplan."

SIGNALER = (
    Regel(
        "full_tid",
        "Allt planerat utfört, månad efter månad",
        "Verkställigheter där inget besök avbokades och minst den planerade tiden utfördes, flera månader i rad.",
        "Ett gott samarbete ser ut så. Det gör också tid som registreras efter schema och inte efter vad som hände.",
        _FRAGA,
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "Alla {besok} planerade besök utfördes {manader} månader i rad, tillsammans {minuter} minuter.",
        _FULL_TID,
        omrade=Omrade.SIGNAL,
        pengar=Pengar.BESOK,
        granser=(HELA_MANADER, HELA_BESOK),
    ),
    Regel(
        "lika_langa",
        "Besök som är lika långa på minuten",
        "Verkställigheter där nästan alla utförda besök de senaste tre månaderna är exakt lika långa.",
        "Korta, fasta besök kan vara så. Det kan också vara den planerade tiden som är inskriven.",
        _FRAGA,
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "{lika} av {alla} besök var {minuter} minuter.",
        _LIKA,
        omrade=Omrade.SIGNAL,
        pengar=Pengar.BESOK,
        granser=(LIKA_BESOK, LIKA_PROCENT),
    ),
    Regel(
        "besok_under_bortavaro",
        "Besök när personen var på sjukhus eller bortrest",
        "Utförda besök under ett uppehåll för sjukhusvistelse eller resa, eller en dag med frånvaro för sjukhus.",
        "Besöket kan vara på sjukhuset. En av uppgifterna kan också vara fel.",
        "Fråga vilken av uppgifterna som stämmer. Är besöket fel rättas det av utföraren.",
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "{besok} besök utfördes i {manad} dagar då personen var på sjukhus eller bortrest.",
        _BORTA,
        omrade=Omrade.SIGNAL,
        pengar=Pengar.BESOK,
        i_fonster=True,
    ),
    Regel(
        "personal_samtidigt",
        "Samma personal hos flera samtidigt",
        "Utförda besök hos olika personer som pågick samtidigt, med samma personal enligt utföraren.",
        "Stöd i grupp kan vara så. Det kan också vara tider eller koder som har skrivits fel.",
        "Fråga utföraren vem som gjorde besöken, och om de gjordes tillsammans.",
        Roll.CONTROLLER,
        Objekt.ENHET,
        "{personal} var hos två personer samtidigt {par} gånger i {manad}.",
        _SAMTIDIGT,
        omrade=Omrade.SIGNAL,
        pengar=Pengar.BESOK,
        granser=(SAMTIDIGT,),
        per_person=False,
        i_fonster=True,
    ),
    Regel(
        "nattbesok",
        "Många besök på natten",
        f"Verkställigheter där en stor del av månadens besök började mellan klockan {NATT_BORJAR} och {NATT_SLUTAR}.",
        "Behovet kan finnas på natten, som har ett högre pris.",
        "Jämför med beslutet och genomförandeplanen, som säger när stödet ska ges.",
        Roll.CONTROLLER,
        Objekt.VERKSTALLIGHET,
        "{natt} av {alla} besök i {manad} började på natten.",
        _NATT,
        omrade=Omrade.SIGNAL,
        pengar=Pengar.BESOK,
        granser=(NATT_BESOK, NATT_PROCENT),
        i_fonster=True,
    ),
    Regel(
        "nivasteg",
        "Nivå som höjts flera steg på en gång",
        "Nivåbedömningar, inskickade eller godkända, som är flera nivåer högre än den förra.",
        "Behovet kan ha ökat snabbt. Det kan också vara en nivå som har skrivits fel.",
        "Läs vad som har hänt sedan förra bedömningen, och vad den nya vilar på.",
        Roll.CONTROLLER,
        Objekt.NIVABEDOMNING,
        "Nivå {niva} från {dag}. Den förra var {forra}.",
        _STEG,
        omrade=Omrade.SIGNAL,
        granser=(STEG,),
        i_fonster=True,
    ),
    Regel(
        "nivaansokningar",
        "Flera höjda nivåer på en enhet samtidigt",
        "Enheter där flera personer, och en stor del av dem alla, fick eller begärde högre nivå samma månad.",
        "Nya förutsättningar på enheten kan vara skälet. Många på en gång är värt att förstå.",
        "Jämför bedömningarna med varandra och med vad som har hänt på enheten.",
        Roll.CONTROLLER,
        Objekt.ENHET,
        "{personer} av {alla} personer hos {enhet} fick eller begärde högre nivå i {manad}.",
        _ANSOKNINGAR,
        omrade=Omrade.SIGNAL,
        granser=(ANSOKNINGAR, ANSOKNINGAR_PROCENT),
        per_person=False,
        i_fonster=True,
    ),
)
