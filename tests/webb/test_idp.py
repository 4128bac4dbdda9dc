"""The municipality's own login: an OpenID Connect provider in a process of its own, and a browser between the two."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from config.inloggning.idp import Idp
from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from tests.webb.webblasare import Sida

FOLK = [
    {"sub": "s-klara", "preferred_username": "klara", "groups": ["LSS-Ekonomi"]},
    {"sub": "s-en-annan", "preferred_username": "klara", "groups": ["LSS-Ekonomi"]},
    {"sub": "s-bytt-namn", "preferred_username": "klara", "groups": []},
    {"sub": "s-ny", "preferred_username": "nils", "given_name": "Nils", "family_name": "Ny", "groups": ["LSS-Chef"]},
    {"sub": "s-utan", "preferred_username": "urban", "groups": ["Annat"]},
]


def _ledig_port() -> int:
    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        return int(uttag.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = _ledig_port()
    folk = [arg for en in FOLK for arg in ("--user-claims", json.dumps(en))]
    argv = [sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", str(port), *folk]
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _vanta(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def _vanta(port: int) -> None:
    slut = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < slut, "leverantören startade inte"
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def idp(server: str, settings: Any) -> Callable[..., None]:
    """Set the login up as the environment would."""

    def satt(**mer: str) -> None:
        miljo = {"SERVER": server, "KLIENT": "insatskollen", "HEMLIGHET": "hemlig", "NAMN": "Ekstads inloggning"} | mer
        idp = Idp.ur(
            {f"INSATSKOLLEN_OIDC_{namn}": text for namn, text in miljo.items()} | {"INSATSKOLLEN_LAGE": "utveckling"},
            kanda_roller=Roll.values,
        )
        assert idp
        settings.IDP, settings.SOCIALACCOUNT_PROVIDERS = idp, idp.leverantorer
        policy = settings.CONTENT_SECURITY_POLICY
        form = [*policy["DIRECTIVES"]["form-action"], idp.ursprung]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy["DIRECTIVES"] | {"form-action": form}}

    return satt


def via_idp(sida: Sida, sub: str, adress: str = "/logga-in/") -> Page:
    """Press the button, be somebody at the provider, come back."""
    page = sida.oppna(adress)
    page.route(re.compile("^https://"), lambda rutt: rutt.fulfill(body="", content_type="text/css"))
    page.get_by_role("button", name="Logga in med Ekstads inloggning").click()
    page.get_by_role("button", name=sub, exact=True).first.click()
    page.wait_for_url(f"{sida.adress}/**")
    sida.anmarkningar.clear()  # of the provider's own page
    return page


def test_who_is_added_here_comes_in_by_the_municipality(
    utan_skript: Sida, klara: Anvandare, idp: Any, settings: Any
) -> None:
    idp()
    settings.KRAV_MFA = True  # the second factor was shown there
    page = via_idp(utan_skript, "s-klara", "/logga-in/?next=/prislistor/")
    assert page.url.endswith("/prislistor/")
    konto = SocialAccount.objects.get()
    assert (konto.user, konto.uid, konto.extra_data) == (klara, "s-klara", {})
    texter = list(Handelse.objects.order_by("pk").values_list("text", flat=True))
    assert texter == ["klara kopplades till kommunens inloggning.", "klara loggade in med kommunens inloggning."]


def test_the_page_with_the_button_stands_every_trial(granska_overallt: Any, idp: Any) -> None:
    idp()
    granska_overallt("/logga-in/", namn="logga-in-idp")


@pytest.mark.parametrize("sub", ["s-ny", "s-utan"])
def test_who_is_not_added_here_does_not_come_in(sida: Sida, idp: Any, sub: str) -> None:
    idp()
    page = via_idp(sida, sub)
    assert page.url.endswith("/logga-in/")
    expect(page.get_by_text("Du är inloggad hos kommunen men har inget konto här.")).to_be_visible()
    sida.granska("logga-in-idp-nej")
    assert not Anvandare.objects.exists()
    assert not SocialAccount.objects.exists()


def test_who_is_shut_out_here_does_not_come_in(utan_skript: Sida, klara: Anvandare, idp: Any) -> None:
    idp()
    klara.is_active = False
    klara.save()
    page = via_idp(utan_skript, "s-klara")
    expect(page.get_by_text("har inget konto här")).to_be_visible()


def test_somebody_else_who_got_the_user_name_does_not_come_in(utan_skript: Sida, klara: Anvandare, idp: Any) -> None:
    idp()
    via_idp(utan_skript, "s-klara")
    utan_skript.context.clear_cookies()
    page = via_idp(utan_skript, "s-en-annan")
    expect(page.get_by_text("Kontot klara hör till en annan person hos kommunen.")).to_be_visible()


def test_groups_give_roles_and_take_them_away(utan_skript: Sida, klara: Anvandare, idp: Any) -> None:
    idp(ROLLKLAIM="groups", ROLLER="LSS-Ekonomi=controller;LSS-Chef=gruppchef")
    klara.roller = [Roll.GRUPPCHEF, Roll.REVISOR]
    klara.save()
    via_idp(utan_skript, "s-klara")
    klara.refresh_from_db()
    assert klara.roller == [Roll.CONTROLLER, Roll.REVISOR]  # no group says anything of revisor
    assert Handelse.objects.get(handling="andra_roller").text == "klara fick controller och miste gruppchef."


def test_groups_that_give_nothing_let_nobody_in_and_take_the_role(
    utan_skript: Sida, klara: Anvandare, idp: Any
) -> None:
    idp(ROLLKLAIM="groups", ROLLER="LSS-Ekonomi=controller")
    page = via_idp(utan_skript, "s-bytt-namn")
    expect(page.get_by_text("Dina grupper hos kommunen ger ingen roll här.")).to_be_visible()
    klara.refresh_from_db()
    assert klara.roller == []


def test_who_is_unknown_is_added_only_where_that_is_said_and_with_a_role(utan_skript: Sida, idp: Any) -> None:
    idp(ROLLKLAIM="groups", ROLLER="LSS-Chef=gruppchef", NYA="ja")
    via_idp(utan_skript, "s-utan")
    assert not Anvandare.objects.exists()
    page = via_idp(utan_skript, "s-ny")
    assert page.url == f"{utan_skript.adress}/"
    ny = Anvandare.objects.get()
    assert (ny.username, ny.get_full_name(), ny.roller, ny.has_usable_password()) == (
        "nils",
        "Nils Ny",
        [Roll.GRUPPCHEF],
        False,
    )
    utan_skript.oppna("/konto/losenord/")
    expect(page.get_by_text("Ditt konto har inget lösenord")).to_be_visible()


def test_who_says_no_at_the_municipality_is_back_at_the_login(sida: Sida, klara: Anvandare, idp: Any) -> None:
    idp()
    page = sida.oppna("/logga-in/")
    page.get_by_role("button", name="Logga in med Ekstads inloggning").click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(f"{sida.adress}/**")
    expect(page.get_by_text("Inloggningen kunde inte fullföljas.")).to_be_visible()


@pytest.mark.django_db
def test_an_answer_that_nobody_asked_for_is_refused(idp: Any) -> None:
    idp()
    svar = Client().get("/logga-in/via/kommun/svar/?code=x&state=y", follow=True)
    assert "kunde inte fullföljas" in svar.content.decode()


@pytest.mark.django_db
def test_a_provider_that_does_not_answer_is_told(settings: Any, idp: Any) -> None:
    idp(SERVER=f"http://127.0.0.1:{_ledig_port()}")
    svar = Client().post("/logga-in/via/kommun/", follow=True)
    assert "Kommunens inloggning svarar inte" in svar.content.decode()


def test_an_account_is_never_tied_by_an_address(utan_skript: Sida, klara: Anvandare, idp: Any) -> None:
    """A link to /logga-in/via/kommun/?process=connect would otherwise tie somebody else's login to the account."""
    idp()
    page = utan_skript.oppna("/logga-in/")
    knapp = page.get_by_role("button", name="Logga in med Ekstads inloggning")
    knapp.evaluate("knapp => { knapp.form.action += '?process=connect' }")
    knapp.click()
    page.get_by_role("button", name="s-klara", exact=True).first.click()
    page.wait_for_url(f"{utan_skript.adress}/**")
    expect(page.get_by_text("kan inte kopplas till ett konto på det sättet")).to_be_visible()
    assert not SocialAccount.objects.exists()


HEL = {"SERVER": "https://idp.example", "KLIENT": "k", "HEMLIGHET": "h", "ROLLKLAIM": "groups"}


def _ur(miljo: dict[str, str]) -> Idp | None:
    return Idp.ur({f"INSATSKOLLEN_OIDC_{namn}": text for namn, text in miljo.items()}, kanda_roller=Roll.values)


@pytest.mark.parametrize(
    ("miljo", "fel"),
    [
        ({"SERVER": "https://idp.example"}, "KLIENT och INSATSKOLLEN_OIDC_HEMLIGHET"),
        ({"SERVER": "http://idp.example", "KLIENT": "k", "HEMLIGHET": "h"}, "https://"),
        (HEL | {"ROLLER": "controller"}, "grupp=roll"),
        (
            HEL | {"ROLLER": "LSS-Ekonomi=kontroller"},
            "rollen ”kontroller”, som inte finns. Roller som finns: .*controller",
        ),
        (HEL | {"ROLLER": "A=controller;A=revisor"}, "gruppen ”A” två gånger"),
        ({**HEL, "ROLLER": "A=controller", "ROLLKLAIM": ""}, "inte INSATSKOLLEN_OIDC_ROLLKLAIM"),
        (HEL | {"ROLER": "A=controller"}, "INSATSKOLLEN_OIDC_ROLER finns inte"),
    ],
)
def test_settings_that_say_half_or_what_is_not_known_stop_the_start(miljo: dict[str, str], fel: str) -> None:
    with pytest.raises(ValueError, match=fel):
        _ur(miljo)


def test_a_misspelled_role_stops_every_process_at_once_with_a_sentence() -> None:
    """Not only what passes by manage.py."""
    miljo = {f"INSATSKOLLEN_OIDC_{namn}": text for namn, text in (HEL | {"ROLLER": "A=kontroller"}).items()}
    svar = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        env=os.environ | miljo,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode != 0
    assert "ImproperlyConfigured: INSATSKOLLEN_OIDC_ROLLER ger rollen ”kontroller”, som inte finns." in svar.stderr


def test_without_a_server_there_is_no_such_login() -> None:
    assert _ur({}) is None


def test_groups_may_be_named_as_a_directory_does() -> None:
    miljo = {"SERVER": "https://idp.example/", "KLIENT": "k", "HEMLIGHET": "h", "ROLLKLAIM": "g"}
    miljo["ROLLER"] = "CN=Chefer,OU=LSS=gruppchef"
    idp = _ur(miljo)
    assert idp
    assert idp.roller_har({"g": ["CN=Chefer,OU=LSS", 7]}) == {"gruppchef"}
    assert idp.roller_har({}) == set()
    assert idp.ursprung == "https://idp.example"
