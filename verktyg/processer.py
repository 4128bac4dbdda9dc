"""Processes that must not outlive the run: started so that they die with us, recognised again by pid and birth."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Process:
    """A started process as it is written in the record of the run. Pids are reused, so its birth is kept too."""

    namn: str
    pid: int
    fodd: str
    stoppsignal: int  # lets work in hand finish
    dodssignal: int  # when the launcher is gone: quickly, work in hand is taken up again later
    egen_grupp: bool = True

    def lever(self) -> bool:
        return bool(self.fodd) and fodelse(self.pid) == self.fodd


def fodelse(pid: int) -> str:
    """When a process was born, as a text to compare with; empty if there is none, or only its zombie."""
    if sys.platform != "linux":
        fraga = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
        svar = subprocess.run(fraga, capture_output=True, text=True, check=False)
        status, _, fodd = svar.stdout.strip().partition(" ")
        return "" if status.startswith("Z") else fodd.strip()
    try:
        falt = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if falt[0] in "ZX" else falt[19]


def do_med_startaren(signalnummer: int) -> Callable[[], None] | None:
    """For Popen's preexec_fn: the kernel signals the child when the launcher dies, also by SIGKILL. Linux only."""
    libc, startare = _LIBC, os.getpid()
    if libc is None:
        return None

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signalnummer)
        if os.getppid() != startare:  # it died before the line above
            os._exit(1)

    return bind


def starta_tjanst(
    namn: str, argv: list[str], *, logg: Path, stoppsignal: int, dodssignal: int | None = None, **popen: Any
) -> tuple[Process, "subprocess.Popen[bytes]"]:
    """Starts a background process in a session of its own, so that Ctrl-C at the terminal does not reach it."""
    dodssignal = dodssignal or stoppsignal
    with logg.open("ab") as ut:
        barn = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=ut,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=do_med_startaren(dodssignal),
            **popen,
        )
    return Process(namn, barn.pid, fodelse(barn.pid), stoppsignal, dodssignal), barn


def stoppa(process: Process, signalnummer: int, *, talamod: float) -> None:
    """Asks, waits, and at last kills the whole group. Nothing happens if the process is gone already."""
    if process.lever():
        skicka(process.pid, signalnummer)
        vanta_tills(lambda: not process.lever(), talamod)
    if process.egen_grupp:  # the worker's children: also when the worker itself is gone
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.lever():
        skicka(process.pid, signal.SIGKILL)
    vanta_tills(lambda: not process.lever(), 5)


def skicka(pid: int, signalnummer: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signalnummer)


def vanta_tills(villkor: Callable[[], bool], sekunder: float, steg: float = 0.01) -> bool:
    slut = time.monotonic() + sekunder
    while not villkor():
        if time.monotonic() > slut:
            return False
        time.sleep(steg)
    return True


def svans(logg: Path, rader: int = 15) -> str:
    try:
        return "\n".join(logg.read_text(errors="replace").splitlines()[-rader:])
    except OSError:
        return ""
