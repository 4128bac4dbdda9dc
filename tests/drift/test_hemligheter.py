"""Secrets come from files, and what is wrong with one is told before anything has started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.hemligheter import hemlig, med_losenord, utan_filer


@pytest.mark.parametrize("slut", ["", "\n", "\r\n"])
def test_a_secret_is_read_from_its_file_without_the_end_of_its_line(tmp_path: Path, slut: str) -> None:
    fil = tmp_path / "nyckel"
    fil.write_bytes(f" å b {slut}".encode())
    assert hemlig({"SECRET_KEY_FILE": str(fil)}, "SECRET_KEY") == " å b "


def test_a_secret_may_stand_in_the_environment_and_may_be_missing() -> None:
    assert hemlig({"SECRET_KEY": "x", "SECRET_KEY_FILE": ""}, "SECRET_KEY") == "x"
    assert hemlig({}, "SECRET_KEY") == ""


def test_a_secret_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    miljo = {"SECRET_KEY": "hemligt-a", "SECRET_KEY_FILE": str(tmp_path / "finns-inte")}
    with pytest.raises(ValueError, match="Både SECRET_KEY och SECRET_KEY_FILE är satta") as fel:
        hemlig(miljo, "SECRET_KEY")
    assert "hemligt-a" not in str(fel.value)


@pytest.mark.parametrize(
    ("innehall", "fel"),
    [
        (None, "går att läsa: No such file or directory."),
        (b"\xff\xfehemligt", "inte är text i UTF-8"),
        (b"hemligt\nhemligt", "på en rad"),
        (b"hemligt" * 10_000, "på en rad"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused_without_showing_it(
    tmp_path: Path, innehall: bytes | None, fel: str
) -> None:
    fil = tmp_path / "nyckel"
    if innehall is not None:
        fil.write_bytes(innehall)
    with pytest.raises(ValueError, match=f"DATABASE_PASSWORD_FILE pekar på {fil}, som .*{fel}") as undantag:
        hemlig({"DATABASE_PASSWORD_FILE": str(fil)}, "DATABASE_PASSWORD")
    assert "hemligt" not in str(undantag.value)


def test_the_oidc_secret_is_put_where_the_rest_is_read(tmp_path: Path) -> None:
    fil = tmp_path / "oidc"
    fil.write_text("h\n")
    assert utan_filer({"A": "1", "B_FILE": str(fil)}, "B") == {"A": "1", "B": "h"}


def test_a_password_with_any_characters_gets_into_the_brokers_address() -> None:
    assert med_losenord("redis://insatskollen@ko:6379/0", "a/@:% å", "REDIS") == (
        "redis://insatskollen:a%2F%40%3A%25%20%C3%A5@ko:6379/0"
    )
    assert med_losenord("unix:///a.sock", "", "REDIS") == "unix:///a.sock"
    with pytest.raises(ValueError, match="redan ett lösenord"):
        med_losenord("redis://:x@ko", "y", "REDIS")
    with pytest.raises(ValueError, match="börjar med redis://"):
        med_losenord("unix:///a.sock", "y", "REDIS")


_VISA = """
import json, config.settings as s
print(json.dumps([s.SECRET_KEY, s.SECRET_KEY_FALLBACKS, s.DATABASES["default"], s.REDIS_URL, s.IDP.hemlighet]))
"""


def _starta(**miljo: str) -> "subprocess.CompletedProcess[str]":
    rensad = {namn: text for namn, text in os.environ.items() if namn not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, "-c", _VISA],
        env={**rensad, "INSATSKOLLEN_LAGE": "", **miljo},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_secret_reaches_the_settings_from_its_file_alone(tmp_path: Path) -> None:
    namn = ["SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_PASSWORD", "REDIS_PASSWORD", "INSATSKOLLEN_OIDC_HEMLIGHET"]
    for ett in namn:
        (tmp_path / ett).write_text(f"hemlig-{ett}\n")
    oidc = {"INSATSKOLLEN_OIDC_SERVER": "https://idp.example", "INSATSKOLLEN_OIDC_KLIENT": "k"}
    adresser = {"DATABASE_URL": "postgresql://a@databas/x", "REDIS_URL": "redis://a@ko:6379/0"}
    filer = {f"{ett}_FILE": str(tmp_path / ett) for ett in namn}
    svar = _starta(**oidc, **adresser, **filer, INSATSKOLLEN_PGBOUNCER="ja", INSATSKOLLEN_WEBB="1")
    assert svar.returncode == 0, svar.stderr
    for ett in namn:
        assert f"hemlig-{ett}" in svar.stdout
    assert '"DISABLE_SERVER_SIDE_CURSORS": true' in svar.stdout
    assert '"pool"' not in svar.stdout  # PgBouncer pools


@pytest.mark.parametrize(
    ("miljo", "fel"),
    [
        ({}, "SECRET_KEY saknas. Sätt SECRET_KEY_FILE"),
        ({"SECRET_KEY_FILE": "/finns/inte"}, "SECRET_KEY_FILE pekar på /finns/inte, som inte går att läsa"),
        (
            {"SECRET_KEY": "x", "DATABASE_URL": "postgresql://a:hemligt@b/c", "DATABASE_PASSWORD": "y"},
            "DATABASE_URL har redan ett lösenord",
        ),
    ],
)
def test_what_is_wrong_stops_every_process_with_a_sentence(miljo: dict[str, str], fel: str) -> None:
    svar = _starta(**miljo)
    assert svar.returncode != 0
    assert f"ImproperlyConfigured: {fel}" in svar.stderr
    assert "hemligt" not in svar.stderr.split("ImproperlyConfigured")[-1]
