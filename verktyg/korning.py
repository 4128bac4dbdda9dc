"""A run's hold on its data folder: the lock, the record of what was started, and the guard that cleans up.

Three things see to it that nothing is left behind when the launcher is killed outright: the kernel signals the
services (`do_med_startaren`), the guard – a forked copy of us – stops what remains and removes temporary folders, and
if the guard too is killed, the next run on the same folder does the same from the record.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from verktyg.miljo import ANNAN_MAPP, VerktygsFel
from verktyg.processer import Process, fodelse, starta_tjanst, stoppa, svans, vanta_tills

_UPPTAGEN = (
    "Datamappen {mapp} används redan av en annan körning av ./dev (process {pid}).\n"
    "Vänta tills den är klar, stoppa den, eller ange en annan mapp med INSATSKOLLEN_DATA=<mapp>."
)
_BLOCKERAS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Korning:
    def __init__(self, data: Path, *, tillfallig: bool = False) -> None:
        self.data = data
        self.tillfallig = tillfallig
        self.processer: list[Process] = []
        self.barn: dict[int, subprocess.Popen[bytes]] = {}
        self._journal = data / "korning.json"

    def __enter__(self) -> Self:
        self._las = _las(self.data)
        stada(_las_journal(self._journal), self._journal)  # what a killed run left
        self.mapp = _kort_mapp()
        self._skriv_journal()
        self._vakt = _Vakt(self._journal)
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, tb: TracebackType | None) -> None:
        for nummer in _BLOCKERAS:  # a second Ctrl-C must not interrupt the cleaning; it is bounded in time
            signal.signal(nummer, signal.SIG_IGN)
        stada(_las_journal(self._journal), self._journal, lugnt=typ is None)
        for barn in self.barn.values():
            barn.wait()
        self._vakt.avsluta()
        os.close(self._las)

    def logg(self, namn: str) -> Path:
        """The log of a service. Starts over at 10 MB: it is for finding an error, not for the archive."""
        mapp = self.data / "logg"
        mapp.mkdir(exist_ok=True)
        fil = mapp / f"{namn}.log"
        if fil.exists() and fil.stat().st_size > 10_000_000:
            fil.unlink()
        return fil

    def starta(self, namn: str, argv: list[str], **popen: Any) -> Process:
        process, barn = starta_tjanst(namn, argv, logg=self.logg(namn), **popen)
        self.folj(process, barn)
        return process

    def folj(self, process: Process, barn: "subprocess.Popen[bytes]") -> None:
        self.processer.append(process)
        self.barn[process.pid] = barn
        self._skriv_journal()

    def slapp(self, process: Process) -> None:
        self.processer.remove(process)
        del self.barn[process.pid]
        self._skriv_journal()

    def kontrollera(self) -> None:
        """Raises if a service has died: without it the command would wait for ever."""
        for process in self.processer:
            if process.egen_grupp and self.barn[process.pid].poll() is not None:
                slut = svans(self.logg(process.namn))
                raise VerktygsFel(f"{process.namn} stannade oväntat. Sist i loggen {self.logg(process.namn)}:\n{slut}")

    def _skriv_journal(self) -> None:
        journal = {
            "startare": {"pid": os.getpid(), "fodd": fodelse(os.getpid())},
            "mapp": str(self.mapp),
            "tillfallig": self.tillfallig,
            "processer": [asdict(process) for process in self.processer],
        }
        ny = self._journal.with_suffix(".ny")
        ny.write_text(json.dumps(journal, indent=1))
        ny.replace(self._journal)


class _Vakt:
    """The guard: waits in a session of its own for the pipe from the launcher to close without a word."""

    def __init__(self, journal: Path) -> None:
        las, self._skriv = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, _BLOCKERAS)
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._skriv)
            _vakta(las, journal)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _BLOCKERAS)
        os.close(las)

    def avsluta(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            os.write(self._skriv, b"klar")
        os.close(self._skriv)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def _vakta(las: int, journal: Path) -> None:
    """Never returns. Keeps the lock (inherited) until all is clean, but nothing of the caller's terminal or pipes."""
    try:
        os.setsid()
        tyst = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(tyst, standard)
        os.chdir("/")
        if not os.read(las, 1):
            stada(_las_journal(journal), journal)
    finally:
        os._exit(0)


def _las(data: Path) -> int:
    """The lock, or an error. If its holder is dead its guard is still cleaning: then we wait for that."""
    try:
        las = os.open(data / "korning.las", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as fel:
        raise VerktygsFel(f"Datamappen {data} tillhör en annan användare. {ANNAN_MAPP}") from fel

    def tagen() -> bool:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(las, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    if not tagen():
        pid, lever = _startare(data)
        if not vanta_tills(tagen, 1 if lever else 60, steg=0.05):
            raise VerktygsFel(_UPPTAGEN.format(mapp=data, pid=pid))
    return las


def _startare(data: Path) -> tuple[int | str, bool]:
    startare = _las_journal(data / "korning.json").get("startare")
    if not startare:
        return "okänd", True
    return startare["pid"], fodelse(startare["pid"]) == startare["fodd"]


def _las_journal(journal: Path) -> dict[str, Any]:
    try:
        innehall: dict[str, Any] = json.loads(journal.read_text())
    except (OSError, ValueError):
        return {}
    return innehall


def stada(journal: dict[str, Any], fil: Path, *, lugnt: bool = False) -> None:
    """Stops what the record names, last started first, and removes the folders of the run. Harmless to do twice."""
    for falt in reversed(journal.get("processer", [])):
        process = Process(**falt)
        stoppa(process, process.stoppsignal if lugnt else process.dodssignal, talamod=60 if lugnt else 10)
    if mapp := journal.get("mapp"):
        shutil.rmtree(mapp, ignore_errors=True)
    if journal.get("tillfallig"):
        shutil.rmtree(fil.parent, ignore_errors=True)
    fil.unlink(missing_ok=True)


def _kort_mapp() -> Path:
    """A folder for sockets. A socket's path holds at most 107 bytes, and `postgres` splits its own at commas."""
    for rot in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108  mkdtemp makes the name unpredictable
        if not re.fullmatch(r"[\w./-]{1,60}", rot, re.ASCII) or not _duger(rot):
            continue
        mapp = Path(tempfile.mkdtemp(prefix="insatskollen-", dir=rot))
        mapp.chmod(0o711)  # as root the database runs as another user, who must get through
        return mapp
    raise VerktygsFel("Ingen tillfällig mapp duger. Sätt TMPDIR till en kort sökväg där program får köras, som /tmp.")


def _duger(rot: str) -> bool:
    try:
        flaggor = os.statvfs(rot).f_flag
    except OSError:
        return False
    return os.access(rot, os.W_OK | os.X_OK) and not flaggor & getattr(os, "ST_NOEXEC", 0)
