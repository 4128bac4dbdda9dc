"""The disk is full, at each place where something is written: nothing half is left, nothing that was is lost, and a
person is told in a sentence. When there is room again the same thing is done.
"""

import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django.test import Client
from psycopg.errors import DiskFull

from ersattning import actions, intyg, tasks
from ersattning.filer import lager
from ersattning.models import Delkorning, Fil, Korning
from ersattning.regler import Status
from grund import atomart, disken, klocka
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.datapaket.fel import PaketFel
from grund.models import Anvandare, Handelse
from grund.tid import Manad
from tests.kedja import direkt
from uppfoljning import tasks as uppfoljning
from uppfoljning.arssats.bestallning import bestall_arsrapporter
from uppfoljning.models import Arsfil

PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
APRIL = Manad(2025, 4)
FULL = OSError(errno.ENOSPC, "No space left on device")
pytestmark = pytest.mark.django_db


@contextmanager
def full_disk() -> Iterator[None]:
    """Every file that is to be whole fails when it is flushed: the last moment, with all of it written."""
    with patch.object(atomart, "_till_disk", side_effect=FULL):
        yield


def _databasen_full() -> OperationalError:
    fel = OperationalError("could not extend file: No space left on device")
    fel.__cause__ = DiskFull("could not extend file")
    return fel


@pytest.fixture
def egen_mapp(tmp_path: Path, settings: Any) -> Path:
    settings.FILER_DIR, settings.INTYG_DIR = tmp_path / "filer", tmp_path / "intyg"
    return tmp_path


def _inget_halvt(mapp: Path) -> bool:
    return not [fil for fil in mapp.glob("**/.*") if fil.is_file()]


def test_a_file_of_a_settled_month_is_told_of_and_made_when_there_is_room(egen_mapp: Path) -> None:
    direkt.las_in(PAKET)
    korning = direkt.kor(str(APRIL))
    direkt.faststall(str(APRIL))
    korning.refresh_from_db()
    with full_disk(), pytest.raises(OSError, match="No space"):
        tasks.skapa_filer(korning.pk, korning.omgang, None)
    text = Handelse.objects.filter(handling="fil_misslyckades").latest("pk").text
    assert text == f"Månadens arbetsbok för {korning} kunde inte göras: disken är full. Ge plats och försök igen"
    assert not Fil.objects.exists()
    assert _inget_halvt(egen_mapp)
    tasks.skapa_filer(korning.pk, korning.omgang, None)
    fil = Fil.objects.get()
    assert lager.fel_pa_fil(fil) == ""


def test_a_years_report_says_that_the_disk_is_full(egen_mapp: Path) -> None:
    sats = bestall_arsrapporter(ar=2025, av=None, idag=date(2026, 6, 3), nu=datetime(2026, 6, 3, 8, tzinfo=UTC))
    fil = sats.filer.filter(slag="xlsx").order_by("pk")[0]
    with full_disk(), pytest.raises(OSError, match="No space"):
        uppfoljning.gor_arsfil(fil.pk)
    fil.refresh_from_db()
    assert fil.fel == "Filen kunde inte göras (disken är full). Försök igen, eller be systemförvaltaren läsa loggen."
    assert _inget_halvt(egen_mapp)
    Arsfil.objects.update(fel="")
    uppfoljning.gor_arsfil(fil.pk)
    fil.refresh_from_db()
    assert fil.klar


def test_an_intyg_is_stored_whole_or_not_at_all(egen_mapp: Path) -> None:
    with full_disk(), pytest.raises(OSError, match="No space"):
        intyg.spara(intyg.Intyg("pdf", b"%PDF-1.4 ..."))
    assert list((egen_mapp / "intyg").iterdir()) == []


def test_an_export_leaves_the_earlier_one(egen_mapp: Path) -> None:
    direkt.las_in(PAKET)
    direkt.kor(str(APRIL))
    direkt.exporterat(str(APRIL), egen_mapp)
    fore = (egen_mapp / "ersattning.csv").read_bytes()
    with full_disk(), pytest.raises(CommandError, match="disken är full"):
        direkt.exporterat(str(APRIL), egen_mapp)
    assert (egen_mapp / "ersattning.csv").read_bytes() == fore
    assert _inget_halvt(egen_mapp)


@pytest.mark.parametrize("var", ["stagingen", "tabellerna"])
def test_a_package_for_which_the_database_has_no_room_is_not_read_in_at_all(var: str) -> None:
    vad = {
        "stagingen": "grund.datapaket.inlasning.Radtolk.tolka",
        "tabellerna": "grund.datapaket.actions.lagra",
    }[var]
    with patch(vad, side_effect=_databasen_full()), pytest.raises(PaketFel) as fangat:
        las_in(PAKET, av=None)
    (fel,) = fangat.value.fel
    assert str(fel).endswith("Databasens disk är full. Läs in paketet igen. Ingenting är inläst nu.")
    assert not Handelse.objects.exists()


def test_a_part_of_a_korning_waits_for_room_and_is_tried_again() -> None:
    """PostgreSQL's own 53100 is tried again as a cut connection is: the part is whole or not there."""
    direkt.las_in(PAKET)
    korning = actions.starta_korning(manad=APRIL, av=None, nu=klocka.nu())
    delen = Delkorning.objects.filter(korning=korning)[0]
    with patch("ersattning.actions.skriv_rader", side_effect=_databasen_full()), pytest.raises(OperationalError):
        tasks.rakna_del.run(delen.pk)
    delen.refresh_from_db()
    assert delen.klar is None
    assert not Handelse.objects.filter(handling="berakning_misslyckades").exists()
    assert OperationalError in tasks.rakna_del.autoretry_for
    direkt.kor(str(APRIL))
    assert Korning.objects.get().status == Status.BERAKNAD


@pytest.mark.parametrize("fel", [FULL, _databasen_full()], ids=["disken", "databasens disk"])
def test_a_page_says_that_there_is_no_room_and_that_nothing_was_stored(fel: Exception) -> None:
    klient = Client(raise_request_exception=False)
    klient.force_login(Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER]))
    with patch("config.views.att_gora", side_effect=fel):
        svar = klient.get("/")
    assert svar.status_code == 503
    assert "Det finns ingen plats kvar på servern. Det som du skickade in sparades inte." in svar.content.decode()
    assert "Traceback" not in svar.content.decode()
    assert klient.get("/").status_code == 200


@pytest.mark.parametrize("fel", [FULL, _databasen_full(), ValueError("hemligt")])
def test_an_event_tells_the_kind_of_fault_and_no_more(fel: Exception) -> None:
    text = disken.orsak(fel)
    assert "hemligt" not in text
    assert "full" in text or text == "ValueError, se arbetarnas logg"


_BARN = """
import json, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {rot!r})
from grund.atomart import skriv_atomart
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
fil = Path(sys.argv[1])
try:
    with skriv_atomart(fil) as ut:
        for _ in range(100):
            ut.write(b"x" * 10_000)
    svar = "ingen"
except OSError as fel:
    svar = fel.errno
print(json.dumps([svar, fil.read_text(), sorted(f.name for f in fil.parent.iterdir())]))
"""


def test_really_out_of_room_a_file_keeps_what_it_had(tmp_path: Path) -> None:
    """Not made up: the kernel says no in the middle of a write (a limit, which also an ordinary user can set)."""
    fil = tmp_path / "fil"
    fil.write_text("gammal")
    program = _BARN.format(rot=str(Path(__file__).parents[2]))
    svar = subprocess.run([sys.executable, "-c", program, str(fil)], capture_output=True, text=True, check=True)
    assert json.loads(svar.stdout) == [errno.EFBIG, "gammal", ["fil"]]


@pytest.mark.parametrize("ord_", ["skapa_filer"])
def test_a_command_says_it_in_a_sentence(ord_: str, egen_mapp: Path) -> None:
    direkt.las_in(PAKET)
    direkt.kor(str(APRIL))
    with full_disk(), pytest.raises(CommandError) as fel:
        call_command(ord_, str(APRIL), "--direkt")
    assert str(fel.value) == "Disken är full. Det påbörjade är inte sparat. Ge plats och kör om."
