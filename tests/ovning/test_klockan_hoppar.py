"""The computer's clock jumps: a month on, an hour back, back over midnight. Nothing stops, nothing comes twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings as installningar
from django.test import Client

from config.takt import Takt
from ersattning import actions, tasks, vakt
from ersattning.models import Korning
from ersattning.regler import Status
from grund import klocka
from grund.behorighet import Roll
from grund.models import Anvandare, Handelse
from grund.tid import Manad
from tests.kedja import direkt

PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
APRIL = Manad(2025, 4)
NU = datetime(2026, 6, 4, 0, 10, tzinfo=UTC)
HOPP = {
    "en månad fram": timedelta(days=31),
    "en timme bak": -timedelta(hours=1),
    "över midnatt": -timedelta(minutes=20),
}


@pytest.mark.parametrize("hopp", HOPP.values(), ids=HOPP)
def test_an_interval_is_due_at_once_after_a_jump_and_then_keeps_its_pace(hopp: timedelta) -> None:
    takt = Takt(10.0, nowfun=lambda: NU + hopp)
    forst = takt.is_due(NU)
    assert forst.is_due
    sedan = takt.is_due(NU + hopp)
    assert (sedan.is_due, round(sedan.next)) == (False, 10)


def test_every_interval_of_the_clock_is_of_that_kind() -> None:
    scheman = [val["schedule"] for val in installningar.CELERY_BEAT_SCHEDULE.values()]
    assert all(isinstance(schema, Takt | crontab) for schema in scheman)


def test_a_night_that_was_jumped_over_comes_once_and_not_once_for_each_day() -> None:
    natt = crontab(hour=3, minute=10, nowfun=lambda: NU + HOPP["en månad fram"], app=current_app)
    assert natt.is_due(NU).is_due
    assert not natt.is_due(NU + HOPP["en månad fram"]).is_due


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hopp", HOPP.values(), ids=HOPP)
def test_a_korning_that_was_under_way_comes_to_its_end(hopp: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    direkt.las_in(PAKET)
    korning = actions.starta_korning(manad=APRIL, av=None, nu=klocka.nu())
    riktig = klocka.nu
    monkeypatch.setattr(klocka, "nu", lambda: riktig() + hopp)
    current_app.conf.update(task_always_eager=True)
    try:
        tasks.se_efter()
    finally:
        current_app.conf.update(task_always_eager=False)
    korning.refresh_from_db()
    assert korning.status == Status.BERAKNAD


@pytest.mark.django_db(transaction=True)
def test_a_clock_put_back_an_hour_does_not_lock_the_month_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    current_app.control.purge()
    direkt.las_in(PAKET)
    borjad = actions.starta_korning(manad=APRIL, av=None, nu=klocka.nu() + timedelta(hours=1))
    monkeypatch.setattr(vakt, "_skicka", lambda _: None)
    assert vakt.starta(manad=APRIL, av=None).omgang == borjad.omgang + 1
    assert Korning.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("hopp", "inne"), [(31 * 86400, False), (-3600, True), (-1200, True)], ids=HOPP)
def test_a_session_ends_when_the_clock_jumps_on_and_lives_when_it_jumps_back(
    hopp: float, inne: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    vem = Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])
    klient = Client()
    klient.force_login(vem)
    assert klient.get("/").status_code == 200
    import time  # noqa: PLC0415

    riktig = time.time
    monkeypatch.setattr("config.inloggning.vakt.time.time", lambda: riktig() + hopp)
    assert (klient.get("/").status_code == 200) is inne
    assert Handelse.objects.filter(handling="logga_ut").exists() is not inne
