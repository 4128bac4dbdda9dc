"""drift/aterstall, with a docker that only notes what it is asked: in order, and nothing after what went wrong."""

import os
import subprocess
from pathlib import Path

from django.conf import settings

ATERSTALL = Path(settings.BASE_DIR) / "drift/aterstall"
DOCKER = """#!/bin/sh
echo "${{COMPOSE_PROJECT_NAME:-}} $*" >> {mapp}/sagt
case "$*" in
    *volume*) echo /kopiornas/plats ;;
    *"{faller}"*) exit 1 ;;
esac
"""


def _kor(mapp: Path, *argument: str, faller: str = "ingenting") -> tuple[int, str, list[str]]:
    (mapp / "docker").write_text(DOCKER.format(mapp=mapp, faller=faller))
    (mapp / "docker").chmod(0o755)
    (mapp / "nyckel.txt").touch()
    (mapp / "sagt").touch()
    miljo = {"PATH": f"{mapp}:{os.environ['PATH']}"}
    svar = subprocess.run([ATERSTALL, *argument], cwd=mapp, env=miljo, capture_output=True, text=True, check=False)
    return svar.returncode, svar.stdout + svar.stderr, (mapp / "sagt").read_text().splitlines()


def test_all_that_writes_stands_still_before_anything_is_laid_and_the_database_has_its_passwords(
    tmp_path: Path,
) -> None:
    kod, ord_, sagt = _kor(tmp_path, "nyckel.txt", "--till", "2026-05-12 14:30", "--skriv-over")
    assert kod == 0
    assert [rad.split()[1] if "run" not in rad else rad.split()[3] for rad in sagt] == [
        "stop",
        "aterstall",
        "up",
        "exec",
        "migrera",
        "aterstall",
    ]
    assert set(sagt[0].split()[2:]) == {
        *("proxy", "webb1", "webb2", "arbetare", "rapportarbetare", "klocka", "kopia", "databas")
    }
    assert sagt[1].endswith("--agare 999:999 --till 2026-05-12 14:30 --skriv-over")
    assert "Ta en ny kopia" in ord_


def test_nothing_is_done_after_what_went_wrong(tmp_path: Path) -> None:
    kod, ord_, sagt = _kor(tmp_path, "nyckel.txt", faller="lagg")
    assert kod == 1
    assert len(sagt) == 2
    assert "Ta en ny kopia" not in ord_


def test_a_trial_is_laid_under_another_name_and_taken_away_whatever_happens(tmp_path: Path) -> None:
    for faller in ("ingenting", "efter"):
        (tmp_path / "sagt").unlink(missing_ok=True)
        kod, ord_, sagt = _kor(tmp_path, "nyckel.txt", "--prov", faller=faller)
        assert kod == (faller == "efter")
        assert ("Provet stämde" in ord_) == (kod == 0)
        assert not any("stop" in rad for rad in sagt)
        assert all(rad.startswith("insatskollen-prov ") for rad in sagt[1:])
        assert sagt[-1].endswith("down --volumes --remove-orphans")
        assert sagt[-2].endswith("efter /kopior --data /data --prov")


def test_without_the_key_nothing_is_touched(tmp_path: Path) -> None:
    kod, ord_, sagt = _kor(tmp_path, "--skriv-over")
    assert (kod, sagt) == (2, [])
    assert "säg var den hemliga nyckeln ligger" in ord_
