"""The files of the import format that say who is entitled to what: personer, beslut, nivabedomningar."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from beslut.personnummer import fel_i_personnummer, maskera
from beslut.regler import Bedomningsstatus, Insats, Lag, Omfattningsenhet, Utfall
from grund.datapaket.beskrivning import (
    Dagar,
    Fil,
    Kolumn,
    Kontroll,
    Radfel,
    Spar,
    Varden,
    bara_andrat,
    period,
    tillsammans,
)
from grund.datapaket.tidtyper import Datum, Slutdag
from grund.datapaket.typer import Formfel, Heltal, Id, JaNej, Referens, Tal, Text, Typ, Val

INSATS = Kolumn("insats", Val.av(Insats), kravs=True)


def inte_gallrad(fil: str, kolumn: str, vem: str) -> Kontroll:
    """Nothing is taken in of a person whose akt has been removed. `vem`: joins from the package's row (s) to the person
    (p). A row of somebody else's is not met by them."""
    return Kontroll(f"""
        SELECT s.rad, '{kolumn}', 'Personen är gallrad. Det som står kvar är underlag till bokföringen, och'
               || ' ändras inte. Ta bort raden ur paketet, och personen ur källsystemet.'
          FROM paket_{fil} s {vem}
         WHERE s.giltig AND p.gallrad IS NOT NULL AND EXISTS (SELECT FROM beslut_person WHERE gallrad IS NOT NULL)
    """)


def person_inte_gallrad(fil: str, nyckel: str, tabell: str) -> tuple[Kontroll, ...]:
    """For a file whose rows say whose they are: neither whose they become nor whose they are."""
    return (
        inte_gallrad(fil, "person_id", "JOIN beslut_person p ON p.nyckel = s.person_id"),
        inte_gallrad(
            fil, nyckel, f"JOIN {tabell} g ON g.nyckel = s.{nyckel} JOIN beslut_person p ON p.id = g.person_id"
        ),
    )


@dataclass(frozen=True)
class Personnummer(Typ):
    def las(self, text: str) -> str:
        fel = fel_i_personnummer(text)
        if fel:
            raise Formfel(fel)
        return text

    def visa(self, text: str) -> str:
        return maskera(text)


PERSONER = Fil(
    "personer",
    "beslut_person",
    (
        Kolumn("person_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("personnummer", Personnummer(), kravs=True),
        Kolumn("fornamn", Text(100)),
        Kolumn("efternamn", Text(100)),
        Kolumn("personkrets", Heltal(1, 3)),
        # Not given: as it was. Protection is never taken away by silence.
        Kolumn("skyddad", JaNej(), nytt="COALESCE(s.skyddad, g.skyddad, false)"),
        Kolumn("avliden", Datum()),
    ),
    nyckel=("person_id",),
    spar=Spar(
        "person",
        "{r}.id",
        andrad=Dagar("CASE WHEN g.avliden IS DISTINCT FROM n.avliden THEN least(g.avliden, n.avliden) + 1 END"),
        nya=False,
    ),
    kontroller=(
        inte_gallrad("personer", "person_id", "JOIN beslut_person p ON p.nyckel = s.person_id"),
        Kontroll("""
            SELECT s.rad, 'personkrets',
                   'Personen har ett beslut om daglig verksamhet (' || min(b.beslut_id)
                   || '), som kräver personkrets 1 eller 2 (LSS 7 §).'
              FROM paket_personer s JOIN efter_beslut b USING (person_id)
             WHERE s.giltig AND b.rad IS NULL AND b.insats = 'LSS-10' AND b.utfall <> 'avslag'
               AND coalesce(s.personkrets, 0) NOT IN (1, 2)
             GROUP BY s.rad
        """),
    ),
)


def _lagrum(varden: Varden) -> Iterator[Radfel]:
    if varden["lagrum"] != Insats(varden["insats"]).lag:
        yield "lagrum", f"Lagrummet passar inte insatsen: {varden['insats']} beslutas enligt {_ratt_lag(varden)}."


def _ratt_lag(varden: Varden) -> Lag:
    return Insats(varden["insats"]).lag


def _fran_vid_bifall(varden: Varden) -> Iterator[Radfel]:
    """A rejected application has no days of its own."""
    if varden["fran"] is None and varden["utfall"] != Utfall.AVSLAG:
        yield "fran", "Ett beslut som inte är avslag måste ha en startdag."


_BESLUT = (
    Kolumn("beslut_id", Id(), kravs=True, falt="nyckel"),
    Kolumn("person_id", Referens.i("personer"), kravs=True),
    INSATS,
    Kolumn("lagrum", Val.av(Lag), kravs=True),
    Kolumn("utfall", Val.av(Utfall), kravs=True),
    Kolumn("ansokan", Datum()),
    Kolumn("beslutsdatum", Datum(), kravs=True),
    Kolumn("fran", Datum()),
    Kolumn("till", Slutdag()),
    Kolumn("omfattning", Tal(minst=Decimal(0))),
    Kolumn("omfattning_enhet", Val.av(Omfattningsenhet)),
    Kolumn("uppfoljning", Datum()),
)
_PAPPER = ("ansokan", "uppfoljning", "beslutsdatum", "lagrum")  # what never moves money
BESLUT = Fil(
    "beslut",
    "beslut_beslut",
    _BESLUT,
    nyckel=("beslut_id",),
    regler=(period, _lagrum, _fran_vid_bifall, tillsammans("omfattning", "omfattning_enhet")),
    spar=Spar(
        "person",
        "{r}.person_id",
        egna=Dagar("{r}.fran"),
        andrad=Dagar(
            f"CASE WHEN {bara_andrat(_BESLUT, *_PAPPER)} THEN NULL"
            f" WHEN {bara_andrat(_BESLUT, 'till', *_PAPPER)} THEN least(g.till, n.till)"
            " ELSE least(g.fran, n.fran) END"
        ),
    ),
    kontroller=(
        *person_inte_gallrad("beslut", "beslut_id", "beslut_beslut"),
        # An avslag may well be for someone outside personkrets 1 and 2: that is often why it was refused.
        Kontroll("""
            SELECT s.rad, 'insats', 'Daglig verksamhet kräver personkrets 1 eller 2 (LSS 7 §). Personen ' || p.person_id
                   || ' har ' || coalesce('personkrets ' || p.personkrets, 'ingen personkrets') || '.'
              FROM paket_beslut s JOIN efter_personer p USING (person_id)
             WHERE s.giltig AND s.insats = 'LSS-10' AND s.utfall <> 'avslag'
               AND coalesce(p.personkrets, 0) NOT IN (1, 2)
        """),
    ),
)


def _godkannande(varden: Varden) -> Iterator[Radfel]:
    godkand = varden["status"] == Bedomningsstatus.GODKAND
    if godkand and not varden["godkand_av"]:
        yield "godkand_av", "En godkänd nivåbedömning måste säga vem som godkände den."
    if godkand and varden["godkand"] is None:
        yield "godkand", "En godkänd nivåbedömning måste säga vilken dag den godkändes."
    if varden["godkand_av"] and varden["godkand_av"] == varden["bedomd_av"]:
        yield "godkand_av", "Den som har gjort bedömningen får inte själv godkänna den."


NIVABEDOMNINGAR = Fil(
    "nivabedomningar",
    "beslut_nivabedomning",
    (
        Kolumn("nivabedomning_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("person_id", Referens.i("personer"), kravs=True),
        INSATS,
        Kolumn("niva", Text(40), kravs=True),
        Kolumn("fran", Datum(), kravs=True),
        Kolumn("status", Val.av(Bedomningsstatus), kravs=True),
        Kolumn("bedomd_av", Text(100)),
        Kolumn("godkand_av", Text(100)),
        Kolumn("godkand", Datum()),
    ),
    nyckel=("nivabedomning_id",),
    regler=(_godkannande,),
    spar=Spar(
        "person",
        "{r}.person_id",
        egna=Dagar("CASE WHEN {r}.status = 'godkand' THEN {r}.fran END"),
        andrad=Dagar("CASE WHEN 'godkand' IN (g.status, n.status) THEN least(g.fran, n.fran) END"),
    ),
    kontroller=person_inte_gallrad("nivabedomningar", "nivabedomning_id", "beslut_nivabedomning"),
    kan_tas_bort=("nivabedomning_id",),
)

FILER = (PERSONER, BESLUT, NIVABEDOMNINGAR)
