"""The world that the figures are counted over holds enough to count."""

from datetime import date

import pytest

from beslut.models import Person
from ersattning.models import Korning
from utforare.models import Verkstallighet

pytestmark = pytest.mark.django_db


def test_the_world_has_people_and_settled_months(demovarld: date) -> None:
    assert demovarld == date(2026, 6, 3)
    assert Person.objects.count() > 80
    assert Verkstallighet.objects.count() > 100
    assert Korning.objects.filter(status="faststalld").count() == 2
