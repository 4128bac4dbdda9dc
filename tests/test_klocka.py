"""The clock stands at another day only where the settings say so, and then for all that reads it."""

from datetime import date

import pytest
from django.conf import LazySettings
from django.utils import timezone

from grund import klocka
from grund.handelser import skriv_handelse
from grund.tid import lokal_dag


def test_it_is_now(settings: LazySettings) -> None:
    settings.IDAG = None
    assert abs((klocka.nu() - timezone.now()).total_seconds()) < 5
    assert klocka.idag() == lokal_dag(klocka.nu())


@pytest.mark.django_db
def test_a_demo_has_a_day_of_its_own_and_its_events_too(settings: LazySettings) -> None:
    settings.IDAG = date(2026, 6, 3)
    assert klocka.idag() == date(2026, 6, 3)
    handelse = skriv_handelse(av=None, handling="prova", objekt="prov:1", text="Ett prov.")
    assert lokal_dag(handelse.tidpunkt) == date(2026, 6, 3)
