"""An extract of each person's data that has been decided on."""

from beslut.models import Person
from grund import klocka
from grund.behorighet import Roll
from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.models import Registerutdrag


def registerutdrag(varld: Varld, vems: Vems) -> dict[str, int]:
    """{registerutdrag}."""
    if vems is Vems.INGENS:
        return {"registerutdrag": 999_999}
    ett = Registerutdrag.objects.create(
        person=Person.objects.get(nyckel=f"P-{vems.upper()}"),
        begart=klocka.idag(),
        begarande="sjalv",
        kontroll="visade legitimation",
        skal="begäran enligt artikel 15",
        avtryck="0" * 64,
        av=varld.anvandare[Roll.HANDLAGGARE],
        tidpunkt=klocka.nu(),
    )
    return {"registerutdrag": ett.pk}


TILLAGG.append(registerutdrag)
