"""Secrets come from files, and what is wrong with one is told before anything has started."""

import json
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


_LAS = """
import json, os, sys
for miljo in json.load(sys.stdin):
    sys.modules.pop("config.settings", None)
    os.environ.update(INSATSKOLLEN_LAGE="", **miljo)
    try:
        import config.settings as s
        print(json.dumps([s.SECRET_KEY, s.SECRET_KEY_FALLBACKS, s.DATABASES["default"], s.REDIS_URL, s.IDP.hemlighet]))
    except Exception as fel:
        print(json.dumps(f"{type(fel).__name__}: {fel}"))
    for namn in miljo:
        del os.environ[namn]
"""


def _installningar(*miljoer: dict[str, str]) -> list[str]:
    """What the settings become in each environment, as in a process that starts: as JSON, or what was wrong."""
    rensad = {namn: text for namn, text in os.environ.items() if not namn.endswith("_URL")}
    svar = subprocess.run(
        [sys.executable, "-c", _LAS],
        env=rensad,
        cwd=settings.BASE_DIR,
        input=json.dumps(miljoer),
        capture_output=True,
        text=True,
        check=True,
    )
    return svar.stdout.splitlines()


def test_every_secret_reaches_the_settings_from_its_file_alone_and_what_is_wrong_stops_the_start(
    tmp_path: Path,
) -> None:
    namn = ["SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_PASSWORD", "REDIS_PASSWORD", "INSATSKOLLEN_OIDC_HEMLIGHET"]
    for ett in namn:
        (tmp_path / ett).write_text(f"hemlig-{ett}\n")
    hel = {
        "INSATSKOLLEN_OIDC_SERVER": "https://idp.example",
        "INSATSKOLLEN_OIDC_KLIENT": "k",
        "DATABASE_URL": "postgresql://a@databas/x",
        "REDIS_URL": "redis://a@ko:6379/0",
        "INSATSKOLLEN_WEBB": "1",
        **{f"{ett}_FILE": str(tmp_path / ett) for ett in namn},
    }
    dubbel = {"SECRET_KEY": "x", "DATABASE_URL": "postgresql://a:hemligt@b/c", "DATABASE_PASSWORD": "y"}
    utan, egen_pool, i_pool, *fel = _installningar(
        {}, hel, hel | {"INSATSKOLLEN_PGBOUNCER": "ja"}, {"SECRET_KEY_FILE": "/finns/inte"}, dubbel
    )
    assert "ImproperlyConfigured: SECRET_KEY saknas. S\\u00e4tt SECRET_KEY_FILE" in utan
    for ett in namn:
        assert f"hemlig-{ett}" in egen_pool
    assert '"pool"' in egen_pool
    assert '"DISABLE_SERVER_SIDE_CURSORS": true' in i_pool
    assert '"pool"' not in i_pool  # PgBouncer pools
    assert "SECRET_KEY_FILE pekar p\\u00e5 /finns/inte, som inte g\\u00e5r att l\\u00e4sa" in fel[0]
    assert "DATABASE_URL har redan ett l\\u00f6senord" in fel[1]
    assert "hemligt" not in fel[1]
