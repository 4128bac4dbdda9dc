"""drift/rulla, with a docker that only notes what it is asked: one at a time, and never the last that is well."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

RULLA = Path(settings.BASE_DIR) / "drift/rulla"
DOCKER = """#!/bin/sh
echo "$*" >> {mapp}/sagt
case "$*" in
    *Health*) for namn; do :; done; cat {mapp}/$namn ;;
    *" up "*) for namn; do :; done; [ ! -e {mapp}/$namn.sjuk ] ;;
esac
"""


def _kor(mapp: Path, **halsa: str) -> tuple[int, str, list[str]]:
    (mapp / "docker").write_text(DOCKER.format(mapp=mapp))
    (mapp / "docker").chmod(0o755)
    for namn, text in halsa.items():
        (mapp / namn).write_text(text)
    miljo = {"PATH": f"{mapp}:{os.environ['PATH']}", "VANTA": "0"}
    svar = subprocess.run([RULLA], env=miljo, capture_output=True, text=True, check=False)
    sagt = (mapp / "sagt").read_text().splitlines()
    return svar.returncode, svar.stderr, [rad for rad in sagt if "Health" not in rad]


def test_each_rests_is_changed_and_takes_requests_again_before_the_other(tmp_path: Path) -> None:
    kod, _, sagt = _kor(tmp_path, webb1="healthy", webb2="healthy")
    assert kod == 0
    assert [rad.split("ur_bruk.sh")[-1].split()[-1:] for rad in sagt] == [
        ["webb1"],
        ["webb1"],
        [],
        ["webb2"],
        ["webb2"],
        [],
    ]


def test_one_that_does_not_get_well_goes_on_resting(tmp_path: Path) -> None:
    (tmp_path / "webb1.sjuk").touch()
    kod, fel, sagt = _kor(tmp_path, webb1="healthy", webb2="healthy")
    assert kod == 1
    assert "webb1 blev inte frisk och vilar; webb2 svarar." in fel
    assert sagt[-1].endswith("webb1")


@pytest.mark.parametrize("halsa", ["unhealthy", "starting", ""])
def test_the_last_one_that_is_well_is_not_touched(tmp_path: Path, halsa: str) -> None:
    kod, fel, sagt = _kor(tmp_path, webb1="healthy", webb2=halsa)
    assert (kod, sagt) == (1, [])
    assert "webb2 är inte frisk, så webb1 får inte vila." in fel
