"""The systemd units: hardened alike, with secrets that only systemd reads, and as systemd itself understands them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

MAPP = Path(settings.BASE_DIR) / "drift/systemd"
TJANSTER = sorted(fil for fil in MAPP.glob("*.service") if "certifikat" not in fil.name)
_HOGST = 2.0  # of 10, where systemd calls 10 unsafe

alla = pytest.mark.parametrize("fil", TJANSTER, ids=lambda fil: fil.name)


def _rader(fil: Path) -> set[str]:
    return set(fil.read_text(encoding="utf-8").splitlines())


@alla
def test_every_unit_is_hardened(fil: Path) -> None:
    krav = {
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
    }
    assert krav | {"User=insatskollen", "StateDirectory=insatskollen", "UMask=0077"} <= _rader(fil)
    assert any(rad.startswith("MemoryMax=") for rad in _rader(fil))
    if "migrera" not in fil.name:
        assert "Restart=always" in _rader(fil)


@alla
def test_secrets_are_handed_over_and_in_no_environment(fil: Path) -> None:
    text = fil.read_text(encoding="utf-8")
    lamnade = set(re.findall(r"^LoadCredential=(\w+):/etc/insatskollen/hemligheter/\1$", text, re.MULTILINE))
    lasta = set(re.findall(r"=%d/(\w+)", text))
    assert lamnade == lasta >= {"secret_key", "databas_losenord", "ko_losenord"}
    assert not re.search(r"(SECRET_KEY|PASSWORD|HEMLIGHET)=", text)
    assert ("databas_agare_losenord" in lamnade) == ("migrera" in fil.name)


def test_the_target_brings_up_all_that_stays_up() -> None:
    text = (MAPP / "insatskollen.target").read_text(encoding="utf-8")
    namn = {fil.name.replace("@", "@1") for fil in TJANSTER if "migrera" not in fil.name}
    assert namn <= set(re.findall(r"[\w@-]+\.service", text))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd finns inte här")
def test_systemd_itself_takes_the_units_and_finds_them_safe(tmp_path: Path) -> None:
    for fil in MAPP.iterdir():
        text = fil.read_text(encoding="utf-8").replace("/opt/insatskollen/.venv/bin/", "/usr/bin/env ")
        (tmp_path / fil.name).write_text(text)
    filer = sorted(map(str, tmp_path.iterdir()))
    svar = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *filer], capture_output=True, text=True, check=False
    )
    assert not [rad for rad in svar.stderr.splitlines() if "insatskollen" in rad], svar.stderr
    for fil in TJANSTER:
        argv = [
            "systemd-analyze",
            "security",
            "--offline=yes",
            f"--threshold={_HOGST * 10:.0f}",
            str(tmp_path / fil.name),
        ]
        bedomd = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert bedomd.returncode == 0, bedomd.stdout[-300:]
