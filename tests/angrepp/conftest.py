"""One world for the whole drill: what each attempt writes is taken back."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from grund.behorighet import Roll
from grund.models import Anvandare
from tests.webb import test_tillgang  # noqa: F401  what it imports adds its ids to the world
from tests.webb.varld import TILLAGG, Varld, bygg

LOSENORD = "ekstad-demo-2026"


@pytest.fixture(scope="package")
def _byggd(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Varld]:
    mapp = tmp_path_factory.mktemp("angrepp")
    with django_db_blocker.unblock(), override_settings(INTYG_DIR=mapp / "intyg"), transaction.atomic():
        ny = bygg(mapp, *TILLAGG)
        for anvandare in ny.anvandare.values():
            anvandare.set_password(LOSENORD)
            anvandare.save()
        yield ny
        transaction.set_rollback(True)


@pytest.fixture
def varld(_byggd: Varld, db: None, settings: object) -> Iterator[Varld]:
    with override_settings(INTYG_DIR=_byggd.mapp / "intyg"):
        yield _byggd


@pytest.fixture(autouse=True)
def _for_sig(inga_forsok: None) -> None:
    """Nobody has tried to sign in yet, nor asked for anything heavy."""


def som(varld: Varld, roll: Roll, *, provar_token: bool = False) -> Client:
    """Somebody with the role, signed in."""
    klient = Client(enforce_csrf_checks=provar_token)
    klient.force_login(varld.anvandare[roll])
    return klient


def med_alla_roller(*, provar_token: bool = False) -> Client:
    """Somebody whom no role stops."""
    klient = Client(enforce_csrf_checks=provar_token)
    klient.force_login(Anvandare.objects.create_user("allt", None, LOSENORD, roller=list(Roll)))
    return klient


def logga_in(klient: Client, namn: str, losenord: str = LOSENORD, **mer: str) -> object:
    return klient.post("/logga-in/", {"login": namn, "password": losenord, **mer})
