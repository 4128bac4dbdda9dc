"""The world of a person who is in every table, built once for the files that need it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from beslut.models import Person
from tests.gallring import varld
from tests.gallring.varld import ALVA


@pytest.fixture(scope="module")
def byggd(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The world, once; each test undoes what it does to it."""
    mapp = tmp_path_factory.mktemp("gallring")
    fore = django_settings.INTYG_DIR, django_settings.FILER_DIR
    django_settings.INTYG_DIR, django_settings.FILER_DIR = mapp / "intyg", mapp / "filer"
    with django_db_blocker.unblock(), transaction.atomic():
        varld.bygg(mapp)
        yield mapp
        transaction.set_rollback(True)
    django_settings.INTYG_DIR, django_settings.FILER_DIR = fore


@pytest.fixture
def alva(byggd: Path) -> Person:
    varld.skriv_filer()
    return Person.objects.get(nyckel=ALVA[0])
