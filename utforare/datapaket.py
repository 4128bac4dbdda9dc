"""The files of the import format that say who carries it out, on what terms: utforare, enheter, prislistor, avtal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stdnum import luhn

from beslut.datapaket import person_inte_gallrad
from beslut.regler import Insats
from grund.datapaket.beskrivning import Dagar, Fil, Kolumn, Radfel, Spar, Varden, bara_andrat, period
from grund.datapaket.overlapp import utan_overlapp
from grund.datapaket.tidtyper import Datum, Slutdag
from grund.datapaket.typer import Formfel, Heltal, Id, Lista, Referens, Skrivsatt, Tal, Text, Typ, Val
from utforare.datapaket_utfort import BESOK, NARVARO, VERKSTALLIGHETER
from utforare.regler import Avtalsform, Modell, NivaFran, Regi, Slutorsak
from utforare.trappor import las_granser, las_trappa

_ORGNR = re.compile(r"([0-9]{6})-?([0-9]{4})")
ANDEL = Tal(minst=Decimal(0))


@dataclass(frozen=True)
class Organisationsnummer(Typ):
    """Ten digits with a check digit; a hyphen before the last four is accepted."""

    def las(self, text: str) -> str:
        traff = _ORGNR.fullmatch(text)
        if traff is None:
            raise Formfel("Skriv organisationsnumret med tio siffror.")
        if not luhn.is_valid(traff[1] + traff[2]):
            raise Formfel("Kontrollsiffran stämmer inte. Jämför med källan: någon siffra är fel.")
        return traff[1] + traff[2]


UTFORARE = Fil(
    "utforare",
    "utforare_utforare",
    (
        Kolumn("utforare_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("namn", Text(200), kravs=True),
        Kolumn("organisationsnummer", Organisationsnummer(), kravs=True),
        Kolumn("regi", Val.av(Regi), kravs=True),
    ),
    nyckel=("utforare_id",),
    spar=Spar("utforare", "{r}.id", andrad=Dagar(), nya=False),
)

ENHETER = Fil(
    "enheter",
    "utforare_enhet",
    (
        Kolumn("enhet_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("utforare_id", Referens.i("utforare"), kravs=True),
        Kolumn("namn", Text(200), kravs=True),
        Kolumn("platser", Heltal()),
    ),
    nyckel=("enhet_id",),
    spar=Spar(
        "enhet",
        "{r}.id",
        andrad=Dagar("CASE WHEN g.utforare_id <> n.utforare_id THEN date '1900-01-01' END"),
        nya=False,
    ),
)

PRISLISTOR = Fil(
    "prislistor",
    "utforare_prislista",
    (
        Kolumn("prislista_id", Id(), kravs=True, falt="nyckel"),
        Kolumn("namn", Text(200), kravs=True),
    ),
    nyckel=("prislista_id",),
    spar=Spar("prislista", "{r}.id", andrad=Dagar(), nya=False),
)


def _person_vid_individavtal(varden: Varden) -> Iterator[Radfel]:
    individavtal = varden["avtalsform"] == Avtalsform.INDIVIDAVTAL
    if individavtal and varden["person_id"] is None:
        yield "person_id", "Ett individavtal gäller alltid en person: ange person_id."
    if not individavtal and varden["person_id"] is not None:
        yield "person_id", "Bara ett individavtal gäller en viss person. Lämna tomt, eller ändra avtalsform."


_AVTAL = (
    Kolumn("avtal_id", Id(), kravs=True, falt="nyckel"),
    Kolumn("utforare_id", Referens.i("utforare"), kravs=True),
    Kolumn("insats", Val.av(Insats), kravs=True),
    Kolumn("avtalsform", Val.av(Avtalsform), kravs=True),
    Kolumn("person_id", Referens.i("personer")),
    Kolumn("prislista_id", Referens.i("prislistor"), kravs=True),
    Kolumn("modell", Val.av(Modell), kravs=True),
    Kolumn("fran", Datum(), kravs=True),
    Kolumn("till", Slutdag()),
    Kolumn("franvaro", Skrivsatt(las_trappa)),
    Kolumn("omfattning_granser", Skrivsatt(las_granser)),
    Kolumn("niva_fran", Val.av(NivaFran)),
    Kolumn("avslut_dagar", Heltal()),
    Kolumn("avslut_orsaker", Lista.av(Slutorsak)),
    Kolumn("bomtid_varsel_timmar", ANDEL),
    Kolumn("bomtid_andel", ANDEL),
    Kolumn("bomtid_tak_andel", ANDEL),
    Kolumn("tak_andel_av_bestallt", ANDEL),
    Kolumn("avrundning_minuter", Heltal(minst=1)),
)
AVTAL = Fil(
    "avtal",
    "utforare_avtal",
    _AVTAL,
    nyckel=("avtal_id",),
    regler=(period, _person_vid_individavtal),
    spar=Spar(
        "utforare",
        "{r}.utforare_id",
        egna=Dagar("{r}.fran"),
        andrad=Dagar(
            f"CASE WHEN {bara_andrat(_AVTAL, 'till')} THEN least(g.till, n.till) - 1 ELSE least(g.fran, n.fran) END"
        ),
    ),
    kontroller=(
        *person_inte_gallrad("avtal", "avtal_id", "utforare_avtal"),
        utan_overlapp(
            "avtal",
            lika=("utforare_id", "insats", "person_id"),
            namn="'avtal ' || e.avtal_id",
            mening="Utföraren har redan ett avtal för insatsen under en del av perioden:",
        ),
    ),
    uppskjutna=("avtal_overlappar_inte",),
)

FILER = (UTFORARE, ENHETER, PRISLISTOR, AVTAL, VERKSTALLIGHETER, NARVARO, BESOK)
