"""A small municipality in operation, on a database of its own that may be harmed."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from demokommun import skriv_paket
from sakerhetskopia.databas import Databas, verktyg
from sakerhetskopia.kopiera import Plats
from sakerhetskopia.lager import Lager
from sakerhetskopia.las import las_ur, skapa_par
from tests.kedja.drift import Drift, i_drift
from verktyg import postgres
from verktyg.miljo import ROT


def _gor_kopians_roll(drift: Drift, mapp: Path) -> None:
    """As the deployment makes it: what only differs is where secrets and programs are."""
    text = (ROT / "drift/postgres/10-kopia.sh").read_text(encoding="utf-8").replace("/run/secrets/", f"{mapp}/.")
    (mapp / ".databas_agare_losenord").write_text("x")
    (mapp / ".kopia_losenord").write_text("y")
    miljo = {
        "PATH": f"{Path(verktyg('psql')).parent}:{os.environ['PATH']}",
        "POSTGRES_USER": postgres.AGARE,
        "POSTGRES_DB": postgres.DATABAS,
        "PGDATA": str(mapp / "postgres"),
        "PGHOST": str(conninfo_to_dict(drift.agarens)["host"]),
    }
    for _ in range(2):  # again does no harm
        subprocess.run(["sh", "-c", text], env=miljo, check=True)
    assert (mapp / "postgres/pg_hba.conf").read_text().count("insatskollen_kopia") == 1


def kopians(drift: Drift) -> Databas:
    """The database as the role that takes backups."""
    return Databas(drift.agarens.replace(f"//{postgres.AGARE}@", "//insatskollen_kopia@", 1))


@pytest.fixture(scope="package")
def drift(tmp_path_factory: pytest.TempPathFactory, schemat: Path) -> Iterator[Drift]:
    """March is settled, with its files."""
    data = tmp_path_factory.mktemp("drift")
    data.chmod(0o711)
    skriv_paket(data / "paket", till_manad="2026-04", manader=2, skala=0.02)
    with i_drift(data, schemat) as drift:
        _gor_kopians_roll(drift, data)
        # `efter` resets what told PostgreSQL how far to go; what is noted is the application's to write.
        drift.miljo["KOPIA_DATABASE_URL"] = drift.agarens
        drift.klerk("las_in", str(data / "paket"))
        (data / "paket").rename(data / ".paket")
        drift.klerk("kor_direkt", "2026-03")
        drift.klerk("faststall_direkt", "2026-03")
        drift.klerk("gor_arbetsbok", "2026-03")
        yield drift


@pytest.fixture(scope="session", autouse=True)
def _utan_synk_i_programmen() -> Iterator[None]:
    """As for our own files (tests/conftest.py): pg_receivewal waits for the disk after each segment."""

    def program(databas: Databas, namn: str, *argument: str) -> list[str]:
        return riktig(databas, namn, *argument, *(["--no-sync"] if namn == "pg_receivewal" else []))

    riktig = Databas.program
    with pytest.MonkeyPatch.context() as byte:
        byte.setattr(Databas, "program", program)
        yield


@pytest.fixture(scope="session")
def nyckeln(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("nyckel") / "nyckel.txt"
    skapa_par(fil)
    return fil


@pytest.fixture
def plats(drift: Drift, nyckeln: Path, tmp_path: Path) -> Plats:
    las = las_ur(nyckeln.with_name("nyckel.txt.pub"), okrypterad=False)
    return Plats(Lager(tmp_path / "kopior"), kopians(drift), las, drift.tjanst.data)
