"""The system in operation, with March settled and changed since, so that April's run carries rättelser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kedja.andringar import skriv_paketen
from tests.kedja.drift import Drift, i_drift

MARS, APRIL, MAJ = "2026-03", "2026-04", "2026-05"


@pytest.fixture(scope="package")
def paketen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mapp = tmp_path_factory.mktemp("paket")
    skriv_paketen(mapp)
    return mapp


@pytest.fixture(scope="package")
def drift(tmp_path_factory: pytest.TempPathFactory, paketen: Path, schemat: Path) -> Iterator[Drift]:
    """Services and a worker. The database `fran_borjan` is as it was before anything was calculated."""
    data = tmp_path_factory.mktemp("drift")
    data.chmod(0o711)
    with i_drift(data, schemat) as drift:
        drift.starta_arbetare()
        drift.klerk("las_in", str(paketen / "grund"))
        drift.kopiera("insatskollen", "fran_borjan")
        drift.klerk("kor_direkt", MARS)
        drift.klerk("faststall_direkt", MARS)
        drift.klerk("las_in", str(paketen / "efter_mars"))
        drift.satt_upp_grinden()
        yield drift


@pytest.fixture(scope="package")
def ostort(drift: Drift, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What April and May are when nothing goes wrong."""
    mapp = tmp_path_factory.mktemp("ostort")
    for manad in (APRIL, MAJ):
        drift.klerk("kor_direkt", manad)
    return {manad: drift.exporterat(manad, mapp / manad) for manad in (APRIL, MAJ)}
