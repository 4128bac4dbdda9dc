"""The schema of the tests' database as a file, for databases of their own: to migrate one takes longer than its tests.

With it come the roles, which belong to the whole cluster. Our migrations put no rows in any table; the only rows are
those that say what has been migrated, and the names of the models.
"""

import subprocess
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from sakerhetskopia.databas import verktyg

_RADER = ("django_migrations", "django_content_type")
_BRADSKA = "--lock-wait-timeout=60s"  # told, if a transaction of the test itself should hold a table


def skriv(fil: Path) -> None:
    """Write it, as statements for psql."""
    val = connection.settings_dict
    adress = make_conninfo(host=val["HOST"], user=val["USER"], dbname=val["NAME"])
    roller = _dump("pg_dumpall", "--roles-only", "-d", adress).splitlines()
    delar = [
        "\n".join(rad for rad in roller if rad != f"CREATE ROLE {val['USER']};"),  # a cluster has its first from birth
        _dump("pg_dump", "--schema-only", _BRADSKA, "-d", adress),
        _dump("pg_dump", "--data-only", *(f"--table={tabell}" for tabell in _RADER), "-d", adress),
    ]
    fil.write_text("\n".join(delar), encoding="utf-8")


def las_in(fil: Path, adress: str) -> None:
    """Into the empty database at `adress`, whose user may do anything there."""
    argv = [verktyg("psql"), "--quiet", "-v", "ON_ERROR_STOP=1", "-d", adress, "-f", str(fil)]
    subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)


def _dump(program: str, *argument: str) -> str:
    return subprocess.run([verktyg(program), *argument], check=True, capture_output=True, text=True).stdout
