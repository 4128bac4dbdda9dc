"""Two persons with a row in every table that the retention table says is about persons."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

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


@pytest.fixture
def tva(db: None, settings: Any, tmp_path: Path) -> Tva:
    settings.INTYG_DIR = tmp_path / "intyg"
    settings.INTYG_DIR.mkdir()
    maria = Anvandare.objects.create_user("maria", first_name="Maria", last_name="Lind", roller=[Roll.HANDLAGGARE])
    ada, bo = tva_personer()
    for ansokan in Bonusansokan.objects.all():
        (settings.INTYG_DIR / ansokan.sokvag).write_bytes(b"%PDF intyg " + ansokan.sokvag.encode())
    return Tva(ada, bo, maria)
