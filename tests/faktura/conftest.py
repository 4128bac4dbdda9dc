"""Eken AB with its settled May, and those who look at its invoices."""

import pytest

from ersattning.models import Korning
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.faktura.hus import lagg_upp_eken, lagg_upp_maj
from utforare.models import Utforare


@pytest.fixture
def klara(db: None) -> Anvandare:
    return Anvandare.objects.create_user("klara", first_name="Klara", last_name="Lind", roller=[Roll.CONTROLLER])


@pytest.fixture
def rut(db: None) -> Anvandare:
    return Anvandare.objects.create_user("rut", roller=[Roll.REVISOR])


@pytest.fixture
def eken(db: None) -> Utforare:
    return lagg_upp_eken()


@pytest.fixture
def maj(eken: Utforare) -> Korning:
    return lagg_upp_maj(eken)
