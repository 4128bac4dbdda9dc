"""A small municipality in operation, on a database of its own that may be harmed."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from demokommun import skriv_paket
from sakerhetskopia.databas import Databas, verktyg
from sakerhetskopia.kopiera import Plats
from sakerhetskopia.lager import Lager
from sakerhetskopia.las import las_ur, skapa_par
from tests.kedja.drift import Drift, i_drift
from verktyg import postgres
from verktyg.miljo import ROT


@pytest.fixture(scope="session")
def schemat(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The tables of the tests' database, which are made already: migrations take half a minute. Its policies name
    roles, which a new cluster does not have yet; their rights are given by `migrera`, as in operation."""
    fil = tmp_path_factory.mktemp("schema") / "schema.sql"
    with django_db_blocker.unblock():
        roller = _rollerna()
    fil.write_text("".join(f"CREATE ROLE {namn};\n" for namn in roller))
    namn = connection.settings_dict["NAME"]
    adress = make_conninfo(host=connection.settings_dict["HOST"], user=connection.settings_dict["USER"], dbname=namn)
    for val in (
        ["-s", "--no-owner", "--no-privileges"],
        ["-a", "-t", "django_migrations", "-t", "django_content_type"],
    ):
        with fil.open("ab") as ut:
            subprocess.run([verktyg("pg_dump"), *val, "-d", adress], stdout=ut, check=True)
    return fil


def _rollerna() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT rolname FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)")
        return [namn for (namn,) in cursor.fetchall()]


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


@pytest.fixture(scope="session")
def drift(tmp_path_factory: pytest.TempPathFactory, schemat: Path) -> Iterator[Drift]:
    """March is settled, with its files."""

    def satt_upp(drift: Drift) -> None:
        argv = [verktyg("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", drift.agarens, "-f", str(schemat)]
        subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
        drift.migrera()
        _gor_kopians_roll(drift, data)
        # `efter` resets what told PostgreSQL how far to go; what is noted is the application's to write.
        drift.miljo["KOPIA_DATABASE_URL"] = drift.agarens

    data = tmp_path_factory.mktemp("drift")
    data.chmod(0o711)
    skriv_paket(data / "paket", till_manad="2026-04", manader=2, skala=0.02)
    with i_drift(data, schema=satt_upp) as drift:
        drift.klerk("las_in", str(data / "paket"))
        (data / "paket").rename(data / ".paket")
        drift.klerk("kor_direkt", "2026-03")
        drift.klerk("faststall_direkt", "2026-03")
        drift.klerk("gor_arbetsbok", "2026-03")
        yield drift


@pytest.fixture(scope="session")
def nyckeln(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("nyckel") / "nyckel.txt"
    skapa_par(fil)
    return fil


@pytest.fixture
def plats(drift: Drift, nyckeln: Path, tmp_path: Path) -> Plats:
    las = las_ur(nyckeln.with_name("nyckel.txt.pub"), okrypterad=False)
    return Plats(Lager(tmp_path / "kopior"), kopians(drift), las, drift.tjanst.data)
