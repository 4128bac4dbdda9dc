"""Orders and offers of the world of the access tests: one for each beslut, to the enhet that carries it out."""

from datetime import date, datetime

from beslut.models import Beslut
from grund.behorighet import Roll
from grund.tid import STOCKHOLM
from tests.webb.varld import TILLAGG, Varld, Vems
from utforare.models import Bestallning, Enhet, Erbjudande

NU = datetime(2026, 6, 3, 10, tzinfo=STOCKHOLM)


def bestallningar(varld: Varld, vems: Vems) -> dict[str, int]:
    """{bestallning}, accepted, and {erbjudande}, not answered."""
    if vems is Vems.INGENS:
        return {"bestallning": 999_999, "erbjudande": 999_999}
    maria, petra = varld.anvandare[Roll.HANDLAGGARE], varld.anvandare[Roll.UTFORARE]
    beslut = Beslut.objects.get(nyckel=f"B-{vems.upper()}")
    ny = Bestallning.objects.create(
        beslut=beslut,
        enhet=Enhet.objects.get(nyckel="E-ANNAN" if vems is Vems.ANNANS else "E-EGEN"),
        onskad_start=date(2026, 7, 1),
        skickad=NU,
        skickad_av=maria,
        status="accepterad",
        besvarad=NU,
        besvarad_av=petra,
        start=date(2026, 7, 1),
    )
    erbjudande = Erbjudande.objects.create(beslut=beslut, datum=NU.date(), vad="En plats", registrerat_av=maria)
    return {"bestallning": ny.pk, "erbjudande": erbjudande.pk}


TILLAGG.append(bestallningar)
