"""What is missing on the machine is said, or installed, before anything else is done."""

import os
import shutil

import pytest

from verktyg import forutsattningar
from verktyg.forutsattningar import Behov, se_till_system
from verktyg.miljo import VerktygsFel

FINNS = Behov("räkna", {"libc.so.6": "libc6"}, {"sh": "dash"})
SAKNAS = Behov("trolla", {"libtrolleri.so.1": "libtrolleri1"}, {"trollspo": "trollspo"})


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An apt-get that writes down what it is asked, and never finds anything."""
    rader: list[str] = []

    def kor(rad: str) -> bool:
        rader.append(rad)
        return False

    monkeypatch.setattr(forutsattningar, "_apt", kor)
    monkeypatch.setattr(shutil, "which", lambda namn: "/usr/bin/apt-get" if namn == "apt-get" else None)
    return rader


def test_det_som_redan_finns_installeras_inte(apt: list[str]) -> None:
    se_till_system(Behov("räkna", FINNS.bibliotek, {}))
    assert apt == []


def test_en_vanlig_anvandare_far_veta_exakt_vad_som_ska_installeras(
    monkeypatch: pytest.MonkeyPatch, apt: list[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(VerktygsFel, match="sudo apt-get install -y --no-install-recommends libtrolleri1 trollspo"):
        se_till_system(SAKNAS)
    assert apt == []


def test_som_root_forsoker_den_sjalv_och_hamtar_paketlistan_forst_om_det_behovs(
    monkeypatch: pytest.MonkeyPatch, apt: list[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(VerktygsFel, match="kunde inte installeras"):
        se_till_system(SAKNAS)
    assert apt == ["apt-get install -y --no-install-recommends libtrolleri1 trollspo", "apt-get update"]
