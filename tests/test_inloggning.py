"""What signing in must hold, below the pages: nothing learnt from an answer, sessions that end, locked secrets."""

import time
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.conf import global_settings, settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisBorta

from grund import actions
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse

LOSENORD = "ekstad-demo-2026"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("inga_forsok")]


@pytest.fixture
def klara() -> Anvandare:
    return Anvandare.objects.create_user("klara", None, LOSENORD, roller=[Roll.CONTROLLER])


@pytest.fixture
def sara() -> Anvandare:
    return Anvandare.objects.create_user("sara", None, LOSENORD, roller=[Roll.SYSTEMFORVALTARE])


def forsok(namn: str, losenord: str, **adress: str) -> str:
    """The page that a sign-in gives, without what differs between any two pages."""
    svar = Client().post("/logga-in/", {"login": namn, "password": losenord}, **adress)
    assert svar.status_code == 200
    text = svar.content.decode()
    fran = text.index('id="felsumma"')
    return text[fran : text.index("</ul>", fran)]


def test_unknown_wrong_shut_out_and_too_old_get_the_same_answer(klara: Anvandare) -> None:
    Anvandare.objects.create_user("avstangd", None, LOSENORD, is_active=False)
    for_gammalt = Anvandare.objects.create_user("gammal", None, LOSENORD)
    for_gammalt.engangslosenord_till = timezone.now() - timedelta(minutes=1)
    for_gammalt.save()
    svar = {forsok("klara", "fel"), forsok("okand", LOSENORD), forsok("avstangd", LOSENORD), forsok("gammal", LOSENORD)}
    assert len(svar) == 1
    assert "stämmer inte" in svar.pop()


@pytest.mark.parametrize(("namn", "losenord"), [("klara", "fel"), ("okand", "x"), ("avstangd", LOSENORD), ("idp", "x")])
def test_each_of_them_costs_one_password_check(
    namn: str, losenord: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the answer takes as long whoever it is about. Checked with the hash of real passwords."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    Anvandare.objects.create_user("klara", None, LOSENORD)
    Anvandare.objects.create_user("avstangd", None, LOSENORD, is_active=False)
    Anvandare.objects.create_user("idp", None, None)
    ganger, encode = [], PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *a, **k: ganger.append(1) or encode(*a, **k))
    forsok(namn, losenord)
    assert len(ganger) == 1


def test_a_name_that_nobody_has_is_locked_like_any_other(klara: Anvandare) -> None:
    svar = [[forsok(namn, "fel") for _ in range(6)] for namn in ("klara", "okand")]
    assert svar[0] == svar[1]
    assert "För många försök" in svar[0][-1]


def test_to_lock_one_name_does_not_lock_another(klara: Anvandare, sara: Anvandare) -> None:
    for _ in range(6):
        forsok("klara", "fel")
    assert Client().post("/logga-in/", {"login": "sara", "password": LOSENORD})["Location"] == "/"


def test_one_address_may_not_try_one_name_after_another() -> None:
    for nummer in range(30):
        forsok(f"namn{nummer}", "x")
    assert "För många försök" in forsok("namn30", "x")


def test_a_name_that_nobody_has_is_not_written_down() -> None:
    forsok("mitt-hemliga-losenord", "x")
    handelse = Handelse.objects.get()
    assert (handelse.objekt, handelse.av) == ("inloggning:okand", None)
    assert "hemliga" not in f"{handelse.text}{handelse.data}"


def test_attempts_are_counted_where_every_web_process_sees_them() -> None:
    forsok("klara", "fel")
    prefix = caches["default"].key_prefix
    en_annan = RedisCache(caches["default"]._servers[0], {"KEY_PREFIX": prefix})
    nycklar = en_annan._cache.get_client(None).keys(f"{prefix}:*login_failed*")
    assert len(nycklar) == 2  # by address and by name


def test_nobody_comes_in_while_attempts_cannot_be_counted(klara: Anvandare, monkeypatch: pytest.MonkeyPatch) -> None:
    def borta(*_: Any, **__: Any) -> None:
        raise RedisBorta

    monkeypatch.setattr(RedisCache, "add", borta)
    svar = Client().post("/logga-in/", {"login": "klara", "password": LOSENORD})
    assert svar.status_code == 503
    assert "Det går inte att logga in just nu" in svar.content.decode()


def test_a_session_gets_a_new_key_when_somebody_signs_in(klara: Anvandare) -> None:
    klient = Client()
    klient.session["x"] = 1
    session = klient.session
    session.save()
    fore = session.session_key
    klient.cookies["sessionid"] = fore
    klient.post("/logga-in/", {"login": "klara", "password": LOSENORD})
    assert klient.cookies["sessionid"].value not in {"", fore}


def test_a_working_day_ends_the_session_however_busy(klara: Anvandare) -> None:
    klient = Client()
    klient.post("/logga-in/", {"login": "klara", "password": LOSENORD})
    session = klient.session
    session["borjade"] = time.time() - 10 * 60 * 60 - 1
    session.save()
    assert klient.get("/korningar/")["Location"].startswith("/logga-in/")
    assert Handelse.objects.get(handling="logga_ut").text == "klara loggades ut: en inloggning varar högst 10 timmar."


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(klara: Anvandare) -> None:
    klient = Client()
    klient.post("/logga-in/", {"login": "klara", "password": LOSENORD})
    for adress, haller in (("/korningar/2026-05/framsteg/", False), ("/korningar/", True)):
        session = klient.session
        session["senast"] = fore = time.time() - 29 * 60
        session.save()
        klient.get(adress)
        assert (klient.session["senast"] > fore) is haller


def test_a_part_of_a_page_sends_the_whole_of_it_to_the_login(klara: Anvandare) -> None:
    svar = Client().get("/korningar/2026-05/framsteg/", headers={"HX-Request": "true"})
    assert svar.status_code == 401
    assert svar["HX-Redirect"].startswith("/logga-in/?next=")


def test_the_secrets_of_second_factors_are_locked(klara: Anvandare) -> None:
    TOTP.activate(klara, "JBSWY3DPEHPK3PXP")
    koder = RecoveryCodes.activate(klara)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, '') FROM mfa_authenticator")
        lagrat = cursor.fetchone()[0]
    assert "JBSWY3DPEHPK3PXP" not in lagrat
    assert len(koder.generate_codes()) == 10
    ny, gammal = "en-annan-nyckel", settings.SECRET_KEY
    with override_settings(SECRET_KEY=ny), pytest.raises(InvalidToken):
        koder.generate_codes()
    with override_settings(SECRET_KEY=ny, SECRET_KEY_FALLBACKS=[gammal]):
        assert len(koder.generate_codes()) == 10


def test_a_code_lets_in_only_once(klara: Anvandare) -> None:
    totp = TOTP.activate(klara, "JBSWY3DPEHPK3PXP")
    nu = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
    assert totp.validate_code(nu)
    assert not totp.validate_code(nu)


def test_only_a_systemforvaltare_changes_users(klara: Anvandare, sara: Anvandare) -> None:
    with pytest.raises(Hindrad, match="systemförvaltare"):
        actions.stang_av(anvandare=sara, av=klara)
    sara.roller = [Roll.CONTROLLER]  # what the caller holds may be old: the row decides
    actions.stang_av(anvandare=klara, av=sara)
    klara.refresh_from_db()
    assert not klara.is_active


def test_a_role_that_does_not_exist_is_refused(klara: Anvandare, sara: Anvandare) -> None:
    sag = actions.som_text(klara)
    with pytest.raises(Hindrad, match="kung"):
        actions.andra_anvandare(anvandare=klara, fornamn="", efternamn="", roller=["kung"], sag=sag, av=sara)


def test_an_old_page_does_not_give_back_a_role_that_was_taken_away(klara: Anvandare, sara: Anvandare) -> None:
    hade, sag = klara.roller, actions.som_text(klara)
    actions.andra_anvandare(anvandare=klara, fornamn="", efternamn="", roller=[Roll.REVISOR], sag=sag, av=sara)
    with pytest.raises(Hindrad, match="Någon annan har ändrat"):
        actions.andra_anvandare(anvandare=klara, fornamn="Klara", efternamn="", roller=hade, sag=sag, av=sara)
    klara.refresh_from_db()
    assert (klara.roller, klara.first_name) == ([Roll.REVISOR], "")


def test_what_does_not_change_is_not_written_down(klara: Anvandare, sara: Anvandare) -> None:
    sag = actions.som_text(klara)
    actions.andra_anvandare(anvandare=klara, fornamn="", efternamn="", roller=klara.roller, sag=sag, av=sara)
    actions.oppna_igen(anvandare=klara, av=sara)
    actions.satt_roller_enligt_idp(anvandare=klara, roller=[Roll.CONTROLLER], styrda={Roll.CONTROLLER})
    assert not Handelse.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_shut_each_other_out_at_once_cannot_both_do_it() -> None:
    par = [Anvandare.objects.create_user(namn, roller=[Roll.SYSTEMFORVALTARE]) for namn in ("sara", "sven")]
    start, nekade = Barrier(2), []

    def stang(vem: Anvandare, av: Anvandare) -> None:
        start.wait()
        try:
            actions.stang_av(anvandare=vem, av=av)
        except Hindrad as hinder:
            nekade.append(str(hinder))
        connection.close()

    tradar = [Thread(target=stang, args=(par[0], par[1])), Thread(target=stang, args=(par[1], par[0]))]
    for en in tradar:
        en.start()
    for en in tradar:
        en.join()
    assert nekade == ["Ditt konto är avstängt."]
    assert Anvandare.objects.filter(is_active=True).count() == 1


def test_a_user_made_by_the_command_changes_the_password_unless_it_was_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("skapa_anvandare", "anna", roll=["controller"])
    call_command("skapa_anvandare", "bo", roll=["controller"], losenord=LOSENORD)
    anna, bo = Anvandare.objects.get(username="anna"), Anvandare.objects.get(username="bo")
    assert anna.engangslosenord_till
    assert bo.engangslosenord_till is None
    losenord = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    assert anna.check_password(losenord)


def test_no_page_of_somebody_signed_in_is_left_in_the_browsers_store(klara: Anvandare, client: Client) -> None:
    client.force_login(klara)
    assert "no-store" in client.get("/korningar/")["Cache-Control"]
    client.logout()
    assert "no-store" in client.get("/halsa/")["Cache-Control"]
