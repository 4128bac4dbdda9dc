"""As it is deployed, in a process of its own: Django's own check, the cookies' names, what is not there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.angrepp.forsok import forsok, redan

ROT = Path(settings.BASE_DIR)
HEMLIGHET = "en-lang-hemlighet-for-testet-0123456789-abcdefghij-ABCDEFGHIJ"
FRAGA = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.urls import NoReverseMatch, reverse
call_command("check", deploy=True, fail_level="WARNING")
enkelt = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
def finns(namn):
    try:
        return bool(reverse(namn))
    except NoReverseMatch:
        return False
def fraga(vag, vard="insatskollen.example", tls=True):
    return klient.get(vag, secure=tls, headers={"host": vard})
with override_settings(STORAGES=enkelt):
    klient = Client(raise_request_exception=False)
    utan, med, fel = fraga("/logga-in/", tls=False), fraga("/logga-in/"), fraga("/finns-inte/")
    annan = fraga("/halsa/", "ond.example")
def kaka(k):
    return [bool(k["secure"]), bool(k["httponly"]), k["samesite"], k["path"], k["domain"]]
print(json.dumps({
    "utan": [utan.status_code, utan.headers.get("Location")],
    "hsts": med.headers.get("Strict-Transport-Security"),
    "kakor": {namn: kaka(k) for namn, k in klient.cookies.items()},
    "session": [getattr(settings, f"SESSION_COOKIE_{ett}") for ett in ("NAME", "SECURE", "HTTPONLY", "DOMAIN", "PATH")],
    "debug": settings.DEBUG, "idag": str(settings.IDAG), "mfa": settings.KRAV_MFA, "galleri": finns("komponenter"),
    "demo": "demokommun" in settings.INSTALLED_APPS, "insecure": settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN,
    "static": settings.WHITENOISE_ALLOW_ALL_ORIGINS, "hash": settings.PASSWORD_HASHERS[0], "annan": annan.status_code,
    "404": [fel.status_code, "Traceback" in fel.content.decode(), "URLconf" in fel.content.decode()],
    "csp": med.headers["Content-Security-Policy"],
}))
"""


def _kor(kod: str, **mer: str) -> subprocess.CompletedProcess[str]:
    bort = {"INSATSKOLLEN_LAGE", "INSATSKOLLEN_IDAG", "SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    miljo = {namn: varde for namn, varde in os.environ.items() if namn not in bort and "OIDC" not in namn}
    miljo |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ALLOWED_HOSTS": "insatskollen.example", **mer}
    return subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "-c", kod],
        cwd=ROT,
        env=miljo,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def driftsatt() -> dict[str, object]:
    extra = {"INSATSKOLLEN_DEBUG": "1", "INSATSKOLLEN_IDAG": "2020-01-01"}
    svar = _kor(FRAGA, SECRET_KEY=HEMLIGHET, **extra)
    assert svar.returncode == 0, svar.stderr[-2000:]
    return dict(json.loads(svar.stdout.splitlines()[-1]))


@forsok("D01", "What Django's own check of a deployment warns of", "nothing (check --deploy, warnings as failures)")
@forsok("D02", "Plain HTTP, listened to on the way", "led to HTTPS; HSTS for a year with subdomains and preload")
@forsok(
    "D03",
    "A cookie set by a neighbour's subdomain, or sent without TLS",
    "__Host-: from this host alone, Secure, HttpOnly, the whole of it",
)
def test_a_deployment_is_as_the_browser_wants_it(driftsatt: dict[str, object]) -> None:
    assert driftsatt["utan"] == [301, "https://insatskollen.example/logga-in/"]
    assert driftsatt["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert driftsatt["kakor"] == {"__Host-csrf": [True, True, "Lax", "/", ""]}
    assert driftsatt["session"] == ["__Host-insatskollen", True, True, None, "/"]
    assert driftsatt["static"] is False
    assert "unsafe" not in str(driftsatt["csp"])


@forsok(
    "D04",
    "Development's ways in: DEBUG, another day, the gallery, the demo, keys without TLS, no second factor",
    "not there, whatever the environment says",
)
@forsok("D05", "A page that is not there, for the list of addresses", "404 with nothing of it")
@forsok("D06", "Another host's name", "400")
def test_nothing_of_development_is_there(driftsatt: dict[str, object]) -> None:
    assert (driftsatt["debug"], driftsatt["idag"], driftsatt["mfa"]) == (False, "None", True)
    assert (driftsatt["galleri"], driftsatt["demo"], driftsatt["insecure"]) == (False, False, False)
    assert driftsatt["404"] == [404, False, False]
    assert driftsatt["annan"] == 400
    assert str(driftsatt["hash"]).endswith("PBKDF2PasswordHasher")


@forsok(
    "D07",
    "A deployment without a secret key, or with the one that development has",
    "it does not start; the check warns",
)
def test_no_deployment_starts_without_a_key() -> None:
    svar = _kor("import django; django.setup()")
    assert svar.returncode
    assert "SECRET_KEY saknas" in svar.stderr


redan(
    "D08",
    "A municipality's login without TLS, or half set",
    "it does not start",
    "tests/webb/test_idp.py::test_settings_that_say_half_or_what_is_not_known_stop_the_start",
)
