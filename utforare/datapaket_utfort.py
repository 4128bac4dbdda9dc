"""The files of the import format that say what was carried out: verkstalligheter, narvaro, besok."""

from collections.abc import Iterator
from decimal import Decimal

from beslut.datapaket import inte_gallrad
from beslut.regler import Omfattningsenhet
from grund.datapaket.beskrivning import (
    Dagar,
    Fil,
    Kolumn,
    Kontroll,
    PerManad,
    Radfel,
    Snabb,
    Spar,
    Varden,
    bara_andrat,
    period,
    tillsammans,
)
from grund.datapaket.tidtyper import Datum, Slutdag, Tidpunkt
from grund.datapaket.typer import Heltal, Id, Referens, Tal, Text, Val
from utforare.partitioner import sakra_manader, skrivplats
from utforare.regler import AvbokadAv, Narvarokod, Registrering, Slutorsak

BESOKSDAG = "(coalesce({r}.utford_start, {r}.planerad_start) AT TIME ZONE 'Europe/Stockholm')::date"
_BESOKETS_SLUT = "((coalesce({r}.utford_slut, {r}.planerad_slut) AT TIME ZONE 'Europe/Stockholm')::date + 1)"
_PERSON = """JOIN utforare_verkstallighet {r}_v ON {r}_v.id = {r}.verkstallighet_id
             JOIN beslut_beslut {r}_b ON {r}_b.id = {r}_v.beslut_id"""
_INOM = """' ligger utanför verkställigheten ' || v.verkstallighet_id || ' (' || v.fran || '–'
           || coalesce((v.till - 1)::text, 'tills vidare') || ').'"""
_BESLUTETS_PERSON = "JOIN beslut_person p ON p.id = b.person_id"
_VERKETS_PERSON = f"""JOIN utforare_verkstallighet v ON v.nyckel = s.verkstallighet_id
    JOIN beslut_beslut b ON b.id = v.beslut_id {_BESLUTETS_PERSON}"""


def _slut_med_orsak(varden: Varden) -> Iterator[Radfel]:
    if varden["till"] and not varden["slutorsak"]:
        yield "slutorsak", f"En verkställighet som har ett slut måste ha en slutorsak: {', '.join(Slutorsak.values)}."
    if varden["slutorsak"] and not varden["till"]:
        yield "till", "Slutorsak är angiven men inget slut. Ange till, eller lämna slutorsak tomt."


def _utanfor(vad: str, tabell: str, dag: str, namn: str) -> Kontroll:
    """Stored rows that fall outside a verkställighet that the package shortens."""
    return Kontroll(f"""
        SELECT s.rad, CASE WHEN min(x.{dag}) < s.fran THEN 'fran' ELSE 'till' END,
               'Verkställigheten kortas så att ' || count(*) || ' rader {vad} hamnar utanför: '
               || array_to_string((array_agg({namn} ORDER BY x.{dag}))[:5], ', ')
               || CASE WHEN count(*) > 5 THEN ' …' ELSE '' END || '. Ta tillbaka dem i borttag.csv, eller rätta dagen.'
          FROM paket_verkstalligheter s
          JOIN utforare_verkstallighet g ON g.nyckel = s.verkstallighet_id
          JOIN {tabell} x ON x.verkstallighet_id = g.id
         WHERE s.giltig AND (s.fran > g.fran OR s.till IS DISTINCT FROM g.till)
           AND (x.{dag} < s.fran OR x.{dag} >= s.till)
           AND {_KVAR[vad]}
         GROUP BY s.rad, s.fran
    """)


_KVAR = {
    "närvaro": """NOT EXISTS (SELECT FROM paket_borttag t WHERE t.giltig AND t.fil = 'narvaro'
                               AND t.id = s.verkstallighet_id AND t.datum = x.datum)""",
    "besök": """NOT EXISTS (SELECT FROM paket_borttag t WHERE t.giltig AND t.fil = 'besok' AND t.id = x.nyckel)
                AND NOT EXISTS (SELECT FROM paket_besok p WHERE p.besok_id = x.nyckel)""",
}

# Days only grow until the visits that the package moves have moved.
_KORTAS = "n.till < coalesce(g.till, 'infinity')"
_VIDGAD = {
    "fran": "least(g.fran, n.fran)",
    "till": f"CASE WHEN {_KORTAS} THEN g.till ELSE n.till END",
    "slutorsak": f"CASE WHEN {_KORTAS} THEN g.slutorsak ELSE n.slutorsak END",
}

_VERKSTALLIGHETER = (
    Kolumn("verkstallighet_id", Id(), kravs=True, falt="nyckel"),
    Kolumn("beslut_id", Referens.i("beslut"), kravs=True),
    Kolumn("enhet_id", Referens.i("enheter"), kravs=True),
    Kolumn("bestalld", Datum()),
    Kolumn("omfattning", Text(40)),
    Kolumn("bestallt_antal", Tal(minst=Decimal(0))),
    Kolumn("bestallt_enhet", Val.av(Omfattningsenhet)),
    Kolumn("fran", Datum(), kravs=True),
    Kolumn("till", Slutdag()),
    Kolumn("slutorsak", Val.av(Slutorsak)),
)
VERKSTALLIGHETER = Fil(
    "verkstalligheter",
    "utforare_verkstallighet",
    _VERKSTALLIGHETER,
    nyckel=("verkstallighet_id",),
    regler=(period, _slut_med_orsak, tillsammans("bestallt_antal", "bestallt_enhet")),
    spar=Spar(
        "person",
        "{r}_b.person_id",
        via="JOIN beslut_beslut {r}_b ON {r}_b.id = {r}.beslut_id",
        egna=Dagar("{r}.fran"),
        andrad=Dagar(
            f"CASE WHEN {bara_andrat(_VERKSTALLIGHETER, 'bestalld')} THEN NULL"
            f" WHEN {bara_andrat(_VERKSTALLIGHETER, 'bestalld', 'till', 'slutorsak')} THEN least(g.till, n.till) - 1"
            " ELSE least(g.fran, n.fran) END"
        ),
    ),
    kontroller=(
        inte_gallrad(
            "verkstalligheter", "beslut_id", f"JOIN beslut_beslut b ON b.nyckel = s.beslut_id {_BESLUTETS_PERSON}"
        ),
        inte_gallrad("verkstalligheter", "verkstallighet_id", _VERKETS_PERSON),
        _utanfor("närvaro", "utforare_narvaro", "datum", "x.datum::text"),
        _utanfor("besök", "utforare_besok", "dag", "x.nyckel || ' ' || x.dag"),
    ),
    kan_tas_bort=("verkstallighet_id",),
    mellanlage=_VIDGAD,
)


def _hor_till_koden(varden: Varden) -> Iterator[Radfel]:
    if varden["kod"] == Narvarokod.NARVARO and varden["orsak"]:
        yield "orsak", "Orsak hör till frånvaro (kod F), men raden har kod N."
    if varden["kod"] == Narvarokod.NARVARO and varden["minuter"] is not None and not 1 <= varden["minuter"] <= 1440:
        yield "minuter", "En närvarodag (kod N) har 1–1440 minuter. Lämna tomt om tiden inte är känd."


NARVARO = Fil(
    "narvaro",
    "utforare_narvaro",
    (
        Kolumn("verkstallighet_id", Referens.i("verkstalligheter"), kravs=True),
        Kolumn("datum", Datum(), kravs=True),
        Kolumn("kod", Val.av(Narvarokod), kravs=True),
        Kolumn("omfattning", Text(40)),
        Kolumn("minuter", Heltal(0, 32767)),
        Kolumn("orsak", Text(100)),
    ),
    nyckel=("verkstallighet_id", "datum"),
    regler=(_hor_till_koden,),
    # A run of absence goes on from an earlier day (R10, R11), so a day may decide what all later ones pay.
    spar=Spar("person", "{r}_b.person_id", via=_PERSON, egna=Dagar("{r}.datum")),
    kontroller=(
        inte_gallrad("narvaro", "verkstallighet_id", _VERKETS_PERSON),
        Kontroll(f"""
            SELECT s.rad, 'datum', 'Dagen' || {_INOM}
              FROM paket_narvaro s JOIN efter_verkstalligheter v USING (verkstallighet_id)
             WHERE s.giltig AND (s.datum < v.fran OR s.datum >= v.till)
        """),
    ),
    snabb=Snabb("verkstallighet_id", "datum"),
    per_manad=PerManad("datum", sakra_manader, skrivplats),
    kan_tas_bort=("verkstallighet_id", "datum"),
)


def _helt(varden: Varden) -> Iterator[Radfel]:
    for sort in ("planerad", "utford"):
        start, slut = varden[f"{sort}_start"], varden[f"{sort}_slut"]
        if (start is None) != (slut is None):
            saknas = f"{sort}_slut" if slut is None else f"{sort}_start"
            yield saknas, f"{sort}_start och {sort}_slut anges tillsammans."
        elif start and slut <= start:
            yield f"{sort}_slut", "Besöket ska sluta efter att det börjar."


def _utfort_eller_avbokat(varden: Varden) -> Iterator[Radfel]:
    utfort = varden["utford_start"] or varden["utford_slut"]
    if utfort:
        for kolumn in ("avbokad", "avbokad_av"):
            if varden[kolumn]:
                yield kolumn, "Ett utfört besök kan inte vara avbokat. Ta bort utförd tid eller avbokningen."
        return
    if not varden["planerad_start"] and not varden["planerad_slut"]:
        yield "planerad_start", "Besöket har varken utförd eller planerad tid."
    elif not varden["avbokad_av"]:
        yield "avbokad_av", "Ett besök som inte utfördes måste säga vem som avbokade: brukare eller utforare."


BESOK = Fil(
    "besok",
    "utforare_besok",
    (
        Kolumn("besok_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("verkstallighet_id", Referens.i("verkstalligheter"), kravs=True),
        *(
            Kolumn(namn, Tidpunkt())
            for namn in ("planerad_start", "planerad_slut", "utford_start", "utford_slut", "avbokad")
        ),
        Kolumn("avbokad_av", Val.av(AvbokadAv)),
        Kolumn("orsak", Text(100)),
        Kolumn("registrering", Val.av(Registrering)),
    ),
    nyckel=("besok_id",),
    regler=(_helt, _utfort_eller_avbokat),
    spar=Spar(
        "person",
        "{r}_b.person_id",
        via=_PERSON,
        egna=Dagar(BESOKSDAG, _BESOKETS_SLUT),
    ),
    kontroller=(
        inte_gallrad("besok", "verkstallighet_id", _VERKETS_PERSON),
        Kontroll(f"""
            SELECT s.rad, CASE WHEN s.utford_start IS NULL THEN 'planerad_start' ELSE 'utford_start' END,
                   'Besökets dag' || {_INOM}
              FROM paket_besok s JOIN efter_verkstalligheter v USING (verkstallighet_id)
             WHERE s.giltig
               AND ({BESOKSDAG.format(r="s")} < v.fran OR {BESOKSDAG.format(r="s")} >= v.till)
        """),
    ),
    kan_tas_bort=("besok_id",),
)
