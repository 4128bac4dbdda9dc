"""What nobody types in earnest, but somebody may send by hand, is answered and is no error page."""

from pathlib import Path

import pytest
from django.test import Client

from grund.behorighet import Roll
from tests.webb import varld_arenden, varld_niva  # noqa: F401  they add their ids to the world
from tests.webb.varld import Varld, Vems, bygg


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path)


def _klient(varld: Varld, roll: Roll) -> Client:
    klient = Client()
    klient.force_login(varld.anvandare[roll])
    return klient


@pytest.mark.parametrize("mall", ["/arenden/{arende}/underteckna/", "/nivabedomningar/arende/{nivaarende}/kasta/"])
def test_a_version_that_is_no_number_of_ours_is_refused(varld: Varld, mall: str) -> None:
    adress = mall.format(**varld.ids[Vems.EGEN])
    for version in ("9" * 5000, "-1", "x", ""):
        assert _klient(varld, Roll.HANDLAGGARE).post(adress, {"version": version}).status_code == 302


@pytest.mark.parametrize("dag", ["9999-12-31", "0001-01-01", "i går"])
def test_a_day_outside_the_calendar_finds_no_events_and_says_why(varld: Varld, dag: str) -> None:
    svar = _klient(varld, Roll.REVISOR).get("/handelser/", {"fran": dag, "sista": dag})
    assert svar.status_code == 200
    assert "Skriv" in svar.content.decode()
    assert _klient(varld, Roll.REVISOR).get("/lasningar/", {"fran": dag, "sista": dag}).status_code == 200


@pytest.mark.parametrize("dag", ["9999-12-31", "0001-01-01", "2026-06-31", "i går"])
def test_a_day_outside_the_month_shows_the_month_that_was_asked_for(varld: Varld, dag: str) -> None:
    adress = "/besok/{enhet}/2026-05/".format(**varld.ids[Vems.EGEN])
    assert _klient(varld, Roll.UTFORARE).get(adress, {"dag": dag}).status_code == 200
