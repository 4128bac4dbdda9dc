"""What justeringar add to the world: one that somebody else has proposed about each person."""

from datetime import UTC, datetime
from decimal import Decimal

from ersattning import intyg
from ersattning.justeringar import Uppgifter, foresla
from ersattning.regler import Justeringsslag
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import Manad
from tests.webb.varld import TILLAGG, Varld, Vems
from tests.webb.varld_rapport import pdf
from utforare.models import Verkstallighet


def justering(_: Varld, vems: Vems) -> dict[str, int]:
    """A vite for May."""
    if vems is Vems.INGENS:
        return {"justering": 999_999}
    verk = Verkstallighet.objects.select_related("beslut__person", "enhet__utforare").get(nyckel=f"V-{vems.upper()}")
    ville, _ny = Anvandare.objects.get_or_create(username="ville", defaults={"roller": [Roll.CONTROLLER]})
    ett = foresla(
        uppgifter=Uppgifter(
            utforare=verk.enhet.utforare,
            insats=verk.beslut.insats,
            slag=Justeringsslag.VITE,
            belopp=Decimal(500),
            manad=Manad(2026, 5),
            motiv="Sen rapport enligt avtalet.",
            verkstallighet=verk,
        ),
        bilaga=intyg.granska(pdf()),
        av=ville,
        nu=datetime(2026, 6, 1, 8, tzinfo=UTC),
    )
    return {"justering": ett.pk}


TILLAGG.append(justering)
