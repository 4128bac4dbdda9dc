"""Signing in: guessed, flooded, led elsewhere, and asked who there is."""

import logging
from typing import Any
from unittest.mock import patch

import pytest
import requests
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from config.inloggning.forms import LANGSTA_LOSENORD
from config.inloggning.idp import Idp
from grund import actions
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.angrepp.conftest import LOSENORD, logga_in
from tests.angrepp.forsok import forsok, redan
from tests.webb.varld import Varld

MARIA = f"en-{Roll.HANDLAGGARE}"
_PROV = "tests/test_inloggning.py::"

redan(
    "L01",
    "Names tried to see which exist",
    "one and the same answer",
    _PROV + "test_unknown_wrong_shut_out_and_too_old_get_the_same_answer",
)
redan(
    "L02",
    "The time of the answer, to see which exist",
    "as many password checks whoever it is",
    _PROV + "test_each_of_them_costs_one_password_check",
)
redan(
    "L03",
    "A name locked, to see whether it exists",
    "a name that nobody has is locked too",
    _PROV + "test_a_name_that_nobody_has_is_locked_like_any_other",
)
redan(
    "L04",
    "One password tried on one name after the other",
    "the address is stopped",
    _PROV + "test_one_address_may_not_try_one_name_after_another",
)
redan(
    "L05",
    "Attempts spread over the web's processes",
    "counted together",
    _PROV + "test_attempts_are_counted_where_every_web_process_sees_them",
)
redan(
    "L06",
    "The counting put out of action",
    "then nobody comes in",
    _PROV + "test_nobody_comes_in_while_attempts_cannot_be_counted",
)
redan(
    "L07",
    "Codes of the second step guessed",
    "five, then a quarter of an hour's wait",
    "tests/webb/test_inloggning.py::test_a_wrong_code_does_not_let_in_and_five_of_them_stop",
)


def _inne(klient: Client) -> bool:
    return "_auth_user_id" in klient.session


@forsok("L08", "A password guessed six times", "after five the right one does not help either")
def test_after_five_guesses_the_right_one_does_not_help(varld: Varld) -> None:
    for _ in range(5):
        logga_in(Client(), MARIA, "gissat")
    klient = Client()
    logga_in(klient, MARIA)
    assert not _inne(klient)


@pytest.mark.parametrize("proxyer", [0, 1])
@forsok("L09", "X-Forwarded-For made up anew at each attempt", "the address that our own proxy saw is what counts")
def test_an_address_that_is_made_up_gives_no_more_attempts(varld: Varld, proxyer: int) -> None:
    with patch("allauth.app_settings.TRUSTED_PROXY_COUNT", proxyer):
        for nr in range(31):
            kedja = f"10.0.{nr}.1, 203.0.113.7" if proxyer else f"10.0.{nr}.1"
            svar: Any = Client().post(
                "/logga-in/", {"login": f"ingen{nr}", "password": "x"}, headers={"X-Forwarded-For": kedja}
            )
    assert "För många försök" in svar.content.decode()


@pytest.mark.parametrize(
    "namn", [MARIA.upper(), f"  {MARIA}\t", MARIA.replace("e", "ｅ", 1), MARIA.replace("a", "а"), f"{MARIA}\u200b"]
)
@forsok(
    "L10",
    "The locked name spelt otherwise: capitals, spaces, wide or Cyrillic letters, a sign without width",
    "it opens nothing",
)
def test_another_spelling_gives_no_new_attempts(varld: Varld, namn: str) -> None:
    for _ in range(5):
        logga_in(Client(), MARIA, "gissat")
    klient = Client()
    logga_in(klient, namn)
    assert not _inne(klient)


@forsok("L11", "A password of a megabyte, to keep the server hashing", "refused before anything is hashed")
def test_a_password_of_a_megabyte_is_not_hashed(varld: Varld, monkeypatch: pytest.MonkeyPatch) -> None:
    hashade, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashade.append(len(a[1])) or encode(*a, **k))
    for namn in (MARIA, "ingen"):
        svar: Any = logga_in(Client(), namn, "x" * 1_000_000)
        assert svar.status_code == 200
    klient = Client()
    logga_in(klient, MARIA)
    for falt in ("oldpassword", "password1", "password2"):
        langt = {"oldpassword": LOSENORD, "password1": "a b c d e f g", "password2": "a b c d e f g"}
        klient.post("/konto/losenord/", langt | {falt: "x" * 1_000_000})
    assert max(hashade) <= LANGSTA_LOSENORD


UT = [
    "//ond.example/", "///ond.example/", "\\\\ond.example/", "/\\ond.example/", "https:ond.example", "https://ond.example",
    "http:///ond.example/", "javascript:alert(1)", "data:text/html,x", "//ond.example\\@testserver/",
    "https://testserver@ond.example/", "//ond\u3002example/", "\t//ond.example/", " //ond.example/", "/%0d%0aX: y",
    "/\r\nSet-Cookie: a=b", "//[::1]/", "ftp://ond.example/", "https://testserver.ond.example/", "///\x00ond.example",
]  # fmt: skip


@pytest.mark.parametrize("vart", UT)
@forsok(
    "L12",
    "Led on to somebody else's page after the sign-in, in twenty spellings (open redirect)",
    "led to a page of ours",
)
@forsok("L13", "A header put in by a line break in the address to go on to", "no such header")
def test_the_sign_in_leads_to_our_own_pages_only(varld: Varld, vart: str) -> None:
    svar: Any = logga_in(Client(), MARIA, next=vart)
    if svar.status_code == 400:
        return  # a NUL
    assert svar.status_code == 302
    assert svar["Location"] == "/" or (svar["Location"].startswith("/%0") and vart.startswith(("/%0", "/\r")))
    assert "X" not in svar.headers
    assert "a" not in svar.cookies
    sida = Client().get("/logga-in/", {"next": vart})
    assert sida.status_code in {200, 400}


redan(
    "L14",
    "The same, by the page that asks why one looks",
    "led to a page of ours",
    "tests/webb/test_personskydd.py::test_the_page_asks_why_and_goes_on_to_an_address_of_ours_only",
)


@forsok("L15", "A user name with line breaks, to write events of one's own in the log", "written nowhere")
@forsok("L16", "A password typed in the field of the name", "written nowhere")
def test_what_is_typed_for_a_name_is_written_nowhere(varld: Varld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fore = Handelse.objects.count()
    logga_in(Client(), "x\n2026-06-03 INFO rut loggade in", "y")
    logga_in(Client(), "mitt hemliga losen 7", "y")
    nya = [ett.text + str(ett.data) for ett in Handelse.objects.order_by("pk")[fore:]]
    assert nya == ["Misslyckad inloggning: okänt användarnamn.{}"] * 2
    assert not [rad for rad in caplog.messages if "rut" in rad or "hemliga" in rad]


@pytest.mark.parametrize("namn", ["mаria", "maria\u202e", "ma\u200bria", "ｍaria", "marïa\u0301x", "MARIA", "maria\n"])
@forsok(
    "L17", "A user whose name looks like another's: other alphabets, turned text, no width, capitals", "cannot be added"
)
def test_a_name_that_looks_like_anothers_cannot_be_added(varld: Varld, namn: str) -> None:
    Anvandare.objects.create_user("maria", roller=[])
    with pytest.raises(Hindrad):
        actions.skapa_anvandare(namn=namn, roller=[], losenord=None, av=None)


@pytest.fixture
def med_idp(settings: Any) -> None:
    settings.IDP = Idp("https://idp.kommunen.example", "klient", "hemlighet")
    settings.SOCIALACCOUNT_PROVIDERS = settings.IDP.leverantorer


@pytest.mark.parametrize(
    ("metod", "adress"),
    [
        ("post", "/logga-in/via/kommun/?server_url=https://ond.example"),
        ("post", "/logga-in/via/ond.example/"),
        ("post", "/logga-in/via/http%3A%2F%2Fond.example/"),
        ("get", "/logga-in/via/kommun/svar/?code=x&state=y&iss=https://ond.example"),
        ("post", "/logga-in/via/kommun/svar/?code=x&state=y"),
    ],
)
@forsok(
    "L18", "The municipality's login made to ask another server (SSRF)", "no server but the one that is set is asked"
)
@forsok("L19", "An answer from the municipality's login that nobody asked for (state made up)", "nobody is signed in")
def test_only_the_server_that_is_set_is_ever_asked(varld: Varld, med_idp: None, metod: str, adress: str) -> None:
    fragade: list[str] = []

    def fraga(_: Any, __: str, url: str, **___: Any) -> None:
        fragade.append(url)
        raise requests.ConnectionError

    klient = Client()
    with patch.object(requests.Session, "request", fraga):
        svar = getattr(klient, metod)(adress, {"server_url": "https://ond.example", "provider": "ond"})
    assert svar.status_code in {302, 404, 405}
    assert all(url.startswith("https://idp.kommunen.example/") for url in fragade)
    assert not _inne(klient)


redan(
    "L20",
    "A user name that the municipality has given to somebody else",
    "the tie to the person decides, not the name",
    "tests/webb/test_idp.py::test_somebody_else_who_got_the_user_name_does_not_come_in",
)
redan(
    "L21",
    "An account tied to a stranger's login by an address",
    "there is no such address",
    "tests/webb/test_idp.py::test_an_account_is_never_tied_by_an_address",
)
redan(
    "L22",
    "The secrets of second factors, read in a stolen database",
    "locked with a key that is not there",
    _PROV + "test_the_secrets_of_second_factors_are_locked",
)
