"""A körning that was started from the web: nobody at a terminal sees it through, the clock does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.utils import timezone

from ersattning import actions, tasks, vakt
from ersattning.models import Korning
from ersattning.regler import Status
from grund.hinder import Hindrad
from grund.tid import Manad
from tests.kedja import direkt

PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
APRIL = Manad(2025, 4)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def genast() -> Iterator[None]:
    """Tasks are done here and now, instead of by a worker; nothing that other tests queued is left."""
    current_app.control.purge()
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


def _borjad() -> Korning:
    """A körning whose parts never reached the queue."""
    direkt.las_in(PAKET)
    return actions.starta_korning(manad=APRIL, av=None, nu=timezone.now())


def test_what_was_lost_is_sent_again(genast: None) -> None:
    korning = _borjad()
    tasks.se_efter()
    korning.refresh_from_db()
    assert korning.status == Status.BERAKNAD


def test_a_fault_that_trying_again_does_not_cure_is_left_for_a_person(genast: None) -> None:
    korning = _borjad()
    actions.anteckna_misslyckad(korning_id=korning.pk, fel=ValueError("fel"))
    tasks.se_efter()
    korning.refresh_from_db()
    assert korning.status == Status.BERAKNAS


def test_what_waits_in_the_queue_is_not_sent_again(genast: None, monkeypatch: pytest.MonkeyPatch) -> None:
    korning = _borjad()
    monkeypatch.setattr(tasks, "antal_i_kon", lambda: 1)
    tasks.se_efter()
    korning.refresh_from_db()
    assert korning.status == Status.BERAKNAS


def test_a_month_under_way_is_not_started_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    korning = _borjad()
    monkeypatch.setattr(tasks, "antal_i_kon", lambda: 1)
    with pytest.raises(Hindrad, match="körs redan"):
        vakt.starta(manad=APRIL, av=None)
    korning.refresh_from_db()
    assert korning.omgang == 1


def test_a_second_click_does_not_start_the_month_once_more() -> None:
    korning = _borjad()
    with pytest.raises(Hindrad, match="körs redan"):
        vakt.starta(manad=APRIL, av=None)
    korning.refresh_from_db()
    assert korning.omgang == 1


def test_a_month_that_stopped_may_be_started_again(genast: None) -> None:
    borjad = _borjad()
    Korning.objects.filter(pk=borjad.pk).update(startad=timezone.now() - timedelta(minutes=5))
    korning = vakt.starta(manad=APRIL, av=None)
    korning.refresh_from_db()
    assert (korning.status, korning.omgang) == (Status.BERAKNAD, 2)
