"""Those who work at once in the measurement of load."""

from collections import Counter
from datetime import date

import pytest

from demokommun.matning.last import folk
from grund.behorighet import Roll
from grund.models import Anvandare


@pytest.mark.django_db
def test_thirty_are_every_role_in_its_share_and_are_added_once() -> None:
    namn = folk.lagg_upp(30, date(2026, 6, 3))
    assert folk.lagg_upp(30, date(2026, 6, 3)) == namn
    alla = Anvandare.objects.filter(username__startswith=folk.NAMN)
    assert sorted(alla.values_list("username", flat=True)) == sorted(namn)
    assert Counter(roll for ett in alla for roll in ett.roller) == {Roll(roll): n for roll, n in folk.SKIFT.items()}
    assert all(ett.check_password("ekstad-demo-2026") for ett in alla[:1])
