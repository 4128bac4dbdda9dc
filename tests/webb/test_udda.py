"""What nobody types in earnest, but somebody may send by hand, is answered and is no error page."""

import json
from pathlib import Path

import pytest
from django.test import Client

from grund.behorighet import Roll
from grund.models import Anvandare
from tests.webb.varld import Varld, Vems, bygg
from tests.webb.varld_arenden import arenden
from tests.webb.varld_niva import nivaarende
from utforare.models import Avtal, PlaneratBesok, Tillhorighet


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path, arenden, nivaarende)


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


UTANFOR = ["9999-12-31", "2999-12-31", "2999-12-01", "1900-01-01", "0001-01-01"]


@pytest.mark.parametrize("dag", UTANFOR)
def test_a_day_outside_the_calendar_is_refused_wherever_it_is_filled_in(varld: Varld, dag: str) -> None:
    Avtal.objects.filter(utforare__nyckel="U-EGEN").update(modell="utford_tid")  # so that there are visits to register
    petra, gustav, enhet = varld.anvandare[Roll.UTFORARE], Roll.GRUPPCHEF, varld.ids[Vems.EGEN]["enhet"]
    tid = {"vems": varld.ids[Vems.EGEN]["verk"], "start": "22:00", "slut": "02:00", "over_midnatt": "on"}
    nya = Anvandare.objects.create_user("nya", roller=[Roll.UTFORARE])
    tillhor, planerade = Tillhorighet.objects.get(anvandare=petra), PlaneratBesok.objects.count()
    for roll, adress, falt in [
        (Roll.UTFORARE, f"/besok/{enhet}/nytt/", tid | {"dag": dag}),
        (Roll.UTFORARE, f"/besok/{enhet}/planera/", tid | {"dag": dag}),
        (Roll.UTFORARE, f"/besok/{enhet}/planera/", tid | {"dag": "2026-06-04", "till_och_med": dag}),
        (gustav, "/loggkontroll/ny/", {"fran": "2026-06-01", "sista": dag, "storlek": "1"}),
        (Roll.SYSTEMFORVALTARE, f"/anvandare/{nya.pk}/enheter/", {"enhet": enhet, "fran": "2026-06-03", "sista": dag}),
        (Roll.SYSTEMFORVALTARE, f"/anvandare/enheter/{tillhor.pk}/avsluta/", {"sista": dag}),
    ]:
        svar = _klient(varld, roll).post(adress, falt)
        assert svar.status_code == 200, adress
        assert "Skriv en dag från 1901-01-01 till 2998-12-31." in svar.content.decode(), adress
    assert PlaneratBesok.objects.count() == planerade
    tillhor.refresh_from_db()
    assert tillhor.till is None


@pytest.mark.parametrize("dag", UTANFOR)
def test_a_cell_of_a_day_outside_the_calendar_is_none_of_ours(varld: Varld, dag: str) -> None:
    egna = varld.ids[Vems.EGEN]
    cell = {"namn": f"n-{egna['verk']}-{dag}", "nytt": "H", "sag": ""}
    adress = f"/narvaro/{egna['enhet']}/2026-05/spara/"
    svar = _klient(varld, Roll.UTFORARE).post(adress, json.dumps({"celler": [cell]}), content_type="application/json")
    assert svar.status_code == 400


def test_a_visit_every_week_for_a_thousand_years_is_too_many(varld: Varld) -> None:
    Avtal.objects.filter(utforare__nyckel="U-EGEN").update(modell="utford_tid")
    enhet = varld.ids[Vems.EGEN]["enhet"]
    falt = {"vems": varld.ids[Vems.EGEN]["verk"], "dag": "2026-06-04", "start": "09:00", "slut": "10:00"}
    svar = _klient(varld, Roll.UTFORARE).post(f"/besok/{enhet}/planera/", falt | {"till_och_med": "2998-12-31"})
    assert "Planera högst 60 besök åt gången." in svar.content.decode()
