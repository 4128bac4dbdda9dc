"""Two persons with a row in every table that the retention table says is about persons."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from beslut.models import Person
from ersattning.models import Bonusansokan
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.utdrag.full_person import tva_personer

NU = datetime(2026, 6, 3, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
IDAG = date(2026, 6, 3)


class Tva(NamedTuple):
    """`ada` is whom it is about, `bo` somebody else, `maria` the handläggare."""

    ada: Person
    bo: Person
    maria: Anvandare


@pytest.fixture(scope="package")
def byggda(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Tva, Path]]:
    """They and their files, once: what a test does to them is undone."""
    mapp = tmp_path_factory.mktemp("intyg")
    with django_db_blocker.unblock(), override_settings(INTYG_DIR=mapp), transaction.atomic():
        maria = Anvandare.objects.create_user("maria", first_name="Maria", last_name="Lind", roller=[Roll.HANDLAGGARE])
        ada, bo = tva_personer()
        for ansokan in Bonusansokan.objects.all():
            (mapp / ansokan.sokvag).write_bytes(b"%PDF intyg " + ansokan.sokvag.encode())
        yield Tva(ada, bo, maria), mapp
        transaction.set_rollback(True)


@pytest.fixture
def tva(byggda: tuple[Tva, Path], db: None, settings: Any, tmp_path: Path) -> Tva:
    (ada, bo, maria), mapp = byggda
    settings.INTYG_DIR = shutil.copytree(mapp, tmp_path / "intyg")
    personer = Person.objects.in_bulk([ada.pk, bo.pk])
    return Tva(personer[ada.pk], personer[bo.pk], Anvandare.objects.get(pk=maria.pk))
