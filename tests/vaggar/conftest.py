"""The small world of tests/webb, and ways to be the database's roles."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from grund.behorighet import Roll
from grund.databas.roller import approll
from grund.models import Anvandare
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_cecilia

SomAppen = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _egen_mapp(tmp_path: Path) -> Iterator[None]:
    """Anchors of a test stay in its own folder."""
    fore, settings.DATA_DIR = settings.DATA_DIR, tmp_path
    yield
    settings.DATA_DIR = fore


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return med_cecilia(tmp_path)


@pytest.fixture
def petra(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.UTFORARE]


@pytest.fixture
def som_appen() -> SomAppen:
    if not approll():
        pytest.skip("DATABASE_URL och DATABASE_OWNER_URL är samma användare")

    @contextmanager
    def som() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {approll()}")
            yield
            cursor.execute("SET LOCAL ROLE NONE")

    return som
