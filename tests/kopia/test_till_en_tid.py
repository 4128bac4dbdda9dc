"""The whole way: copied, worked on, harmed, and put back to a moment before the harm. Sums are equal to the öre."""

import hashlib
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sakerhetskopia import kopiera
from sakerhetskopia.filarkiv import sokvagar
from sakerhetskopia.kopiera import Plats
from tests.kedja.drift import Drift
from verktyg import postgres
from verktyg.miljo import ROT

DAGAR = timedelta(days=35)
SUMMOR = """
    SELECT k.manad, count(*), sum(r.belopp) FROM ersattning_ersattningsrad r
      JOIN ersattning_korning k ON k.id = r.korning_id
     WHERE k.status IN ('faststalld', 'utbetald') GROUP BY 1 ORDER BY 1
"""
NARVARO = "SELECT count(*), md5(string_agg(n::text, ';' ORDER BY n::text)) FROM utforare_narvaro n"


def _bild(drift: Drift) -> dict[str, Any]:
    """All that must be as it was: settled sums, närvaro row by row, events, files byte by byte."""
    data = drift.tjanst.data
    return {
        "summor": drift.sql(SUMMOR),
        "narvaro": drift.sql(NARVARO),
        "handelser": drift.sql("SELECT count(*) FROM grund_handelse"),
        "filer": {namn: hashlib.sha256((data / namn).read_bytes()).hexdigest() for namn in sokvagar(data)},
    }


def _sakerhetskopia(drift: Drift, *argument: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-P", "-m", "sakerhetskopia", *argument]
    return subprocess.run(argv, cwd=ROT, env=drift.miljo, capture_output=True, text=True, check=False)


def _skada(drift: Drift, fil: Path) -> None:
    """As by hand in psql, guards off, and on the disk."""
    with drift.anslut() as linje:
        linje.execute("SET session_replication_role = replica")
        linje.execute("DELETE FROM ersattning_ersattningsrad WHERE id % 2 = 0")
        linje.execute("DROP TABLE utforare_besok CASCADE")
        linje.execute("DELETE FROM utforare_narvaro WHERE extract(day FROM datum) > 10")
    fil.write_bytes(b"forstord")


def test_a_database_and_its_files_come_back_as_they_were_at_a_given_time(
    drift: Drift, plats: Plats, nyckeln: Path, tmp_path: Path
) -> None:
    data, lager = drift.tjanst.data, plats.lager
    manifest = kopiera.kopiera(plats, behall=DAGAR)
    assert list(manifest["fakta"]["faststallda"]) == ["2026-03"]

    drift.klerk("kor_direkt", "2026-04")
    drift.klerk("faststall_direkt", "2026-04")
    drift.klerk("gor_arbetsbok", "2026-04")
    bild = _bild(drift)
    assert len(bild["summor"]) == 2
    kopiera.folj(plats, behall=DAGAR, bas_var=timedelta(days=1))  # as each minute
    till = plats.databas.nu()
    _skada(drift, data / next(namn for namn in bild["filer"] if "2026-04" in namn))
    kopiera.folj(plats, behall=DAGAR, bas_var=timedelta(days=1))
    drift.sql("CREATE TABLE efterat ()")
    assert _bild(drift)["summor"] != bild["summor"]
    assert len(lager.baser()) == 1

    drift.tjanst.doda("postgres", signal.SIGINT)
    agare = postgres.agare()
    lagg = [
        *("lagg", str(lager.mapp), "--till", till.isoformat(), "--nyckel", str(nyckeln)),
        *("--pgdata", str(data / "postgres"), "--data", str(data)),
        *(["--agare", f"{agare[0]}:{agare[1]}"] if agare else []),
    ]
    nekat = _sakerhetskopia(drift, *lagg)
    assert nekat.returncode == 1
    assert "Det finns redan något i" in nekat.stderr
    svar = _sakerhetskopia(drift, *lagg, "--skriv-over")
    assert svar.returncode == 0, svar.stderr
    assert "Fastställda månader då: 2026-03, 2026-04." in svar.stdout
    drift.starta_om("postgres")
    svar = _sakerhetskopia(drift, "efter", str(lager.mapp), "--data", str(data), "--nyckel", str(nyckeln))
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert "Summor och filer är de som fanns när kopian togs." in svar.stdout

    igen = _bild(drift)
    assert igen.pop("handelser")[0][0] == bild.pop("handelser")[0][0] + 1  # that it was put back
    assert igen == bild
