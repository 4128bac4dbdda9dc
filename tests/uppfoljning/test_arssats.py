"""A year's reports are made by the workers, each once, and a file that cannot be made is said to be so."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from uppfoljning import tasks
from uppfoljning.arssats.bestallning import bestall_arsrapporter, gor_arsfil, gor_om, sand_borttappade
from uppfoljning.models import Arsfil, Arssats
from uppfoljning.rapporter.register import RAPPORTER

pytestmark = pytest.mark.django_db
NU, IDAG = datetime(2026, 6, 3, 8, tzinfo=UTC), date(2026, 6, 3)


@pytest.fixture(autouse=True)
def _mapp(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILER_DIR=tmp_path):
        yield


def _bestall(av: Anvandare | None = None, ar: int = 2025) -> Arssats:
    return bestall_arsrapporter(ar=ar, av=av, idag=IDAG, nu=NU)


def test_every_report_is_made_as_pdf_and_excel_with_the_hash_of_its_bytes(tmp_path: Path) -> None:
    sats = _bestall()
    assert sats.filer.count() == 2 * len(RAPPORTER)
    for fil in sats.filer.filter(rapport="ej-verkstallda"):
        gor_arsfil(arsfil_id=fil.pk, nu=NU)
        fil.refresh_from_db()
        innehall = (tmp_path / fil.sokvag).read_bytes()
        assert (fil.sha256, fil.storlek) == (sha256(innehall).hexdigest(), len(innehall))
        assert innehall.startswith({"pdf": b"%PDF-", "xlsx": b"PK"}[fil.slag])


def test_made_twice_it_is_the_same_file() -> None:
    fil = _bestall().filer.filter(slag="pdf")[0]
    gor_arsfil(arsfil_id=fil.pk, nu=NU)
    forst = Arsfil.objects.get(pk=fil.pk)
    gor_arsfil(arsfil_id=fil.pk, nu=NU + timedelta(hours=1))
    assert Arsfil.objects.get(pk=fil.pk).klar == forst.klar


def test_a_file_that_cannot_be_made_says_so_and_is_made_anew() -> None:
    klara = Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])
    sats = _bestall(klara)
    fil = sats.filer.all()[0]
    trasig = patch("uppfoljning.arssats.bestallning.arets_rapport", side_effect=RuntimeError("hemligt"))
    with trasig, pytest.raises(RuntimeError):
        tasks.gor_arsfil.run(fil.pk)
    fil.refresh_from_db()
    assert fil.fel.startswith("Filen kunde inte göras (RuntimeError)")
    assert "hemligt" not in fil.fel
    assert gor_om(sats=sats, av=klara) == 1
    tasks.gor_arsfil.run(fil.pk)
    fil.refresh_from_db()
    assert fil.klar
    assert not fil.fel
    with pytest.raises(Hindrad, match="ingen fil"):
        gor_om(sats=sats, av=klara)


def test_what_the_broker_lost_is_sent_again_after_a_while() -> None:
    _bestall()
    assert sand_borttappade(nu=NU + timedelta(minutes=4)) == 0
    assert sand_borttappade(nu=NU + timedelta(minutes=6)) == 2 * len(RAPPORTER)


def test_with_the_broker_away_it_is_ordered_and_sent_later(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        patch("celery.canvas.Signature.apply_async", side_effect=OSError("Ingen kontakt")) as skickat,
        django_capture_on_commit_callbacks(execute=True),
    ):
        sats = _bestall()
    assert skickat.call_count == 1  # not once for every file
    assert "Ingen kontakt" in caplog.text
    assert not sats.filer.exclude(fel="").exists()
    assert sand_borttappade(nu=NU + timedelta(minutes=6)) == 2 * len(RAPPORTER)


def test_ordered_twice_at_once_it_is_made_once() -> None:
    sats = _bestall()
    with pytest.raises(Hindrad, match="redan beställda"):
        _bestall()
    sats.filer.update(fel="Gick inte.")
    assert _bestall().pk != sats.pk


@pytest.mark.django_db(transaction=True)
def test_a_file_that_another_worker_is_making_is_left_to_it(tmp_path: Path) -> None:
    fil = _bestall().filer.filter(slag="xlsx")[0]
    fel: list[BaseException] = []

    def en_annan() -> None:
        try:
            gor_arsfil(arsfil_id=fil.pk, nu=NU)
        except BaseException as ett:  # noqa: BLE001  told below
            fel.append(ett)
        finally:
            connection.close()

    with transaction.atomic():
        Arsfil.objects.select_for_update().get(pk=fil.pk)
        trad = Thread(target=en_annan)
        trad.start()
        trad.join(30)
    assert not fel
    assert not list(tmp_path.rglob("*.xlsx"))
    gor_arsfil(arsfil_id=fil.pk, nu=NU)
    assert len(list(tmp_path.rglob("*.xlsx"))) == 1


def test_only_a_year_that_has_ended_and_only_by_those_who_make_documents() -> None:
    with pytest.raises(Hindrad, match="ska ha slutat"):
        _bestall(ar=2026)
    rut = Anvandare.objects.create_user("rut", roller=[Roll.REVISOR])
    with pytest.raises(Hindrad, match="krävs"):
        _bestall(rut)
    assert not Arssats.objects.exists()
    assert not Handelse.objects.filter(handling="bestall_arsrapporter").exists()
