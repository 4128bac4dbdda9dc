"""Sessions: taken, guessed, kept too long, and made to seem something else."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.test import Client

from grund import actions
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.angrepp.conftest import LOSENORD, logga_in, som
from tests.angrepp.forsok import forsok, redan
from tests.webb.varld import Varld

NAMN = {roll: f"en-{roll}" for roll in Roll}

redan(
    "S01",
    "A session key that somebody else has put in the browser before the sign-in (fixation)",
    "another key from the sign-in on; the old one is nobody's",
    "tests/test_inloggning.py::test_a_session_gets_a_new_key_when_somebody_signs_in",
)
redan(
    "S02",
    "A session kept alive all night by a script",
    "it ends after a working day",
    "tests/test_inloggning.py::test_a_working_day_ends_the_session_however_busy",
)
redan(
    "S03",
    "A page that asks by itself, left open to keep the session alive",
    "its questions are no sign of life",
    "tests/test_inloggning.py::test_a_page_that_asks_by_itself_does_not_keep_the_session_alive",
)


def _inne(klient: Client, sida: str = "/konto/") -> bool:
    return klient.get(sida).status_code == 200


def _med(kaka: str) -> Client:
    klient = Client()
    klient.cookies["sessionid"] = kaka
    return klient


@forsok(
    "S04", "A cookie copied from the browser, used after the user has signed out", "the session is gone on the server"
)
def test_a_copied_cookie_is_worth_nothing_after_signing_out(varld: Varld) -> None:
    klient = Client()
    logga_in(klient, NAMN[Roll.HANDLAGGARE])
    tagen = klient.cookies["sessionid"].value
    assert _inne(_med(tagen))
    klient.post("/logga-ut/")
    assert not _inne(_med(tagen))
    assert not Session.objects.filter(session_key=tagen).exists()


@forsok("S05", "The same, used after the user has changed the password", "only the session that changed it goes on")
def test_a_copied_session_ends_when_the_password_is_changed(varld: Varld) -> None:
    klient, tjuv = Client(), Client()
    for ett in (klient, tjuv):
        logga_in(ett, NAMN[Roll.HANDLAGGARE])
    nytt = "fyra hela vanliga ord"
    svar = klient.post("/konto/losenord/", {"oldpassword": LOSENORD, "password1": nytt, "password2": nytt})
    assert svar.status_code == 302
    assert _inne(klient)
    assert not _inne(tjuv)


@forsok("S06", "A session gone on with after the user has been shut out, and after being let in again", "it has ended")
def test_the_session_of_somebody_shut_out_ends_at_once_and_for_good(varld: Varld) -> None:
    klient = Client()
    logga_in(klient, NAMN[Roll.HANDLAGGARE])
    offer = varld.anvandare[Roll.HANDLAGGARE]
    actions.stang_av(anvandare=offer, av=None)
    assert not _inne(klient)
    actions.oppna_igen(anvandare=offer, av=None)
    assert not _inne(klient)


@forsok("S07", "A right used that was taken away while the page was open", "403 at the next request")
@forsok("S08", "A session key known from before the user came to more rights", "the key is another from then on")
def test_rights_are_what_they_are_now_and_the_key_is_new_when_they_change(varld: Varld) -> None:
    klient = Client()
    logga_in(klient, NAMN[Roll.HANDLAGGARE])
    forst = klient.cookies["sessionid"].value
    assert klient.get("/personer/").status_code == 200
    Anvandare.objects.filter(username=NAMN[Roll.HANDLAGGARE]).update(roller=[Roll.CONTROLLER])
    assert klient.get("/personer/").status_code == 403
    assert klient.get("/korningar/").status_code == 200
    assert klient.cookies["sessionid"].value != forst
    assert not _inne(_med(forst))


@pytest.mark.parametrize(
    "kaka", ["' OR '1'='1", "../" * 20, "0" * 32, "x" * 60_000, "a\\000b", "%00", '{"_auth_user_id": 1}']
)
@forsok("S09", "Session keys made up: SQL, paths, JSON, 60 kB", "nobody is signed in")
def test_a_made_up_session_key_is_nobodys(varld: Varld, kaka: str) -> None:
    svar = _med(kaka).get("/konto/")
    assert svar.status_code in {302, 400}
    assert svar.status_code == 400 or svar["Location"].startswith("/logga-in/")


@forsok(
    "S10", "What the cookies hold, read on a shared computer", "a key of the session and one against forgery, no more"
)
def test_the_cookies_tell_nothing(varld: Varld) -> None:
    klient = Client()
    logga_in(klient, NAMN[Roll.HANDLAGGARE])
    klient.post("/personer/sok/", {"fraga": ""})  # leads to a page with a message
    assert {namn for namn, kaka in klient.cookies.items() if kaka.value} == {"sessionid", "csrftoken"}
    for kaka in klient.cookies.values():
        assert kaka["httponly"]
        assert kaka["samesite"] == "Lax"
        assert not kaka["domain"]


@forsok(
    "S11",
    "A request that calls itself htmx's, to keep an old session alive",
    "it ends, and the page is sent to the login",
)
def test_to_say_that_one_is_htmx_does_not_keep_the_session(varld: Varld, settings: Any) -> None:
    klient = Client()
    logga_in(klient, NAMN[Roll.CONTROLLER])
    session = klient.session
    session["senast"] = time.time() - 31 * 60
    session.save()
    svar = klient.get("/korningar/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/korningar/"})
    assert svar.status_code == 401
    assert svar["HX-Redirect"].startswith("/logga-in/")
    assert not svar.content


@forsok("S12", "Signed out by a link in a mail (GET)", "405, still signed in")
def test_a_link_signs_nobody_out(varld: Varld) -> None:
    klient = Client()
    logga_in(klient, NAMN[Roll.HANDLAGGARE])
    assert klient.get("/logga-ut/").status_code == 405
    assert _inne(klient)


@pytest.mark.parametrize(
    "sida", ["/", "/personer/", "/konto/nycklar/", "/konto/app/ta-bort/", "/logga-in/?next=/personer/"]
)
@forsok("S13", "After the password alone, the second step walked past", "every page leads back to the login")
def test_half_a_sign_in_opens_nothing(varld: Varld, sida: str) -> None:
    TOTP.activate(varld.anvandare[Roll.HANDLAGGARE], "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    klient = Client()
    svar: Any = logga_in(klient, NAMN[Roll.HANDLAGGARE])
    assert svar["Location"].startswith("/logga-in/steg-2/")
    svar = klient.get(sida)
    assert svar.status_code == 302 or "Lösenord" in svar.content.decode()
    assert "_auth_user_id" not in klient.session


@forsok("S14", "The second step opened without the first", "led to the first")
def test_the_second_step_is_not_there_without_the_first(varld: Varld) -> None:
    svar = Client().post("/logga-in/steg-2/", {"code": "123456"})
    assert svar.status_code == 302
    assert svar["Location"].startswith("/logga-in/")


@forsok("S15", "A code of the app used a second time, in the same half minute", "it is used up")
def test_a_code_is_used_once(varld: Varld) -> None:
    hemlighet = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(varld.anvandare[Roll.HANDLAGGARE], hemlighet)
    kod = format_hotp_value(hotp_value(hemlighet, int(time.time()) // 30))
    inne = []
    for _ in range(2):
        klient = Client()
        logga_in(klient, NAMN[Roll.HANDLAGGARE])
        klient.post("/logga-in/steg-2/", {"code": kod})
        inne.append("_auth_user_id" in klient.session)
    assert inne == [True, False]


@pytest.mark.parametrize("krav", ["engangslosenord", "mfa"])
@forsok("S16", "A one-time password that is not changed, or a second factor not set up, walked past", "led back to it")
def test_what_must_be_done_first_is_not_walked_past(varld: Varld, settings: Any, krav: str) -> None:
    offer = varld.anvandare[Roll.HANDLAGGARE]
    settings.KRAV_MFA = krav == "mfa"
    if krav == "engangslosenord":
        Anvandare.objects.filter(pk=offer.pk).update(engangslosenord_till="2999-01-01T00:00Z")
    vart = "/konto/losenord/" if krav == "engangslosenord" else "/konto/"
    klient = som(varld, Roll.HANDLAGGARE)
    for sida in ("/", "/personer/", f"/personer/{varld.ids['egen']['person']}/", "/personer/sok/"):
        for huvud in ({}, {"HX-Request": "true"}):
            assert klient.get(sida, headers=huvud).headers.get("Location") == vart
    assert klient.post("/personer/sok/", {"fraga": "Anna"})["Location"] == vart


redan(
    "S17",
    "A reserve code used a second time",
    "it is used up",
    "tests/webb/test_inloggning.py::test_a_reserve_code_lets_in_once",
)


@pytest.mark.parametrize("svar", ["", "{}", "null", "[]", '{"id": "x", "response": {}}', "x" * 10_000])
@forsok("S18", "Answers of a security key made up, or one taken from another sign-in", "nobody is signed in")
def test_a_made_up_answer_of_a_key_signs_nobody_in(varld: Varld, svar: str) -> None:
    klient = Client()
    klient.post("/logga-in/nyckel/", {"credential": svar})
    assert "_auth_user_id" not in klient.session


redan(
    "S19",
    "Two systemförvaltare who shut each other out in the same moment",
    "one of them does",
    "tests/test_inloggning.py::test_two_who_shut_each_other_out_at_once_cannot_both_do_it",
)
