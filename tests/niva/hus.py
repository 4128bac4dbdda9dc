"""A house for the tests of nivåbedömning: an instrument in use, somebody to assess, and those who do it."""

from datetime import date, datetime, time
from decimal import Decimal

from beslut.actions.instrument import skapa_instrument, ta_i_bruk
from beslut.actions.nivaarende import Svar, borja_bedomning, skicka_in, spara_bedomning
from beslut.instrument import Instrumentutkast, Omradesutkast
from beslut.models import Instrument, Nivaarende, Person
from beslut.nivapoang import Grans
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import STOCKHOLM

OMRADEN = [
    Omradesutkast("d1", "Lärande och att tillämpa kunskap", Decimal(2), "Att lära, tänka och lösa problem."),
    Omradesutkast("d4", "Förflyttning", Decimal(3)),
    Omradesutkast("d5", "Personlig vård", Decimal(3)),
    Omradesutkast("trygghet", "Känsla av trygghet", Decimal(2)),
]
# 0–9 nivå 1, 10–19 nivå 2, 20–29 nivå 3, 30–35 nivå 4, 36–40 nivå 5
GRANSER = [Grans(Decimal(minst), str(nummer)) for nummer, minst in enumerate((0, 10, 20, 30, 36), 1)]
SVAR_FOR = {"1": (0, 0, 1, 1), "2": (1, 1, 2, 2), "3": (2, 2, 2, 4), "4": (3, 3, 3, 3), "5": (4, 4, 4, 4)}


def klockan(dag: date) -> datetime:
    return datetime.combine(dag, time(10), STOCKHOLM)


def utkast(*insatser: str, namn: str = "Ekstadsskalan") -> Instrumentutkast:
    return Instrumentutkast(namn, insatser, 1, "Stödbehov per livsområde.", OMRADEN, GRANSER)


def instrument_i_bruk(*insatser: str, fran: date, namn: str = "Ekstadsskalan") -> Instrument:
    nytt = skapa_instrument(utkast=utkast(*insatser, namn=namn), av=None)
    return ta_i_bruk(instrument=nytt, fran=fran, av=None, idag=fran)


def anvandare(namn: str, *roller: Roll, fornamn: str = "", efternamn: str = "") -> Anvandare:
    return Anvandare.objects.create_user(namn, first_name=fornamn, last_name=efternamn, roller=list(roller))


def svar_for(niva: str) -> dict[str, Svar]:
    """Answers that come to the level, with reasons."""
    return {
        ett.kod: Svar(svar, "Behöver stöd." if svar else "") for ett, svar in zip(OMRADEN, SVAR_FOR[niva], strict=True)
    }


def inskickad(person: Person, insats: str, *, niva: str, fran: date, av: Anvandare, idag: date) -> Nivaarende:
    """A nivåbedömning that waits for a decision."""
    arende = borja_bedomning(person=person, insats=insats, av=av, nu=klockan(idag), idag=idag)
    arende = spara_bedomning(
        arende=arende, svar=svar_for(niva), onskad_fran=fran, sammanfattning="Behovet har ändrats.", av=av, version=1
    )
    return skicka_in(arende=arende, av=av, nu=klockan(idag), idag=idag, version=arende.version)
