"""How many nivåbedömningar an enhet has on their way is what its list shows, whatever has happened to them."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beslut.models import Nivaarende
from beslut.models.nivaarende import OPPNA, Arendelage
from grund import klocka
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.niva.hus import klockan
from tests.webb.varld import Varld, bygg
from tests.webb.varld_niva import nivaarende
from utforare import nivaer
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Enhet, Verkstallighet

Lage = Callable[[Anvandare], object]


def _arende(**falt: object) -> Lage:
    return lambda vem: Nivaarende.objects.filter(person__nyckel="P-EGEN").update(
        **{namn: vem if varde == "mig" else varde for namn, varde in falt.items()}
    )


def _slutade(dagar: int) -> Lage:
    till = klocka.idag() - timedelta(days=dagar)
    return lambda _: Verkstallighet.objects.filter(nyckel="V-EGEN").update(till=till, slutorsak="flytt")


UTKAST = {"lage": Arendelage.UTKAST, "inskickad": None, "bedomning": None, "summa": None, "niva": ""}
LAGEN: dict[str, tuple[list[Lage], int]] = {
    "waiting": ([], 2),
    "somebody else's draft": ([_arende(**UTKAST)], 1),
    "one's own draft": ([_arende(**UTKAST, bedomare="mig")], 2),
    "sent back": ([_arende(lage=Arendelage.ATERSKICKAD)], 2),
    "decided": ([_arende(lage=Arendelage.AVVISAD)], 1),
    "ended lately": ([_slutade(3)], 2),
    "ended long ago": ([_slutade(settings.DAGAR_EFTER_AVSLUT)], 1),
    "begun after the end": ([_slutade(3), _arende(skapad=klockan(date(2030, 1, 1)))], 1),
}


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    ny = bygg(tmp_path, nivaarende)
    Enhet.objects.update(utforare=_enhet("E-EGEN").utforare)
    satt_enheter(anvandare=ny.anvandare[Roll.UTFORARE], enheter=list(Enhet.objects.all()), av=None)
    return ny


def _enhet(nyckel: str) -> Enhet:
    return Enhet.objects.get(nyckel=nyckel)


@pytest.mark.parametrize("lage", LAGEN)
def test_the_count_is_what_the_list_shows(varld: Varld, lage: str) -> None:
    petra, idag, alla = varld.anvandare[Roll.UTFORARE], klocka.idag(), list(Enhet.objects.order_by("nyckel"))
    handelser, vantat = LAGEN[lage]
    for handelse in handelser:
        handelse(petra)
    antal = nivaer.antal_per_enhet(alla, petra, idag)
    assert antal == [(ett, nivaer.arenden_pa(ett, petra, idag).filter(lage__in=OPPNA).count()) for ett in alla]
    assert dict(antal) == {_enhet("E-EGEN"): vantat, _enhet("E-ANNAN"): 1}


def test_the_counts_are_one_query_however_many_enheter(varld: Varld) -> None:
    petra, idag = varld.anvandare[Roll.UTFORARE], klocka.idag()
    for alla in (list(Enhet.objects.all()[:1]), list(Enhet.objects.all()), []):
        with CaptureQueriesContext(connection) as fragor:
            nivaer.antal_per_enhet(alla, petra, idag)
        assert len(fragor) <= 1


def test_the_page_says_how_many(varld: Varld) -> None:
    klient = Client()
    klient.force_login(varld.anvandare[Roll.UTFORARE])
    text = klient.get("/enheter/nivabedomningar/").content.decode()
    assert "2\N{NO-BREAK SPACE}pågående" in text
    assert "1\N{NO-BREAK SPACE}pågående" in text
