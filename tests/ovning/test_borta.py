"""The database or Valkey is away: a page in Swedish that says so, no trace of code, and all as before when it is back.

| Valkey away | what happens | why |
|---|---|---|
| pages, sessions | as usual | sessions are in the database |
| signing in | closed (503) | attempts cannot be counted, and a door that cannot count is open to guessing |
| reports | counted anew | what is kept is a copy |
| a körning, a year's reports | stored, and sent when it is back | the database keeps count |
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache.backends.redis import RedisCache
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from kombu.exceptions import OperationalError as BrokerFel
from redis.exceptions import ConnectionError as IngenKontakt

from config.settings import _database
from grund.behorighet import Roll
from grund.models import Anvandare

pytestmark = pytest.mark.django_db
SIDAN = "Insatskollen är inte tillgängligt just nu"


@pytest.fixture
def klient() -> Client:
    klient = Client(raise_request_exception=False)
    klient.force_login(Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER]))
    return klient


@contextmanager
def utan_databas() -> Iterator[None]:
    """Every statement fails, as when the server has gone: also those of the middleware, before there is a view."""

    def borta(*_: object) -> None:
        msg = "server closed the connection unexpectedly: host=hemlig"
        raise OperationalError(msg)

    with connection.execute_wrapper(borta):
        yield


@contextmanager
def utan_valkey() -> Iterator[None]:
    metoder = ("get", "set", "add", "incr", "get_many", "set_many", "delete", "touch")
    with patch.multiple(RedisCache, **{namn: _ingen for namn in metoder if hasattr(RedisCache, namn)}):
        yield


def _ingen(*_: object, **__: object) -> None:
    raise IngenKontakt


@pytest.mark.parametrize("sida", ["/", "/logga-in/", "/korningar/", "/rapporter/"])
def test_without_the_database_every_page_says_so_in_swedish(klient: Client, sida: str) -> None:
    with utan_databas():
        svar = klient.get(sida)
    text = svar.content.decode()
    if sida == "/logga-in/" and svar.status_code == 200:  # it asks the database for nothing
        return
    assert svar.status_code == 503
    assert svar["Retry-After"] == "30"
    assert SIDAN in text
    assert "hemlig" not in text
    assert klient.get(sida).status_code in {200, 302}  # back by itself


@pytest.mark.parametrize("fel", [InterfaceError("x"), BrokerFel("x"), IngenKontakt("x")])
def test_whatever_is_away_the_page_is_the_same(klient: Client, fel: Exception) -> None:
    with patch("config.views.att_gora", side_effect=fel):
        svar = klient.get("/")
    assert svar.status_code == 503
    assert SIDAN in svar.content.decode()


def test_a_fault_of_ours_is_still_called_one(klient: Client) -> None:
    with patch("config.views.att_gora", side_effect=ZeroDivisionError):
        svar = klient.get("/")
    assert svar.status_code == 500
    assert "Felet ligger hos Insatskollen" in svar.content.decode()


@pytest.mark.parametrize("sida", ["/", "/korningar/", "/rapporter/"])
def test_without_valkey_those_who_are_in_work_on(klient: Client, sida: str) -> None:
    with utan_valkey():
        assert klient.get(sida).status_code == 200


def test_without_valkey_nobody_comes_in(klient: Client) -> None:
    with utan_valkey():
        svar = Client(raise_request_exception=False).post("/logga-in/", {"login": "klara", "password": "fel"})
    assert svar.status_code == 503
    assert "Det går inte att logga in just nu" in svar.content.decode()


def test_sessions_do_not_lie_in_valkey() -> None:
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"


def test_the_pool_hands_out_no_line_that_the_restart_cut() -> None:
    assert _database("postgresql:///x", pool=True, pgbouncer=False)["CONN_HEALTH_CHECKS"] is True
