"""To put a copy back. The database is not running while its folder is laid; it recovers by itself when it is started.

Everything is unpacked and checked beside its place before anything there is touched, and what was there is moved away,
never deleted.
"""

import contextlib
import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from sakerhetskopia import filarkiv, wal
from sakerhetskopia.databas import Databas
from sakerhetskopia.fel import Kopiefel, disken
from sakerhetskopia.kontroll import fel_pa, packa_upp
from sakerhetskopia.lager import Lager, avtryck
from sakerhetskopia.las import Nyckel
from sakerhetskopia.plan import Plan

WAL = "aterstall_wal"  # in the database's folder, taken away by PostgreSQL itself when it is done with it
_INSTALLNINGAR = (
    "restore_command",
    "recovery_end_command",
    "recovery_target_timeline",
    "recovery_target_action",
    "recovery_target_time",
    "hot_standby",
)


@dataclass(frozen=True)
class Mal:
    """Where to. `agare`: whose the database's folder must be, when it is laid by root."""

    pgdata: Path
    data: Path
    agare: tuple[int, int] | None = None


def lagg(lager: Lager, plan: Plan, nyckel: Nyckel, mal: Mal, *, skriv_over: bool) -> list[Path]:
    """Lay the database's folder and the files. Gives the folders that hold what was there before."""
    _krav(mal, skriv_over=skriv_over)
    undan = f"fore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    ny = _bredvid(mal.pgdata)
    with disken(mal.pgdata.parent):
        try:
            _packa(lager, plan, nyckel, ny)
            _ge(ny, mal.agare)
            flyttat = _byt(ny, mal.pgdata, undan)
        finally:
            shutil.rmtree(ny, ignore_errors=True)
    with disken(mal.data):
        if filarkiv.stall(lager, nyckel, plan.filer, mal.data, mal.data / undan):
            flyttat.append(mal.data / undan)
        ge_filerna(mal.data)
    return flyttat


def _krav(mal: Mal, *, skriv_over: bool) -> None:
    if (mal.pgdata / "postmaster.pid").exists():
        raise Kopiefel(
            f"Databasen i {mal.pgdata} är igång. Stoppa den först. (Är den inte det, efter ett strömavbrott: ta bort"
            " filen postmaster.pid där.)"
        )
    upptagna = [mal.pgdata] if _har_innehall(mal.pgdata) else []
    upptagna += [mal.data] if mal.data.exists() and next(filarkiv.sokvagar(mal.data), None) else []
    if upptagna and not skriv_over:
        raise Kopiefel(
            f"Det finns redan något i {' och '.join(str(en) for en in upptagna)}. Inget är ändrat. Ska det ersättas,"
            " säg det: --skriv-over. Det som ligger där flyttas då undan och raderas inte."
        )


def _har_innehall(mapp: Path) -> bool:
    return mapp.exists() and any(fil.name != "lost+found" for fil in mapp.iterdir())


def _bredvid(pgdata: Path) -> Path:
    """A folder on the same disk: a volume that is mounted just there has no other place than inside it."""
    if pgdata.is_mount():
        return pgdata / "aterstalls.del"
    return pgdata.with_name(f"{pgdata.name}.aterstalls")


def _packa(lager: Lager, plan: Plan, nyckel: Nyckel, ny: Path) -> None:
    if fel := fel_pa(lager, plan.bas):
        raise Kopiefel(fel)
    shutil.rmtree(ny, ignore_errors=True)
    ny.mkdir(mode=0o700, parents=True)
    packa_upp(lager, plan.bas, nyckel, ny)
    (ny / "backup_manifest").unlink()
    (ny / WAL).mkdir(mode=0o700)
    for post in plan.segment:
        if fel := fel_pa(lager, post):
            raise Kopiefel(f"{fel} Längre än dit går det inte: välj en tidigare tid.")
        with nyckel.oppna(lager.mapp / post["fil"]) as kalla:
            wal.packa_upp(kalla, ny / WAL / post["namn"])
    _skriv_mal(plan, ny)


def _skriv_mal(plan: Plan, ny: Path) -> None:
    """Tell PostgreSQL how far to go. What an earlier restore told it is taken out."""
    val = {
        "restore_command": f'cp "{WAL}/%f" "%p"',
        "recovery_end_command": f"rm -rf {WAL}",
        "recovery_target_timeline": str(plan.bas["tidslinje"]),
        "recovery_target_action": "promote",
        "hot_standby": "off",  # or it refuses where it has other settings than the one that was copied
    }
    if plan.till:
        val["recovery_target_time"] = plan.till.isoformat(sep=" ")
    auto = ny / "postgresql.auto.conf"
    rader = [rad for rad in auto.read_text().splitlines() if not rad.startswith(_INSTALLNINGAR)]
    rader += [f"{namn} = '{varde}'" for namn, varde in val.items()]
    auto.write_text("\n".join(rader) + "\n")
    (ny / "recovery.signal").touch()


def _ge(mapp: Path, agare: tuple[int, int] | None) -> None:
    mapp.chmod(0o700)
    if agare is None:
        return
    for rot, mappar, filer in os.walk(mapp):
        for ett in ["", *mappar, *filer]:
            os.chown(Path(rot) / ett, *agare, follow_symlinks=False)


def _byt(ny: Path, pgdata: Path, undan: str) -> list[Path]:
    """Put the new folder in its place; where the old one is now."""
    if not pgdata.is_mount():
        gammal = pgdata.with_name(f"{pgdata.name}.{undan}")
        hade = _har_innehall(pgdata)
        if pgdata.exists():
            pgdata.replace(gammal)
        ny.replace(pgdata)
        if not hade:
            shutil.rmtree(gammal, ignore_errors=True)
        return [gammal] if hade else []
    gammalt = [fil for fil in pgdata.iterdir() if fil not in {ny, pgdata / "lost+found"}]
    for fil in gammalt:
        (pgdata / undan).mkdir(exist_ok=True)
        fil.replace(pgdata / undan / fil.name)
    for fil in ny.iterdir():
        fil.replace(pgdata / fil.name)
    vems = ny.stat()  # the database refuses a folder that is not its own: a new volume is root's
    os.chown(pgdata, vems.st_uid, vems.st_gid)
    pgdata.chmod(0o700)
    return [pgdata / undan] if gammalt else []


# ---- when the database has been started -----------------------------------------------------------------------------


def vanta(databas: Databas, sekunder: float) -> None:
    """Until the database has come to the target and takes new rows."""
    slut = time.monotonic() + sekunder
    while time.monotonic() < slut:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(databas.adress, connect_timeout=5) as linje:
            rad = linje.execute("SELECT pg_is_in_recovery()").fetchone()
            if rad and not rad[0]:
                return
        time.sleep(0.2)
    raise Kopiefel("Databasen kom inte igång på det den fick tillbaka. Läs databasens logg.")


def glom_malet(databas: Databas) -> None:
    """The target has been reached: what told of it must not decide a later recovery, or a replica."""
    with databas.linje() as linje:
        for namn in _INSTALLNINGAR:
            linje.execute(f"ALTER SYSTEM RESET {namn}")


def ge_filerna(data: Path) -> None:
    """What root has laid in the data folder is whose the folder is: the system reads and writes there."""
    if os.geteuid() != 0:
        return
    vems = data.stat()
    for rot, _, filer in os.walk(data):
        if Path(rot) != data and Path(rot).relative_to(data).parts[0] in filarkiv.UTOM:
            continue
        for ett in ["", *filer]:
            if (Path(rot) / ett).lstat().st_uid == 0:
                os.chown(Path(rot) / ett, vems.st_uid, vems.st_gid, follow_symlinks=False)


def laga_filer(lager: Lager, nyckel: Nyckel, databas: Databas, data: Path) -> tuple[list[str], list[str]]:
    """Fetch what the database names and the folder lacks; gives what was fetched and what could not be."""
    hamtade, saknas = [], []
    for sokvag, sha256, _ in databas.filer():
        fil = data / sokvag
        if fil.exists() and avtryck(fil) == sha256:
            continue
        if sha256 in lager.journal.objekt:
            filarkiv.lagg_tillbaka(lager, nyckel, sha256, fil)
            hamtade.append(sokvag)
        else:
            saknas.append(sokvag)
    ge_filerna(data)
    return hamtade, saknas
