"""A price list and an avtal with a settled month, and those who look after them."""

from pathlib import Path

import pytest

from grund.behorighet import Roll
from grund.models import Anvandare
from tests.kedja import direkt

EXEMPEL = Path(__file__).parents[1] / "exempel"


@pytest.fixture
def underlag(db: None) -> None:
    """An utförare with two avtal and two price lists; nothing has been run."""
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")


@pytest.fixture
def april(underlag: None, tmp_path: Path, settings: object) -> None:
    """April 2025 is settled."""
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    direkt.kor("2025-04")
    direkt.faststall("2025-04")


@pytest.fixture
def klara(db: None) -> Anvandare:
    return Anvandare.objects.create_user("klara", first_name="Klara", last_name="Lind", roller=[Roll.CONTROLLER])


@pytest.fixture
def rut(db: None) -> Anvandare:
    return Anvandare.objects.create_user("rut", roller=[Roll.REVISOR])
