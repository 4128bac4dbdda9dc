"""The event log in plain Swedish, what changed in a thing, and what the reports were built on."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beslut.models import Lasning, Person
from ersattning.models import Korning
from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.handelser import skriv_handelse
from grund.models import Anvandare, Handelse
from grund.tid import lokal_dag
from tests.uppfoljning.test_sidor import IFYLLT, maj
from tests.webb.varld import Varld, bygg
from uppfoljning.handelser.filters import Handelseurval
from uppfoljning.handelser.ord import HANDLING, SLAG

__all__ = ["maj"]
pytestmark = pytest.mark.django_db
ROT = Path(settings.BASE_DIR)
APPAR = ("grund", "beslut", "utforare", "ersattning", "uppfoljning")


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path)


def som(varld: Varld, roll: Roll) -> Client:
    klient = Client()
    klient.force_login(varld.anvandare[roll])
    return klient


def sidan(klient: Client, adress: str) -> str:
    svar = klient.get(adress)
    assert svar.status_code == 200, adress
    return " ".join(svar.content.decode().replace("&nbsp;", " ").replace("\xa0", " ").split())


def _andra_priset() -> None:
    rad = lagrad_rad("priser", "PL")
    spar = Spar(Anvandare.objects.get(username="en-controller"), "andra_pris", "prislista:PL", "Priset är ändrat.")
    assert registrera(rader={"priser": [rad | {"belopp": "1170"}]}, spar=spar)


def test_a_thing_says_what_was_changed_in_it_before_and_after(varld: Varld) -> None:
    spar = Spar(None, "andra_beslut", "beslut:B-EGEN", "Beslutet är ändrat.")
    registrera(rader={"beslut": [lagrad_rad("beslut", "B-EGEN") | {"till": "2026-12-31"}]}, spar=spar)
    text = sidan(som(varld, Roll.REVISOR), "/handelser/beslut/B-EGEN/")
    assert "Till och med: var tills vidare, blev 31 december 2026." in text
    assert "Systemet" in text


def test_a_price_list_says_which_price(varld: Varld) -> None:
    _andra_priset()
    text = sidan(som(varld, Roll.CONTROLLER), "/handelser/prislista/PL/")
    assert re.search(r"PL\|LSS-10\|\d\|heltid.*Belopp: var 1 \d+, blev 1 170", text), text


def test_what_changed_is_only_for_those_who_may_see_the_thing(varld: Varld) -> None:
    """A nämndsekreterare reads that something was done, not what a person's decision says."""
    spar = Spar(None, "andra_beslut", "beslut:B-EGEN", "Beslutet är ändrat.")
    registrera(rader={"beslut": [lagrad_rad("beslut", "B-EGEN") | {"till": "2026-12-31"}]}, spar=spar)
    text = sidan(som(varld, Roll.NAMNDSEKRETERARE), "/handelser/beslut/B-EGEN/")
    assert "Beslutet är ändrat." in text
    assert "blev" not in text
    assert ">Öppna<" not in text


def test_to_look_at_the_events_of_a_persons_thing_is_logged(varld: Varld) -> None:
    sidan(som(varld, Roll.REVISOR), "/handelser/verkstallighet/V-ANNANS/")
    assert Lasning.objects.get().person == Person.objects.get(nyckel="P-ANNANS")


def test_a_persons_page_never_says_a_name(varld: Varld) -> None:
    rad = lagrad_rad("personer", "P-EGEN") | {"fornamn": "Nytt", "efternamn": "Hemlignamn", "skyddad": "ja"}
    registrera(rader={"personer": [rad]}, spar=Spar(None, "andra_person", "person:P-EGEN", "Uppgifterna är ändrade."))
    text = sidan(som(varld, Roll.REVISOR), "/handelser/person/P-EGEN/")
    assert "Skyddade personuppgifter: var nej, blev ja." in text
    for hemligt in ("Hemlignamn", "Anna", "199002029818"):
        assert hemligt not in text


def test_no_event_tells_a_name_or_a_personnummer(varld: Varld) -> None:
    _andra_priset()
    allt = " ".join(f"{ett.text} {ett.objekt} {ett.data}" for ett in Handelse.objects.all())
    for person in Person.objects.all():
        assert not re.search(rf"\b{person.efternamn}\b", allt)
        assert person.personnummer not in allt


def test_the_list_is_of_the_last_month_and_can_be_filtered(varld: Varld) -> None:
    idag = lokal_dag(timezone.now())
    alla = Handelseurval({}, idag=idag).urval().count()
    assert alla == Handelse.objects.count()
    skriv_handelse(av=None, handling="tilldela", objekt="person:P-NY", text="Något.")
    personers = Handelseurval({"slag": "person"}, idag=idag).urval()
    assert {ett.objekt.partition(":")[0] for ett in personers} == {"person"}
    assert personers.count() == Handelse.objects.filter(objekt__startswith="person:").count()
    assert Handelseurval({"slag": "person", "nyckel": "P-NY"}, idag=idag).urval().count() == 1
    assert Handelseurval({"slag": "beslut", "nyckel": "P-NY"}, idag=idag).urval().count() == 0
    assert Handelseurval({"nyckel": "P-NY"}, idag=idag).urval().count() == 1
    assert Handelseurval({"handling": "las_in"}, idag=idag).urval().get().objekt == "datapaket"
    assert not Handelseurval({"sista": "2020-01-01"}, idag=idag).urval().exists()
    assert not Handelseurval({"fran": "i går"}, idag=idag).urval().exists()
    text = sidan(som(varld, Roll.NAMNDSEKRETERARE), "/handelser/?handling=las_in")
    assert "personer: 3 nya" in text
    assert "Skriv datumet som 2026-06-03." in sidan(som(varld, Roll.REVISOR), "/handelser/?fran=igar")


def test_the_list_takes_as_many_queries_whatever_it_shows(varld: Varld, client: Client) -> None:
    klient = som(varld, Roll.REVISOR)
    klient.get("/handelser/")
    with CaptureQueriesContext(connection) as forst:
        klient.get("/handelser/")
    for nummer in range(60):
        vem = list(varld.anvandare.values())[nummer % 8]
        skriv_handelse(av=vem, handling="tilldela", objekt=f"person:P{nummer}", text="Något.")
    with CaptureQueriesContext(connection) as sedan:
        klient.get("/handelser/")
    assert len(sedan) == len(forst) <= 8


def test_a_key_may_hold_any_characters(varld: Varld) -> None:
    skriv_handelse(av=None, handling="tilldela", objekt="person:Å/1 2:3", text="Något hände.")
    klient = som(varld, Roll.REVISOR)
    assert "Något hände." in sidan(klient, "/handelser/person/Å/1 2:3/")
    assert "/handelser/person/%C3%85/1%202:3/" in sidan(klient, "/handelser/?slag=person")


def test_what_nothing_is_known_of_is_not_found(varld: Varld) -> None:
    klient = som(varld, Roll.REVISOR)
    for adress in ("/handelser/beslut/X/", "/handelser/finnsinte/1/", "/handelser/korning/2026-13/"):
        assert klient.get(adress).status_code == 404, adress
    assert "Ingenting har hänt" in sidan(klient, "/handelser/avtal/A2/")


def _ord_i(monster: str) -> set[str]:
    """What `monster` finds in the code that writes events."""
    texter = (fil.read_text(encoding="utf-8") for app in APPAR for fil in (ROT / app).glob("**/*.py"))
    return {ord_ for text in texter for ord_ in re.findall(monster, text)}


def test_every_doing_and_every_kind_of_thing_has_a_word() -> None:
    handlingar = _ord_i(r'handling="([a-z_]+)"') | _ord_i(r'\b(?:Spar|_skriv)\((?:[\w.]+, )+"([a-z_]+)"')
    assert handlingar - set(HANDLING) == set()
    slag = _ord_i(r'objekt ?= ?f?"([a-z_]+)[:"]')
    assert slag - set(SLAG) == set()


# ---- what the reports were built on ----------------------------------------------------------------------------------


def test_a_document_that_was_made_is_noted_with_its_fingerprint(maj: Korning, client: Client) -> None:
    nora = Anvandare.objects.create_user("nora", roller=[Roll.NAMNDSEKRETERARE], first_name="Nora", last_name="Sand")
    client.force_login(nora)
    svar = client.post("/rapporter/tjansteutlatande/2026-05/", IFYLLT)
    assert svar["Content-Type"] == "application/pdf"
    handelse = Handelse.objects.get(handling="gor_tjansteutlatande")
    assert (handelse.av, handelse.objekt) == (nora, "tjansteutlatande:2026-05")
    assert handelse.data["sha256"] == sha256(svar.content).hexdigest()
    assert [ett["manad"] for ett in handelse.data["korningar"]] == ["2026-05", "2026-04"]
    assert handelse.text.endswith("SN 2026/0148 om 2026-05, byggt på 2026-05 omgång 1 och 2026-04 omgång 1.")
    text = sidan(client, "/rapporter/tjansteutlatande/2026-05/")
    assert handelse.data["sha256"] in text
    assert "Gjort 1 gång" in sidan(client, "/rapporter/")


def test_a_refused_form_leaves_nothing(maj: Korning, client: Client) -> None:
    client.force_login(Anvandare.objects.create_user("nora", roller=[Roll.NAMNDSEKRETERARE]))
    client.post("/rapporter/tjansteutlatande/2026-05/", IFYLLT | {"diarienummer": ""})
    client.get("/rapporter/tjansteutlatande/2026-05/")
    assert not Handelse.objects.filter(handling="gor_tjansteutlatande").exists()


def test_a_report_says_who_calculated_reviewed_and_settled_what_it_rests_on(maj: Korning, client: Client) -> None:
    client.force_login(Anvandare.objects.create_user("rut", roller=[Roll.REVISOR]))
    text = sidan(client, "/rapporter/tjansteutlatande/2026-05/")
    for del_ in (
        "Körning Maj 2026, omgång 1",
        "Körning April 2026, omgång 1",
        "Fastställd 8 juni 2026 kl. 09.00 av Gunnel Ask",
    ):
        assert del_ in text, del_
    assert "Beräknad 8 juni 2026 kl. 09.00 av Karin Holm" in sidan(client, "/rapporter/")


def test_a_thing_that_events_name_by_its_number_is_looked_up_by_it(varld: Varld) -> None:
    assert som(varld, Roll.REVISOR).get("/handelser/bestallning/ett/").status_code == 404
    assert som(varld, Roll.REVISOR).get("/handelser/bestallning/999999/").status_code == 404
