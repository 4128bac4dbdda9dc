"""What holds for every test."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests import ordning, schema
from tests.tomning import tom

# How long an example takes says more of the machine than of the code: no test is judged by its time.
settings.register_profile("huset", deadline=None)
settings.load_profile("huset")


def pytest_configure() -> None:
    """Processes that share the tests have a database each, but one Valkey: keys and queue bear the process's name.

    Made-up passwords need no slow hash, and hundreds of made-up users would wait for it. Where `./dev test` has made
    the schema already, the databases are copies of it: to make it takes many seconds.
    """
    connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get("INSATSKOLLEN_TESTMALL")
    django_settings.INSYN_SPARA = False  # what operations keep is no part of what a test counts
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.TUNGA_PER_MINUT = 0  # tests open in a second what a person does in a day; tests/angrepp turns it on
    if process := os.environ.get("PYTEST_XDIST_WORKER"):
        django_settings.CACHES["default"]["KEY_PREFIX"] += f"-{process}"
        ko = django_settings.CELERY_TASK_DEFAULT_QUEUE = f"celery-{process}"
        django_settings.CELERY_TASK_QUEUES[ko] = {"exchange": ko, "routing_key": ko}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if antal := ordning.processer():
        items[:] = ordning.ordna(items, antal, Path(__file__).parent)


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end: it need not be looked through for rubbish again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database can be removed in the end, also while the server of a test that is over holds a session of it: it
    may still be answering a click that nobody waits for."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _snabb_tomning() -> Iterator[None]:
    """What a test has committed is taken away table by table (tests.tomning)."""
    with pytest.MonkeyPatch.context() as byte:
        byte.setattr(TransactionTestCase, "_fixture_teardown", lambda _: tom())
        yield


@pytest.fixture(scope="session", autouse=True)
def _utan_synk() -> Iterator[None]:
    """Nothing that a test has written need survive a power cut, and a disk that is shared may take long to say so."""
    with pytest.MonkeyPatch.context() as byte:
        byte.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def schemat(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schema, for the databases of those tests that have one of their own."""
    fil = tmp_path_factory.mktemp("schema") / "schema.sql"
    schema.skriv(fil)
    return fil


@pytest.fixture
def inga_forsok() -> None:
    """Forget how many times somebody has tried to sign in: Valkey remembers between tests. Celery's queue stays."""
    cache = caches["default"]
    klient = cache._cache.get_client(None, write=True)
    if nycklar := list(klient.scan_iter(f"{cache.key_prefix}:*")):
        klient.delete(*nycklar)
