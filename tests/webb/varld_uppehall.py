"""A planned uppehåll of each person's verkställighet, long after what the other tests look at."""

from datetime import date, datetime

from grund.behorighet import Roll
from grund.tid import STOCKHOLM
from tests.webb.varld import TILLAGG, Varld, Vems
from utforare.models import Uppehall, Verkstallighet


def uppehall(varld: Varld, vems: Vems) -> dict[str, int]:
    """{uppehall}."""
    if vems is Vems.INGENS:
        return {"uppehall": 999_999}
    ett = Uppehall.objects.create(
        verkstallighet=Verkstallighet.objects.get(nyckel=f"V-{vems.upper()}"),
        fran=date(2030, 7, 1),
        till=date(2030, 7, 15),
        orsak="bortrest",
        anmalt=datetime(2026, 6, 3, 10, tzinfo=STOCKHOLM),
        anmalt_av=varld.anvandare[Roll.UTFORARE],
    )
    return {"uppehall": ett.pk}


TILLAGG.append(uppehall)
