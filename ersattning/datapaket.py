"""The files of the import format that say what it costs: priser, tidsband, anstallningar, bonusregler."""

from collections.abc import Iterator
from decimal import Decimal

from beslut.datapaket import person_inte_gallrad
from beslut.regler import Insats
from ersattning.regler import Anstallningsform, Prisenhet
from ersattning.tidsbandskrock import krockar
from grund.datapaket.beskrivning import (
    Cursor,
    Dagar,
    Fil,
    Kolumn,
    Kontroll,
    Radfel,
    Spar,
    Varden,
    bara_andrat,
    period,
)
from grund.datapaket.overlapp import utan_overlapp
from grund.datapaket.tidtyper import Datum, Klockslag, Slutdag, Tidpunkt
from grund.datapaket.typer import STORSTA_HELTAL, Belopp, Heltal, Id, Lista, Referens, Tal, Text, Val

ALLTID = "date '1900-01-01'"

_PRISNYCKEL = ("prislista_id", "insats", "niva", "omfattning", "tidsband", "enhet")
_PRISER = (
    Kolumn("prislista_id", Referens.i("prislistor"), kravs=True),
    Kolumn("insats", Val.av(Insats), kravs=True),
    Kolumn("niva", Text(40)),
    Kolumn("omfattning", Text(40)),
    Kolumn("tidsband", Text(40)),
    Kolumn("enhet", Val.av(Prisenhet), kravs=True),
    Kolumn("belopp", Belopp(), kravs=True),
    Kolumn("fran", Datum(), kravs=True),
    Kolumn("till", Slutdag()),
)
PRISER = Fil(
    "priser",
    "ersattning_pris",
    _PRISER,
    nyckel=(*_PRISNYCKEL, "fran"),
    regler=(period,),
    spar=Spar(
        "prislista",
        "{r}.prislista_id",
        egna=Dagar("{r}.fran", "{r}.till"),
        andrad=Dagar(
            f"CASE WHEN {bara_andrat(_PRISER, 'till')} THEN least(g.till, n.till) ELSE g.fran END",
            "CASE WHEN g.till IS NOT NULL AND n.till IS NOT NULL THEN greatest(g.till, n.till) END",
        ),
    ),
    kontroller=(
        utan_overlapp(
            "priser",
            lika=_PRISNYCKEL,
            namn="'pris ' || e.belopp || ' kr per ' || e.enhet",
            mening="Prislistan har redan ett pris för samma sak under en del av perioden:",
        ),
        # A band of another price list would never be met: its name counts as unknown here.
        Kontroll("""
            SELECT s.rad, 'tidsband', 'Tidsbandet finns inte i tidsband.csv för prislistan ' || s.prislista_id
                   || ', och är inte inläst tidigare. Rätta namnet eller lägg till tidsbandet.'
              FROM paket_priser s
             WHERE s.giltig AND s.tidsband <> ''
               AND NOT EXISTS (SELECT FROM paket_tidsband t
                                WHERE t.prislista_id = s.prislista_id AND t.tidsband = s.tidsband)
               AND NOT EXISTS (SELECT FROM ersattning_tidsband t JOIN utforare_prislista p ON p.id = t.prislista_id
                                WHERE p.nyckel = s.prislista_id AND t.tidsband = s.tidsband)
        """),
    ),
)


def _vecka_eller_kalender(varden: Varden) -> Iterator[Radfel]:
    vecka, kalender = ("veckodag", "fran_tid", "till_tid"), ("fran_tidpunkt", "till_tidpunkt")
    if any(varden[kolumn] is not None for kolumn in vecka):
        yield from _hela(varden, vecka, "Ett tidsband per vecka har veckodag, fran_tid och till_tid.")
        for kolumn in kalender:
            if varden[kolumn] is not None:
                yield kolumn, "Ett tidsband gäller antingen en veckodag eller mellan två tidpunkter, inte båda."
    else:
        yield from _hela(varden, kalender, "Ange veckodag med klockslag, eller fran_tidpunkt och till_tidpunkt.")


def _hela(varden: Varden, kolumner: tuple[str, ...], text: str) -> Iterator[Radfel]:
    return ((kolumn, text) for kolumn in kolumner if varden[kolumn] is None)


def _slutar_efter_start(varden: Varden) -> Iterator[Radfel]:
    for sort in ("tid", "tidpunkt"):
        fran, till = varden[f"fran_{sort}"], varden[f"till_{sort}"]
        if fran is not None and till is not None and till <= fran:
            natt = " En natt skrivs som två rader, till 24:00 och från 00:00." if sort == "tid" else ""
            yield f"till_{sort}", f"Tidsbandet ska sluta efter att det börjar.{natt}"


def _samma_minut(cursor: Cursor) -> Iterator[tuple[int, str, str]]:
    """Rows of one price list and priority that cover the same minute, as they will stand after the package."""
    cursor.execute(
        """SELECT e.prislista_id, e.prioritet, e.rad, e.tidsband, e.veckodag, e.fran_tid, e.till_tid,
                  e.fran_tidpunkt, e.till_tidpunkt
             FROM efter_tidsband e
            WHERE EXISTS (SELECT FROM paket_tidsband s
                           WHERE s.prislista_id = e.prislista_id AND s.prioritet = e.prioritet)
            ORDER BY e.rad NULLS FIRST"""
    )
    yield from krockar(cursor.fetchall())


TIDSBAND = Fil(
    "tidsband",
    "ersattning_tidsband",
    (
        Kolumn("prislista_id", Referens.i("prislistor"), kravs=True),
        Kolumn("tidsband", Text(40), kravs=True),
        Kolumn("prioritet", Heltal(-STORSTA_HELTAL), kravs=True),
        Kolumn("veckodag", Heltal(1, 7)),
        Kolumn("fran_tid", Klockslag(), falt="fran_minut"),
        Kolumn("till_tid", Klockslag(), falt="till_minut"),
        Kolumn("fran_tidpunkt", Tidpunkt()),
        Kolumn("till_tidpunkt", Tidpunkt()),
    ),
    nyckel=(
        "prislista_id",
        "tidsband",
        "prioritet",
        "veckodag",
        "fran_tid",
        "till_tid",
        "fran_tidpunkt",
        "till_tidpunkt",
    ),
    regler=(_vecka_eller_kalender, _slutar_efter_start),
    spar=Spar(
        "prislista",
        "{r}.prislista_id",
        egna=Dagar(
            f"coalesce(({{r}}.fran_tidpunkt AT TIME ZONE 'Europe/Stockholm')::date, {ALLTID})",
            "(({r}.till_tidpunkt - interval '1 minute') AT TIME ZONE 'Europe/Stockholm')::date + 1",
        ),
    ),
    kontroller=(Kontroll(funktion=_samma_minut),),
)

ANSTALLNINGAR = Fil(
    "anstallningar",
    "ersattning_anstallning",
    (
        Kolumn("anstallning_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("person_id", Referens.i("personer"), kravs=True),
        Kolumn("arbetsgivare", Text(200)),
        Kolumn("fran", Datum(), kravs=True),
        Kolumn("till", Slutdag()),
        Kolumn("sysselsattningsgrad", Tal(minst=Decimal(1), storst=Decimal(100)), kravs=True),
        Kolumn("anstallningsform", Val.av(Anstallningsform), kravs=True),
    ),
    nyckel=("anstallning_id",),
    regler=(period,),
    spar=Spar("person", "{r}.person_id"),
    kontroller=person_inte_gallrad("anstallningar", "anstallning_id", "ersattning_anstallning"),
    kan_tas_bort=("anstallning_id",),
)


def _andel_vid_kvalificering(varden: Varden) -> Iterator[Radfel]:
    if varden["kvalificering_manader"] and varden["andel_vid_start"] is None:
        yield "andel_vid_start", "Med en kvalificeringstid måste andelen som betalas vid start anges (0–1)."


BONUSREGLER = Fil(
    "bonusregler",
    "ersattning_bonusregel",
    (
        Kolumn("regel_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("belopp", Belopp(), kravs=True),
        Kolumn("tidigast_manader", Heltal()),
        Kolumn("senast_manader", Heltal()),
        Kolumn("kvalificering_manader", Heltal()),
        Kolumn("andel_vid_start", Tal(minst=Decimal(0), storst=Decimal(1))),
        Kolumn("anstallningsformer", Lista.av(Anstallningsform)),
        Kolumn("minst_sysselsattningsgrad", Tal(minst=Decimal(0))),
        Kolumn("arstak", Belopp(siffror=12)),
        Kolumn("fran", Datum(), kravs=True),
        Kolumn("till", Slutdag()),
    ),
    nyckel=("regel_id",),
    regler=(period, _andel_vid_kvalificering),
    spar=Spar("regel", "{r}.id"),
)

FILER = (PRISER, TIDSBAND, ANSTALLNINGAR, BONUSREGLER)
