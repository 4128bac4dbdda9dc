"""Lists that show others' persons: for those who share out the work, and with the log of whom they showed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beslut.models import Arende, Beslut, Lasning, Person, Tilldelning
from grund import klocka
from grund.behorighet import Roll
from tests.webb.varld import Varld, bygg
from tests.webb.varld_arenden import arenden
from tests.webb.varld_bestallning import bestallningar
from tests.webb.varld_niva import nivaarende

ANNANS, EGEN, SKYDDAD = "Bo Gran", "Anna Ek", "Hemlig"
HELA = [
    ("/arenden/", "ärenden, pågår, hela enheten"),
    ("/bestallningar/", "beställningar, alla, hela enheten"),
    ("/att-gora/beslut/uppfoljning/", "att göra, Uppföljning, hela enheten"),
]
Oppna = Callable[..., tuple[str, list[str]]]


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    ny = bygg(tmp_path, arenden, bestallningar, nivaarende)
    Beslut.objects.update(uppfoljning=klocka.idag() + timedelta(days=3))
    gustav = ny.anvandare[Roll.GRUPPCHEF]
    Tilldelning.objects.filter(handlaggare=gustav).delete()
    Arende.objects.filter(person__nyckel="P-ANNANS").update(handlaggare=gustav)
    return ny


@pytest.fixture
def oppna(varld: Varld) -> Oppna:
    """Open an address; the page, and what was logged of it: `sida person`."""

    def gor(roll: Roll, adress: str) -> tuple[str, list[str]]:
        klient, vem = Client(), varld.anvandare[roll]
        klient.force_login(vem)
        sist = Lasning.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        svar = klient.get(adress)
        assert svar.status_code == 200
        nya = Lasning.objects.filter(pk__gt=sist, anvandare=vem).values_list("sida", "person__nyckel").order_by("pk")
        return svar.content.decode(), [" ".join(ett) for ett in nya]

    return gor


@pytest.mark.parametrize(("adress", "sida"), HELA)
def test_the_whole_unit_is_shown_to_the_one_who_shares_out_the_work_and_logged(
    oppna: Oppna, adress: str, sida: str
) -> None:
    text, loggat = oppna(Roll.GRUPPCHEF, f"{adress}?visa=alla")
    assert ANNANS in text
    assert SKYDDAD not in text
    assert set(loggat) == {f"{sida} P-EGEN", f"{sida} P-ANNANS"}  # one that is not shown by name is not a look


@pytest.mark.parametrize("adress", ["/", *(adress for adress, _ in HELA), "/att-gora/ej-verkstallda/"])
def test_a_handlaggare_sees_ones_own_whatever_is_asked_for(oppna: Oppna, adress: str) -> None:
    text, loggat = oppna(Roll.HANDLAGGARE, f"{adress}?visa=alla")
    assert ANNANS not in text
    assert "Hela enheten" not in text
    assert loggat == []


def test_the_orders_cannot_be_searched_by_state_outside_ones_own(oppna: Oppna) -> None:
    assert ANNANS not in oppna(Roll.HANDLAGGARE, "/bestallningar/?visa=alla&lage=accepterad")[0]
    assert EGEN in oppna(Roll.HANDLAGGARE, "/bestallningar/?visa=alla&lage=accepterad")[0]
    assert ANNANS in oppna(Roll.GRUPPCHEF, "/bestallningar/?visa=alla&lage=accepterad")[0]
    _, loggat = oppna(Roll.GRUPPCHEF, "/bestallningar/?visa=alla&lage=skickad")
    assert loggat == []  # nobody is shown


def test_the_start_page_of_a_gruppchef_is_logged_and_of_a_handlaggare_not(oppna: Oppna) -> None:
    text, loggat = oppna(Roll.GRUPPCHEF, "/")
    assert ANNANS in text
    assert set(loggat) == {"att göra, hela enheten P-EGEN", "att göra, hela enheten P-ANNANS"}
    assert oppna(Roll.HANDLAGGARE, "/")[1] == []


def test_the_one_who_decides_levels_is_logged_for_those_that_the_list_shows(oppna: Oppna) -> None:
    _, loggat = oppna(Roll.AVTALSSAMORDNARE, "/nivabedomningar/")
    assert set(loggat) == {"nivåbedömningar, lista P-EGEN", "nivåbedömningar, lista P-ANNANS"}


def test_the_same_list_within_the_hour_is_one_look_and_narrowed_otherwise_another(oppna: Oppna) -> None:
    assert len(oppna(Roll.GRUPPCHEF, "/arenden/?visa=alla")[1]) == 2
    assert oppna(Roll.GRUPPCHEF, "/arenden/?visa=alla")[1] == []
    assert len(oppna(Roll.GRUPPCHEF, "/bestallningar/?visa=alla&lage=oppna")[1]) == 2
    assert len(oppna(Roll.GRUPPCHEF, "/bestallningar/?visa=alla")[1]) == 2


def test_a_list_is_logged_in_one_insert(varld: Varld) -> None:
    klient = Client()
    klient.force_login(varld.anvandare[Roll.GRUPPCHEF])
    with CaptureQueriesContext(connection) as fragor:
        klient.get("/arenden/?visa=alla")
    skrivna = [fraga["sql"] for fraga in fragor if fraga["sql"].startswith('INSERT INTO "beslut_lasning"')]
    assert len(skrivna) == 1
    assert Lasning.objects.filter(person__in=Person.objects.filter(nyckel__in=["P-EGEN", "P-ANNANS"])).count() == 2
