"""A finding and a signal of each person's verkställighet."""

from datetime import date

from grund.behorighet import Roll
from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.kontroll.koder import Objekt, Omrade
from uppfoljning.models import Fynd
from utforare.models import Verkstallighet

DAG = date(2026, 6, 2)


def fynd(varld: Varld, vems: Vems) -> dict[str, int]:
    """{fynd} and {signal}."""
    if vems is Vems.INGENS:
        return {"fynd": 999_999, "signal": 999_999}
    verk = Verkstallighet.objects.select_related("beslut").get(nyckel=f"V-{vems.upper()}")
    return {
        "fynd": _ett(verk, Omrade.KVALITET, "verkstalls_utanfor_beslut", Roll.HANDLAGGARE).pk,
        "signal": _ett(verk, Omrade.SIGNAL, "full_tid", Roll.CONTROLLER).pk,
    }


def _ett(verk: Verkstallighet, omrade: Omrade, regel: str, agare: Roll) -> Fynd:
    return Fynd.objects.create(
        regel=regel,
        omrade=omrade,
        nyckel=verk.nyckel,
        agare=agare,
        objekt=Objekt.VERKSTALLIGHET,
        objekt_nyckel=verk.nyckel,
        objekt_id=verk.pk,
        person_id=verk.beslut.person_id,
        enhet_id=verk.enhet_id,
        fran=date(2026, 5, 1),
        uppgifter={
            "fran": "2026-01-01",
            "beslut": verk.beslut.nyckel,
            "varfor": "är ett avslag",
            "besok": 12,
            "manader": 3,
            "minuter": 540,
        },
        avtryck="a",
        upptackt=DAG,
        senast_sedd=DAG,
    )


TILLAGG.append(fynd)
