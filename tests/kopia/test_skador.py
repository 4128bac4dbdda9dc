"""What is half, broken, locked to another or out of room is told, and never taken for a good copy."""

import errno
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sakerhetskopia import kopiera, lager
from sakerhetskopia.aterstall import Mal, lagg
from sakerhetskopia.databas import FILTABELLER
from sakerhetskopia.fel import Kopiefel
from sakerhetskopia.filarkiv import lagg_tillbaka
from sakerhetskopia.kontroll import kontrollera
from sakerhetskopia.kopiera import Plats
from sakerhetskopia.lager import Lager
from sakerhetskopia.las import Nyckel, las_ur, nyckel_ur, skapa_par
from sakerhetskopia.plan import las_tid, planera
from tests.kedja.drift import Drift, vanta_tills
from tests.kopia.conftest import kopians
from verktyg.miljo import ROT

DAGAR = timedelta(days=35)


@pytest.fixture(scope="module")
def kopian(drift: Drift, nyckeln: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with a whole copy, and what came after it."""
    mapp = tmp_path_factory.mktemp("kopian") / "kopior"
    las = las_ur(nyckeln.with_name("nyckel.txt.pub"), okrypterad=False)
    plats = Plats(Lager(mapp), kopians(drift), las, drift.tjanst.data)
    kopiera.kopiera(plats, behall=DAGAR)
    kopiera.folj(plats, behall=DAGAR, bas_var=timedelta(days=1))
    return mapp


@pytest.fixture
def egen(kopian: Path, tmp_path: Path) -> Path:
    """The same, to be harmed."""
    return shutil.copytree(kopian, tmp_path / "egen")


@pytest.fixture
def plats_med_kopia(plats: Plats, kopian: Path) -> Plats:
    """Where there is a whole copy already."""
    shutil.copytree(kopian, plats.lager.mapp)
    return plats


def test_what_is_stored_is_read_through_and_unpacked(kopian: Path, nyckeln: Path) -> None:
    assert kontrollera(Lager(kopian), nyckel_ur(nyckeln)) == []


def test_nothing_that_is_stored_can_be_read_without_the_key(kopian: Path, drift: Drift) -> None:
    ((namn,),) = drift.sql("SELECT max(fornamn || ' ' || efternamn) FROM beslut_person WHERE fornamn <> ''")
    for fil in kopian.glob("*/**/*"):
        if fil.is_file() and fil.name != "manifest.json":
            assert fil.suffix == ".age", fil
            assert fil.read_bytes().startswith(b"age-encryption.org/v1")
    for fil in [kopian / "journal.jsonl", *kopian.glob("bas/*/manifest.json")]:
        assert str(namn).encode() not in fil.read_bytes()


def test_a_wrong_key_is_told_before_anything_is_laid(kopian: Path, tmp_path: Path) -> None:
    skapa_par(tmp_path / "annan")
    objekt = next(iter(Lager(kopian).journal.objekt))
    with pytest.raises(Kopiefel, match="Nyckeln är fel"):
        lagg_tillbaka(Lager(kopian), nyckel_ur(tmp_path / "annan"), objekt, tmp_path / "fil")
    with pytest.raises(Kopiefel, match="är krypterad"):
        lagg_tillbaka(Lager(kopian), Nyckel(), objekt, tmp_path / "fil")
    assert not (tmp_path / "fil").exists()
    assert "Nyckeln är fel" in kontrollera(Lager(kopian), nyckel_ur(tmp_path / "annan"))[0]


def test_a_key_is_never_written_over(nyckeln: Path) -> None:
    with pytest.raises(Kopiefel, match="skrivs inte över"):
        skapa_par(nyckeln)
    assert nyckeln.stat().st_mode & 0o077 == 0


def test_an_open_copy_must_be_asked_for_aloud() -> None:
    with pytest.raises(Kopiefel, match="ska krypteras"):
        las_ur(None, okrypterad=False)
    assert las_ur(None, okrypterad=True).andelse == ""


@pytest.mark.parametrize("slag", ["bas", "wal", "objekt"])
def test_one_altered_byte_is_found_and_the_file_named(egen: Path, slag: str) -> None:
    fil = max((en for en in egen.glob(f"{slag}/**/*.age")), key=lambda en: en.name)
    innehall = bytearray(fil.read_bytes())
    innehall[-100] ^= 1
    fil.write_bytes(innehall)
    assert kontrollera(Lager(egen), Nyckel()) == [
        f"{fil.relative_to(egen)} är skadad: den är inte som när den skrevs (annan SHA-256)."
    ]


def test_truncated_wal_is_refused_with_how_far_it_goes(egen: Path) -> None:
    plan = planera(Lager(egen), None)
    post = plan.segment[-1]
    os.truncate(egen / post["fil"], post["storlek"] // 2)
    with pytest.raises(Kopiefel, match="avkortad eller borta: längre än dit går det inte"):
        planera(Lager(egen), None)
    assert kontrollera(Lager(egen), Nyckel())


def test_missing_wal_is_named(egen: Path) -> None:
    plan = planera(Lager(egen), None)
    rader = [json.loads(rad) for rad in (egen / "journal.jsonl").read_text().splitlines()]
    utan = [rad for rad in rader if rad.get("namn") != plan.segment[-1]["namn"]]
    (egen / "journal.jsonl").write_text("".join(json.dumps(rad) + "\n" for rad in utan))
    with pytest.raises(Kopiefel, match=f"{plan.segment[-1]['namn']} saknas"):
        planera(Lager(egen), None)


def test_half_a_line_last_in_the_journal_is_no_line(egen: Path) -> None:
    fore = Lager(egen).journal.poster
    with (egen / "journal.jsonl").open("ab") as ut:
        ut.write(b'{"slag": "synk", "borj')
    assert Lager(egen).journal.poster == fore


def test_a_time_that_cannot_be_reached_is_refused_with_the_nearest(kopian: Path) -> None:
    with pytest.raises(Kopiefel, match="Så långt tillbaka går det inte: den äldsta kopian blev klar"):
        planera(Lager(kopian), las_tid("2020-01-01 12:00"))
    with pytest.raises(Kopiefel, match="Så långt fram går det inte: det sista hämtades"):
        planera(Lager(kopian), las_tid("2199-01-01 12:00"))


def test_nothing_is_laid_over_a_database_that_runs(kopian: Path, nyckeln: Path, drift: Drift) -> None:
    lager_, mal = Lager(kopian), Mal(drift.tjanst.data / "postgres", drift.tjanst.data)
    with pytest.raises(Kopiefel, match="är igång"):
        lagg(lager_, planera(lager_, None), nyckel_ur(nyckeln), mal, skriv_over=True)
    assert drift.sql("SELECT 1") == [(1,)]


@pytest.mark.parametrize("tid", ["2026-10-25 02:30", "2026-03-29 02:30"])
def test_an_hour_that_comes_twice_or_never_must_be_told_apart(tid: str) -> None:
    with pytest.raises(Kopiefel, match="Klockan ställs om då"):
        las_tid(tid)
    assert las_tid("2026-10-25T02:30+01:00").hour == 1


def test_a_full_disk_while_copying_leaves_the_earlier_copy_whole(
    plats_med_kopia: Plats, nyckeln: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plats = plats_med_kopia
    (forsta,) = plats.lager.baser()
    monkeypatch.setattr(lager, "_Summa", _fullt_efter(1_000_000))
    with pytest.raises(Kopiefel, match=r"Disken är full: .* de kopior som fanns är kvar"):
        kopiera.kopiera(plats, behall=DAGAR)
    monkeypatch.undo()
    assert [bas["namn"] for bas in plats.lager.baser()] == [forsta["namn"]]
    assert list(plats.lager.mapp.glob("**/*.del")) == []
    assert kontrollera(plats.lager, nyckel_ur(nyckeln)) == []
    kopiera.kopiera(plats, behall=DAGAR)  # there is room again
    assert len(plats.lager.baser()) == 2


def _fullt_efter(byte: int) -> type:
    class Full(lager._Summa):
        def write(self, data: bytes) -> int:
            if self.storlek > byte:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    return Full


def test_a_copy_that_is_killed_leaves_the_earlier_one_and_is_never_taken_for_good(
    plats_med_kopia: Plats, drift: Drift, nyckeln: Path
) -> None:
    plats = plats_med_kopia
    (forsta,) = plats.lager.baser()
    barn = _stanna_mitt_i(plats, drift, nyckeln)
    halva = plats.lager.mapp / "bas"
    vanta_tills(lambda: list(halva.glob("*.del/*.del")))
    barn.kill()
    barn.communicate()
    assert list(halva.glob("*.del"))
    assert [bas["namn"] for bas in Lager(plats.lager.mapp).baser()] == [forsta["namn"]]
    assert kontrollera(Lager(plats.lager.mapp), Nyckel()) == []
    kopiera.kopiera(plats, behall=DAGAR)
    assert not list(halva.glob("*.del"))
    assert len(plats.lager.baser()) == 2


def _stanna_mitt_i(plats: Plats, drift: Drift, nyckeln: Path) -> "subprocess.Popen[str]":
    """A copy that stops in the middle of the database and waits to be killed."""
    program = (
        "import sys, time; from sakerhetskopia import lager, kommandon\n"
        "class Trog(lager._Summa):\n"
        "    def write(self, data):\n"
        "        n = super().write(data); self.flush()\n"
        "        if self.storlek > 100_000: time.sleep(600)\n"
        "        return n\n"
        "lager._Summa = Trog; kommandon.main(sys.argv[1:])"
    )
    val = ["kopiera", str(plats.lager.mapp), "--mottagare", str(nyckeln.with_name("nyckel.txt.pub"))]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", program, *val],
        cwd=ROT,
        env=drift.miljo,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_that_copy_at_once_do_not_write_in_one_another(plats: Plats) -> None:
    with plats.lager.ensam(plats.databas.lage().system), pytest.raises(Kopiefel, match="En annan säkerhetskopiering"):
        kopiera.kopiera(plats, behall=DAGAR)


def test_copies_of_another_database_are_not_mixed_with_these(plats: Plats) -> None:
    with plats.lager.ensam("12345"):
        pass
    with pytest.raises(Kopiefel, match="kopior av en annan databas"):
        kopiera.kopiera(plats, behall=DAGAR)


def test_a_slot_that_had_to_let_go_gives_a_new_whole_copy(plats: Plats) -> None:
    kopiera.kopiera(plats, behall=DAGAR)
    with plats.databas.linje() as linje:
        linje.execute("SELECT pg_drop_replication_slot('insatskollen_kopia')")
    assert kopiera.folj(plats, behall=DAGAR, bas_var=timedelta(days=1)) is not None
    assert kopiera.folj(plats, behall=DAGAR, bas_var=timedelta(days=1)) is None


def test_old_copies_are_let_go_and_what_is_left_is_whole(plats: Plats, nyckeln: Path) -> None:
    data = plats.data / "filer"
    (data / "gammal.txt").write_bytes(b"gammal")
    baser = []
    for nummer in range(3):
        baser.append(kopiera.kopiera(plats, behall=DAGAR))
        (data / "gammal.txt").unlink(missing_ok=True)
        (data / f"ny-{nummer}.txt").write_bytes(b"ny %d" % nummer)
        kopiera.folj(plats, behall=DAGAR, bas_var=timedelta(days=1))
    with plats.lager.ensam(plats.databas.lage().system):
        nar = las_tid(baser[1]["slut"])
        assert kopiera.gallra(plats.lager, fore=nar) == [baser[0]["namn"]]
        assert kopiera.gallra(plats.lager, fore=las_tid("2199-01-01")) == [baser[1]["namn"]]
        assert kopiera.gallra(plats.lager, fore=las_tid("2199-01-01")) == []  # never the last
    kvar = Lager(plats.lager.mapp)
    assert kontrollera(kvar, nyckel_ur(nyckeln)) == []
    assert {"filer/ny-0.txt", "filer/ny-2.txt"} <= planera(kvar, None).filer.keys()
    assert "filer/gammal.txt" not in kvar.journal.filer
    for fil in data.glob("ny-*.txt"):
        fil.unlink()


def test_every_table_that_remembers_a_file_is_known() -> None:
    from django.apps import apps  # noqa: PLC0415

    med = {m._meta.db_table for m in apps.get_models() if "sokvag" in {falt.name for falt in m._meta.get_fields()}}
    assert med == FILTABELLER.keys()
