"""A request as operations see it: its name, its line, its measurements, and what machines may ask."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from redis.exceptions import ConnectionError as Koefel

from config import driftvagar, felsidor
from grund.behorighet import Roll
from grund.databas.roller import approll
from grund.insyn import halsa, puls
from grund.insyn.begaran import Insyn
from grund.insyn.id import HUVUD
from grund.models import Anvandare
from uppfoljning.driften import matvarden

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    halsa.glom()
    matvarden.glom()
    yield
    halsa.glom()


@pytest.fixture
def klara() -> Anvandare:
    return Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])


def rader(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [ett.msg for ett in caplog.records if ett.name == "insatskollen" and isinstance(ett.msg, dict)]


def test_a_line_says_who_and_which_page_and_never_the_address(
    klara: Anvandare, caplog: pytest.LogCaptureFixture
) -> None:
    klient = Client()
    klient.force_login(klara)
    with caplog.at_level(logging.INFO, "insatskollen"):
        svar = klient.get("/korningar/?sok=199002029818&namn=Anna")
    (rad,) = rader(caplog)
    assert rad["route"] == "ersattning:korningar"
    assert (rad["user_id"], rad["roles"], rad["method"], rad["status"]) == (klara.pk, ["controller"], "GET", 200)
    assert rad["queries"] > 0
    assert rad["request_id"] == svar[HUVUD]
    assert "klara" not in json.dumps(rad)
    assert "Anna" not in json.dumps(rad)
    assert "9818" not in json.dumps(rad)


def test_an_address_that_is_no_page_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        svar = Client().get("/personer/199002029818/Anna-Ek/")
    assert svar.status_code == 404
    (rad,) = rader(caplog)
    assert (rad["route"], rad["status"]) == ("okänd", 404)
    egna = [ett for ett in caplog.records if ett.levelno >= logging.ERROR or ett.name == "insatskollen"]
    assert all("Anna" not in ett.getMessage() for ett in egna)


@pytest.mark.parametrize(
    ("proxyer", "huvuden", "tas"),
    [
        (1, {"HTTP_X_REQUEST_ID": "proxy-0123456789", "HTTP_X_FORWARDED_FOR": "10.0.0.9"}, True),
        (1, {"HTTP_X_REQUEST_ID": "proxy-0123456789"}, False),
        (0, {"HTTP_X_REQUEST_ID": "proxy-0123456789", "HTTP_X_FORWARDED_FOR": "10.0.0.9"}, False),
        (1, {"HTTP_X_REQUEST_ID": "19900202-9818", "HTTP_X_FORWARDED_FOR": "10.0.0.9"}, False),
        (1, {"HTTP_X_REQUEST_ID": "abcdefgh\tx", "HTTP_X_FORWARDED_FOR": "10.0.0.9"}, False),
    ],
)
def test_only_our_proxy_names_a_request(settings: Any, proxyer: int, huvuden: dict[str, str], tas: bool) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxyer
    svar = Client().get("/halsa/", **huvuden)
    assert (svar[HUVUD] == huvuden["HTTP_X_REQUEST_ID"]) is tas


def test_what_went_wrong_has_a_code_on_the_page_and_in_the_log(
    monkeypatch: pytest.MonkeyPatch, klara: Anvandare, caplog: pytest.LogCaptureFixture
) -> None:
    def faller(*_: Any, **__: Any) -> HttpResponse:
        raise ValueError("Anna Ek 199002029818")

    monkeypatch.setattr("config.views.att_gora", faller)
    klient = Client(raise_request_exception=False)
    klient.force_login(klara)
    with caplog.at_level(logging.INFO):
        svar = klient.get("/")
    assert svar.status_code == 500
    kod = svar[HUVUD]
    assert f"Felkod <code>{kod}</code>" in svar.content.decode()
    assert "Anna" not in svar.content.decode()
    (rad,) = rader(caplog)
    assert (rad["request_id"], rad["status"]) == (kod, 500)


@pytest.mark.parametrize("adress", ["/finns-inte/", "/anvandare/"])
def test_other_pages_of_what_may_not_be_have_it_too(klara: Anvandare, adress: str) -> None:
    klient = Client()
    klient.force_login(klara)
    svar = klient.get(adress)
    assert svar.status_code in {403, 404}
    assert f"Felkod <code>{svar[HUVUD]}</code>" in svar.content.decode()


def test_a_request_that_cannot_be_read_has_it() -> None:
    request = RequestFactory().get("/")
    request.begaran = "abcd-efgh-jkmn"  # type: ignore[attr-defined]
    assert "abcd-efgh-jkmn" in felsidor.ogiltig(request, ValueError()).content.decode()


def test_the_middleware_costs_little(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Against an empty page; a real one takes a hundred times as long. A loose bound: what it guards is the order."""
    import time  # noqa: PLC0415

    def tom(_: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    caplog.set_level(logging.CRITICAL, "insatskollen")
    request, ram = RequestFactory().get("/"), Insyn(tom)
    ram(request)
    borjan = time.process_time()
    for _ in range(200):
        ram(request)
    assert (time.process_time() - borjan) / 200 < 0.005


# ---- health ----------------------------------------------------------------------------------------------------------


def test_alive_asks_nobody(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        svar = Client().get("/halsa/")
    assert (svar.status_code, svar.content) == (200, b"ok")
    assert "no-store" in svar["Cache-Control"]


@pytest.fixture
def allt_star() -> None:
    puls.sla(puls.ARBETARE, "prov")
    puls.sla(puls.KLOCKA, "prov")


def test_ready_says_each_thing_to_the_inside(allt_star: None) -> None:
    svar = Client().get("/halsa/redo/")
    assert svar.status_code == 200, svar.content.decode()
    prov = svar.json()["prov"]
    assert {namn: ett["ok"] for namn, ett in prov.items()} == dict.fromkeys(halsa.KONTROLLER, True) | {"vaggar": False}
    assert "ansluter som databasens ägare" in prov["vaggar"]["text"]  # as tests do: one wall less stops nobody


@pytest.mark.skipif(not approll(), reason="DATABASE_URL och DATABASE_OWNER_URL är samma användare")
def test_the_walls_stand_for_the_applications_role(monkeypatch: pytest.MonkeyPatch) -> None:
    def som_appen() -> Any:
        linje = anslut()
        linje.execute(f"SET ROLE {approll()}")
        return linje

    anslut = halsa._anslut
    monkeypatch.setattr(halsa, "_anslut", som_appen)
    (vaggar,) = [ett for ett in halsa.prova() if ett.namn == "vaggar"]
    assert (vaggar.ok, vaggar.kravs) == (True, False), vaggar.text


@pytest.mark.parametrize("huvud", [{"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"REMOTE_ADDR": "10.1.2.3"}])
def test_and_only_whether_to_the_outside(allt_star: None, huvud: dict[str, str]) -> None:
    assert Client().get("/halsa/redo/", **huvud).json() == {"redo": True}
    assert Client().get("/matvarden/", **huvud).status_code == 403


def test_a_token_opens_from_anywhere(settings: Any, allt_star: None) -> None:
    settings.INSYN_TOKEN = "en-lang-nyckel-som-ingen-gissar"  # noqa: S105
    utifran = {"HTTP_X_FORWARDED_FOR": "10.1.2.3"}
    ratt = utifran | {"HTTP_AUTHORIZATION": f"Bearer {settings.INSYN_TOKEN}"}
    assert "prov" in Client().get("/halsa/redo/", **ratt).json()
    assert "prov" not in Client().get("/halsa/redo/", **utifran, HTTP_AUTHORIZATION="Bearer fel").json()
    assert Client().get("/matvarden/", **ratt).status_code == 200
    settings.INSYN_TOKEN = ""
    assert not driftvagar.fran_insidan(RequestFactory().get("/", **utifran, HTTP_AUTHORIZATION="Bearer "))


def test_what_is_wrong_is_said_and_is_503(settings: Any, allt_star: None) -> None:
    settings.DISK_MINST_MB = 10**9
    svar = Client().get("/halsa/redo/")
    assert svar.status_code == 503
    assert "Gränsen är" in svar.json()["prov"]["disk"]["text"]
    assert svar.json()["prov"]["databas"]["ok"]


def test_a_silent_worker_and_a_queue_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(puls, "horda", lambda: {puls.ARBETARE: {"a": 300.0}, puls.KLOCKA: {}})

    def borta() -> int:
        raise Koefel("redis://:hemligt@ko")

    monkeypatch.setattr(puls, "kolangd", borta)
    prov = {ett.namn: ett for ett in halsa.prova()}
    assert prov["arbetare"].text == "Ingen arbetare hörs. Den hördes senast för 300 s sedan."
    assert prov["klocka"].text == "Ingen klocka hörs."
    assert prov["ko"].text == "Svarar inte (redis.exceptions.ConnectionError)."


def test_what_hangs_is_said_in_time_and_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading  # noqa: PLC0415
    import time  # noqa: PLC0415

    slapp, fragor = threading.Event(), []

    def hanger() -> str:
        fragor.append(1)
        slapp.wait(10)
        return "Till slut."

    monkeypatch.setitem(halsa.KONTROLLER, "disk", hanger)
    monkeypatch.setattr(halsa, "TALAMOD", 0.3)
    borjan = time.monotonic()
    for _ in range(2):
        halsa.glom()
        assert {ett.namn: ett.text for ett in halsa.prova()}["disk"] == "Svarar inte i tid."
    assert time.monotonic() - borjan < 5
    assert len(fragor) == 1
    slapp.set()
    halsa._igang["disk"].result(5)


def test_it_may_be_asked_often(monkeypatch: pytest.MonkeyPatch) -> None:
    antal = []
    monkeypatch.setattr(halsa, "_prova_alla", lambda: antal.append(1) or (halsa.Prov("x", ok=True, text="Ja."),))
    for _ in range(20):
        halsa.prova()
    assert len(antal) == 1


# ---- measurements ----------------------------------------------------------------------------------------------------


def test_measurements_have_no_labels_of_anybodys(klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    klient.get("/korningar/?namn=Anna")
    klient.get("/personer/199002029818/")
    klient.generic("HEMLIGMETOD", "/korningar/")
    puls.rakna("ersattning.tasks.rakna_del", "klart", 0.5)
    text = klient.get("/matvarden/").content.decode()
    assert 'insatskollen_begaran_total{metod="GET",rutt="ersattning:korningar",status="200"}' in text
    assert 'uppgift="ersattning.tasks.rakna_del",utfall="klart"' in text
    assert 'insatskollen_larm{kod="kopia_gammal"}' in text
    assert "HEMLIGMETOD" not in text
    assert "Anna" not in text
    assert "9818" not in text
    assert "klara" not in text
