"""A small municipality in operation, on a database of its own that may be harmed."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from demokommun import skriv_paket
from sakerhetskopia.databas import Databas, verktyg
from sakerhetskopia.kopiera import Plats
from sakerhetskopia.lager import Lager
from sakerhetskopia.las import las_ur, skapa_par
from tests.kedja.drift import Drift, i_drift


@pytest.fixture(scope="session")
def schemat(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the tests' database, which are made already: migrations take half a minute."""
    fil = tmp_path_factory.mktemp("schema") / "schema.sql"
    namn = connection.settings_dict["NAME"]
    adress = make_conninfo(host=connection.settings_dict["HOST"], user=connection.settings_dict["USER"], dbname=namn)
    for val in (["-s"], ["-a", "-t", "django_migrations", "-t", "django_content_type"]):
        with fil.open("ab") as ut:
            subprocess.run([verktyg("pg_dump"), *val, "-d", adress], stdout=ut, check=True)
    return fil


@pytest.fixture(scope="session")
def drift(tmp_path_factory: pytest.TempPathFactory, schemat: Path) -> Iterator[Drift]:
    """March is settled, with its files."""

    def satt_upp(drift: Drift) -> None:
        argv = [verktyg("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", drift.miljo["DATABASE_URL"], "-f", str(schemat)]
        subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)

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
    return Plats(Lager(tmp_path / "kopior"), Databas(drift.miljo["DATABASE_URL"]), las, drift.tjanst.data)
