"""Commands as processes of their own, to be waited for or killed, without the two seconds that starting Django takes.

They are forked from a process that has started it and does nothing else: it has no connection that two could share.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import django

from verktyg.miljo import ROT


class Kommando:
    """A command that has been started, as subprocess.Popen has it."""

    def __init__(self, startare: "Startare", pid: int, utskrift: tuple[Path, Path]) -> None:
        self._startare, self.pid, self._utskrift = startare, pid, utskrift
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._startare.fraga("slut", pid=self.pid)
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:  # until that is asked, nobody else can have its number
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float = 60) -> tuple[str, str]:
        """What it wrote, when it has ended."""
        slut = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > slut:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(0.01)
        ut, fel = (fil.read_text(encoding="utf-8") for fil in self._utskrift)
        return ut, fel


class Startare:
    """The process that they are forked from."""

    def __init__(self, miljo: dict[str, str]) -> None:
        self._mapp = tempfile.TemporaryDirectory(prefix="insatskollen-startare-")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.kedja.startare"],
            cwd=ROT,
            env=miljo,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._antal = 0

    def starta(self, *argument: str, **konstanter: float) -> Kommando:
        """`konstanter` are set in ersattning.vakt first."""
        self._antal += 1
        ut, fel = (Path(self._mapp.name) / f"{self._antal}.{namn}" for namn in ("ut", "fel"))
        pid = self.fraga("starta", argument=argument, konstanter=konstanter, ut=str(ut), fel=str(fel))
        assert pid is not None
        return Kommando(self, pid, (ut, fel))

    def fraga(self, gor: str, **vad: Any) -> int | None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"gor": gor, **vad}) + "\n")
        self._process.stdin.flush()
        svar: int | None = json.loads(self._process.stdout.readline())
        return svar

    def avsluta(self) -> None:
        self._process.communicate(timeout=60)
        self._mapp.cleanup()


def _starta(argument: list[str], konstanter: dict[str, float], ut: str, fel: str) -> int:
    if pid := os.fork():
        return pid
    kod: Any = 1
    try:
        for nummer, namn, hur in ((0, os.devnull, os.O_RDONLY), (1, ut, os.O_WRONLY), (2, fel, os.O_WRONLY)):
            os.dup2(os.open(namn, hur | os.O_CREAT), nummer)
        kod = _kor(argument, konstanter)
    except BaseException:  # noqa: BLE001  as the interpreter itself tells of it
        traceback.print_exc()
    finally:
        for strom in (sys.stdout, sys.stderr):
            strom.flush()
        os._exit(kod if isinstance(kod, int) else 1)


def _kor(argument: list[str], konstanter: dict[str, float]) -> Any:
    from django.core.management import execute_from_command_line  # noqa: PLC0415  after django.setup

    from ersattning import vakt  # noqa: PLC0415

    for namn, varde in konstanter.items():
        setattr(vakt, namn, varde)
    try:
        execute_from_command_line(["manage.py", *argument])
    except SystemExit as slut:
        return slut.code or 0
    return 0


def _slut(pid: int) -> int | None:
    """Its exit code, as subprocess gives it; None while it runs."""
    klar, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if klar else None


def main() -> None:
    django.setup()
    from ersattning.management.commands import kor_manad  # noqa: F401, PLC0415  with all that it imports

    gor = {"starta": _starta, "slut": _slut}
    for rad in sys.stdin:
        fraga = json.loads(rad)
        svar = gor[fraga.pop("gor")](**fraga)
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.write(json.dumps(svar) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
