"""Rules about beslut, orders and verkställigheter: what was decided against what is carried out.

They say the same as R1–R4 and R31 of docs/ersattning.md where those speak of the same thing.
"""

from collections.abc import Iterator

from beslut.models import Beslut
from grund.behorighet import Roll
from uppfoljning.kontroll.koder import Objekt
from uppfoljning.kontroll.typer import Fraga, Pengar, Regel, Traff
from utforare.arbetslistor import fristerna
from utforare.frist import Klocka

_VERK = """
  FROM utforare_verkstallighet v
  JOIN beslut_beslut b ON b.id = v.beslut_id
  JOIN beslut_person p ON p.id = b.person_id
  JOIN utforare_enhet e ON e.id = v.enhet_id
"""
_TOM = "ARRAY[]::text[]"
# Carried out today, by a decision that holds, for somebody who lives (R1).
_UTFORS = """v.period @> %(idag)s AND b.period @> %(idag)s AND b.utfall <> 'avslag'
   AND (p.avliden IS NULL OR p.avliden >= %(idag)s)"""
# The avtal of the day: the person's own goes first (R2).
_AVTAL = """(SELECT a.{falt} FROM utforare_avtal a
   WHERE a.utforare_id = e.utforare_id AND a.insats = b.insats AND a.period @> {dag}
     AND (a.person_id IS NULL OR a.person_id = p.id) ORDER BY a.person_id NULLS LAST LIMIT 1)"""


def avtalets(falt: str, dag: str) -> str:
    """SQL for a field of the verkställighet's avtal on a day."""
    return _AVTAL.format(falt=falt, dag=dag)


_UTANFOR = f"""
SELECT v.nyckel, v.nyckel, v.id, p.id, e.id, v.fran,
       CASE WHEN b.utfall <> 'avslag' AND v.fran < b.fran THEN least(b.fran, v.till) ELSE v.till END,
       jsonb_build_object('fran', v.fran, 'beslut', b.nyckel, 'varfor', CASE
           WHEN b.utfall = 'avslag' THEN 'är ett avslag'
           WHEN v.fran < b.fran THEN 'inte började gälla förrän ' || b.fran
           ELSE 'slutade gälla ' || (b.till - 1) END), {_TOM}
{_VERK}
 WHERE {{vilka}} AND (b.utfall = 'avslag' OR v.fran < b.fran OR v.fran >= b.till)
"""
_BESTALLNING = f"""
SELECT 'BE-' || o.id, 'BE-' || o.id, o.id, p.id, o.enhet_id, coalesce(o.start, o.onskad_start), NULL::date,
       jsonb_build_object('start', coalesce(o.start, o.onskad_start), 'beslut', b.nyckel, 'varfor', CASE
           WHEN b.utfall = 'avslag' THEN 'är ett avslag'
           WHEN coalesce(o.start, o.onskad_start) < b.fran THEN 'gäller först från ' || b.fran
           ELSE 'slutar gälla ' || (b.till - 1) END), {_TOM}
  FROM utforare_bestallning o JOIN beslut_beslut b ON b.id = o.beslut_id JOIN beslut_person p ON p.id = b.person_id
 WHERE {{vilka}} AND o.status IN ('skickad', 'accepterad')
   AND (b.utfall = 'avslag' OR NOT b.period @> coalesce(o.start, o.onskad_start))
"""
_EFTER_BESLUT = f"""
SELECT v.nyckel, v.nyckel, v.id, p.id, e.id, b.till, v.till,
       jsonb_build_object('slut', b.till - 1, 'beslut', b.nyckel,
           'verk', CASE WHEN v.till IS NULL THEN 'tills vidare' ELSE 'till och med ' || (v.till - 1) END), {_TOM}
{_VERK}
 WHERE {{vilka}} AND b.utfall <> 'avslag' AND b.till <= %(idag)s AND v.fran < b.till
   AND (v.till IS NULL OR v.till > b.till)
"""
_EFTER_DOD = f"""
SELECT v.nyckel, v.nyckel, v.id, p.id, e.id, greatest(v.fran, p.avliden + 1), v.till,
       jsonb_build_object('avliden', p.avliden,
           'verk', CASE WHEN v.till IS NULL THEN 'tills vidare' ELSE 'till och med ' || (v.till - 1) END), {_TOM}
{_VERK}
 WHERE {{vilka}} AND p.avliden < %(idag)s AND (v.till IS NULL OR v.till > p.avliden + 1)
"""
_DUBBEL = f"""
WITH tider AS (
    SELECT v.id, v.nyckel, p.id AS person, b.insats, v.enhet_id, e.namn, e.utforare_id,
           greatest(v.fran, b.fran) AS fran,
           least(v.till, b.till, p.avliden + 1, %(idag)s) AS till
    {_VERK}
     WHERE {{vilka}} AND b.utfall <> 'avslag'
), en AS (
    SELECT * FROM tider WHERE fran < till
)
SELECT least(x.nyckel, y.nyckel) || '+' || greatest(x.nyckel, y.nyckel), y.nyckel, y.id, y.person, y.enhet_id,
       greatest(x.fran, y.fran), NULLIF(least(x.till, y.till), %(idag)s),
       jsonb_build_object('forsta', x.nyckel, 'hos', x.namn, 'andra', y.nyckel, 'hos_andra', y.namn,
           'insats', y.insats), {_TOM}
  FROM en x JOIN en y ON y.person = x.person AND y.insats = x.insats AND (x.fran, x.nyckel) < (y.fran, y.nyckel)
   AND x.fran < y.till AND y.fran < x.till
 WHERE (SELECT count(*) FROM (VALUES (x.utforare_id), (y.utforare_id)) u(id) WHERE EXISTS (
           SELECT FROM utforare_avtal a WHERE a.utforare_id = u.id AND a.insats = y.insats
              AND (a.person_id IS NULL OR a.person_id = y.person) AND a.modell IN ('dygn', 'manad')
              AND a.period && daterange(greatest(x.fran, y.fran), least(x.till, y.till)))) = 2
"""
_DUBBLA_BESLUT = f"""
SELECT least(x.nyckel, y.nyckel) || '+' || greatest(x.nyckel, y.nyckel), y.nyckel, y.id, p.id, NULL::bigint,
       greatest(x.fran, y.fran), least(x.till, y.till),
       jsonb_build_object('forsta', x.nyckel, 'andra', y.nyckel, 'insats', y.insats), {_TOM}
  FROM beslut_beslut x JOIN beslut_beslut y ON y.person_id = x.person_id AND y.insats = x.insats
   AND (x.beslutsdatum, x.nyckel) < (y.beslutsdatum, y.nyckel) AND x.period && y.period
  JOIN beslut_person p ON p.id = x.person_id
 WHERE {{vilka}} AND x.utfall <> 'avslag' AND y.utfall <> 'avslag' AND p.avliden IS NULL
   AND coalesce(least(x.till, y.till), 'infinity') > %(idag)s
"""
_UPPFOLJNING = f"""
SELECT b.nyckel, b.nyckel, b.id, p.id, NULL::bigint, x.senast, NULL::date,
       jsonb_build_object('senast', x.senast, 'insats', b.insats), {_TOM}
  FROM beslut_beslut b JOIN beslut_person p ON p.id = b.person_id
 CROSS JOIN LATERAL (
     SELECT coalesce(b.uppfoljning, (b.beslutsdatum + interval '12 months')::date) AS senast) x
 WHERE {{vilka}} AND b.utfall <> 'avslag' AND b.period @> %(idag)s AND x.senast < %(idag)s
   AND (p.avliden IS NULL OR p.avliden >= %(idag)s)
"""
_NIVA = f"""
SELECT v.nyckel, v.nyckel, v.id, p.id, e.id, v.fran, NULL::date,
       jsonb_build_object('insats', b.insats, 'enhet', e.namn), {_TOM}
{_VERK}
 CROSS JOIN LATERAL (
     SELECT a.prislista_id, a.niva_fran, CASE a.modell WHEN 'dygn' THEN 'dygn' WHEN 'narvaro' THEN 'dag'
            WHEN 'manad' THEN 'manad' ELSE 'timme' END AS enhet
       FROM utforare_avtal a WHERE a.id = {avtalets("id", "%(idag)s")}) a
 CROSS JOIN LATERAL (
     SELECT bool_and(c.niva <> '') AS alla FROM ersattning_pris c
      WHERE c.prislista_id = a.prislista_id AND c.insats = b.insats AND c.enhet = a.enhet
        AND c.period @> %(idag)s) c
 WHERE {{vilka}} AND {_UTFORS} AND c.alla AND NOT EXISTS (
     SELECT FROM beslut_nivabedomning n WHERE n.person_id = p.id AND n.insats = b.insats AND n.status = 'godkand'
        AND n.fran <= %(idag)s AND (a.niva_fran <> 'godkand' OR n.godkand <= %(idag)s))
"""
_AVTALET = f"""
SELECT v.nyckel, v.nyckel, v.id, p.id, e.id, v.fran, NULL::date,
       jsonb_build_object('insats', b.insats, 'enhet', e.namn), {_TOM}
{_VERK}
 WHERE {{vilka}} AND {_UTFORS} AND {avtalets("id", "%(idag)s")} IS NULL
"""
_PERSONKRETS = f"""
SELECT b.nyckel, b.nyckel, b.id, p.id, NULL::bigint, b.fran, b.till,
       jsonb_build_object('insats', b.insats, 'varfor', CASE WHEN p.personkrets IS NULL
           THEN 'personkretsen är inte registrerad' ELSE 'personen hör till personkrets 3' END), {_TOM}
  FROM beslut_beslut b JOIN beslut_person p ON p.id = b.person_id
 WHERE {{vilka}} AND b.lagrum = 'LSS' AND b.utfall <> 'avslag' AND b.period @> %(idag)s
   AND (p.avliden IS NULL OR p.avliden >= %(idag)s)
   AND (p.personkrets IS NULL OR b.insats = 'LSS-10' AND p.personkrets = 3)
"""
_KLOCKOR = {
    Klocka.BESLUT: "sedan beslutet",
    Klocka.AVBROTT: "sedan verkställigheten avbröts",
    Klocka.DELVIS: "sedan bara en del verkställs",
}


def _ej_verkstallda(fraga: Fraga) -> list[Traff]:
    """The same clocks as the report to IVO (report 1): those that have run for more than three months."""
    berorda = None
    if fraga.personer is not None:
        berorda = list(Beslut.objects.filter(person__in=fraga.personer).values_list("pk", flat=True))
    klockor = {pk: ett for pk, ett in fristerna(berorda, fraga.idag).items() if ett.har_gatt_ut(fraga.idag)}
    beslut = Beslut.objects.filter(pk__in=klockor).order_by("nyckel")

    def alla() -> Iterator[Traff]:
        for ett in beslut:
            klocka = klockor[ett.pk]
            uppgifter = {
                "insats": ett.insats,
                "klocka": _KLOCKOR[klocka.klocka],
                "fran": klocka.fran.isoformat(),
                "sista": klocka.sista.isoformat(),
            }
            yield Traff(ett.nyckel, ett.nyckel, ett.pk, ett.person_id, None, klocka.sista, None, uppgifter)

    return list(alla())


REGLER_BESLUT = (
    Regel(
        "verkstalls_utanfor_beslut",
        "Beställd och utförd utanför beslutet",
        "Verkställigheter som började innan beslutet gällde, efter att det slutade, eller på ett avslag.",
        "Dagar utan gällande beslut ersätts inte (R1), och insatsen faller bort ur statistiken.",
        "Kontrollera om beslutet eller verkställigheten har fel datum. Ska insatsen utföras behövs ett beslut.",
        Roll.HANDLAGGARE,
        Objekt.VERKSTALLIGHET,
        "Insatsen började utföras {fran}, men beslut {beslut} {varfor}.",
        _UTANFOR,
    ),
    Regel(
        "bestallning_utanfor_beslut",
        "Beställning utanför beslutet",
        "Skickade och accepterade beställningar med en start som beslutet inte gäller.",
        "En insats som startar utanför beslutet ersätts inte (R1), och insatsen faller bort ur statistiken.",
        "Kom överens med utföraren om en annan start, eller återkalla beställningen.",
        Roll.HANDLAGGARE,
        Objekt.BESTALLNING,
        "Beställningen ska starta {start}, men beslut {beslut} {varfor}.",
        _BESTALLNING,
    ),
    Regel(
        "verkstalls_efter_beslut",
        "Verkställs efter att beslutet har slutat",
        "Verkställigheter som pågår, eller pågick, efter beslutets sista dag.",
        "Dagarna ersätts inte (R1), och den som får insatsen räknas fel i statistiken.",
        "Fatta ett nytt beslut om behovet finns kvar. Avsluta annars verkställigheten på beslutets sista dag.",
        Roll.HANDLAGGARE,
        Objekt.VERKSTALLIGHET,
        "Beslut {beslut} gällde till och med {slut}. Verkställigheten gäller {verk}.",
        _EFTER_BESLUT,
        i_attgora=False,
    ),
    Regel(
        "verkstalls_efter_dod",
        "Verkställs efter att personen avlidit",
        "Verkställigheter som inte är avslutade på dödsdagen.",
        "Dagarna efter dödsfallet ersätts inte (R1), och platsen ser upptagen ut.",
        "Avsluta verkställigheten på dödsdagen, eller rätta datumet om det är fel.",
        Roll.HANDLAGGARE,
        Objekt.VERKSTALLIGHET,
        "Personen avled {avliden}. Verkställigheten gäller {verk}.",
        _EFTER_DOD,
        i_attgora=False,
    ),
    Regel(
        "dubbel_insats",
        "Samma insats på två håll samtidigt",
        "Två verkställigheter av samma insats samma dagar, båda betalda per dygn eller månad (R31).",
        "Kommunen betalar två gånger, och personen räknas två gånger.",
        "Vid flytt: avsluta den gamla verkställigheten dagen före den nya.",
        Roll.HANDLAGGARE,
        Objekt.VERKSTALLIGHET,
        "{forsta} hos {hos} och {andra} hos {hos_andra} pågår samtidigt.",
        _DUBBEL,
        pengar=Pengar.DAGAR,
    ),
    Regel(
        "dubbla_beslut",
        "Två beslut om samma insats",
        "Två gynnande beslut om samma insats som gäller samtidigt, i dag eller framåt.",
        "Det är oklart vilket beslut som gäller, och statistiken räknar båda.",
        "Låt det äldre beslutet sluta gälla dagen före det nya.",
        Roll.HANDLAGGARE,
        Objekt.BESLUT,
        "Beslut {forsta} och {andra} gäller samtidigt.",
        _DUBBLA_BESLUT,
    ),
    Regel(
        "uppfoljning_saknas",
        "Inte uppföljt i tid",
        "Gynnande beslut där dagen för uppföljning har passerat. Är ingen dag satt gäller ett år från beslutet.",
        "Insatser ska följas upp minst en gång om året.",
        "Följ upp beslutet, och sätt dagen för nästa uppföljning.",
        Roll.HANDLAGGARE,
        Objekt.BESLUT,
        "Skulle ha följts upp senast {senast}.",
        _UPPFOLJNING,
        i_attgora=False,
    ),
    Regel(
        "ej_verkstallt",
        "Inte verkställt inom tre månader",
        "Gynnande beslut och domar där mer än tre månader har gått utan att insatsen utförs.",
        "Nämndens beslut ska rapporteras till IVO, och kommunen kan få betala särskild avgift.",
        "Beställ insatsen, eller skriv vad dröjsmålet beror på.",
        Roll.HANDLAGGARE,
        Objekt.BESLUT,
        "Inte verkställt {klocka} {fran}. De tre månaderna gick ut {sista}.",
        _ej_verkstallda,
        i_attgora=False,
    ),
    Regel(
        "personkrets",
        "Insatsen passar inte personkretsen",
        "LSS-beslut där personkretsen saknas, och daglig verksamhet för någon i personkrets 3.",
        "Rätten till LSS hänger på personkretsen (LSS 1 §). Daglig verksamhet är för personkrets 1 och 2 (7 §).",
        "Registrera personkretsen. Är insatsen fel: ompröva, till exempel som sysselsättning enligt SoL.",
        Roll.HANDLAGGARE,
        Objekt.BESLUT,
        "Beslutet gäller, men {varfor}.",
        _PERSONKRETS,
    ),
    Regel(
        "niva_saknas",
        "Nivå saknas",
        "Insatser som utförs i dag, där alla priser kräver en nivå och personen inte har någon godkänd (R4).",
        "Utan godkänd nivå finns inget pris, och insatsen ersätts inte.",
        "Gör eller godkänn nivåbedömningen.",
        Roll.AVTALSSAMORDNARE,
        Objekt.VERKSTALLIGHET,
        "Personen har ingen godkänd nivå. Priset hos {enhet} beror på nivån.",
        _NIVA,
    ),
    Regel(
        "avtal_saknas",
        "Avtal saknas",
        "Insatser som utförs i dag hos en utförare utan avtal om insatsen (R2).",
        "Utan avtal ersätts dagarna inte.",
        "Lägg upp avtalet, eller rätta enheten om beställningen gick fel.",
        Roll.AVTALSSAMORDNARE,
        Objekt.VERKSTALLIGHET,
        "Utföraren som {enhet} hör till har inget avtal om insatsen.",
        _AVTALET,
    ),
)
