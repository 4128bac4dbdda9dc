"""Files of a package: for their owner only, on disk before anything is said of them, with their SHA-256 counted."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Self
from uuid import uuid4


class Paketfil:
    """A new file that counts its bytes and their SHA-256."""

    def __init__(self, fil: Path) -> None:
        for mapp in (fil.parent.parent, fil.parent):  # not by parents=True, which leaves them open to others
            mapp.mkdir(mode=0o700, exist_ok=True)
        self._ut = os.fdopen(os.open(fil, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._summa, self.storlek = sha256(), 0

    def write(self, data: bytes, /) -> int:
        """Write, and count."""
        self._summa.update(data)
        self.storlek += len(data)
        return self._ut.write(data)

    def hex(self) -> str:
        """The SHA-256 of what is written so far."""
        return self._summa.hexdigest()

    def close(self) -> None:
        """Flush it to disk."""
        if not self._ut.closed:
            self._ut.flush()
            os.fsync(self._ut.fileno())
            self._ut.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, spar: TracebackType | None) -> None:
        self.close()


@contextmanager
def hel_mapp(mapp: Path) -> Iterator[Path]:
    """A folder beside `mapp` that becomes it when the block ends well, and is removed otherwise. `mapp` must be empty
    or not there; OSError says what stands in the way."""
    tillfallig = mapp.with_name(f".{mapp.name}.{uuid4().hex}.del")
    tillfallig.mkdir(mode=0o700)
    try:
        yield tillfallig
        for under in (tillfallig, *(ett for ett in tillfallig.rglob("*") if ett.is_dir())):
            _till_disk(under)
        tillfallig.replace(mapp)
        _till_disk(mapp.parent)
    finally:
        rmtree(tillfallig, ignore_errors=True)


def hinder_for_mapp(mapp: Path) -> list[str]:
    """Why a package cannot be written there. Empty = it can."""
    if mapp.is_symlink() or (mapp.exists() and not mapp.is_dir()):
        return [f"{mapp} är ingen mapp. Ange en mapp som är tom eller inte finns."]
    if mapp.is_dir() and any(mapp.iterdir()):
        return [f"{mapp} är inte tom. Ange en mapp som är tom eller inte finns."]
    if not mapp.parent.is_dir():
        return [f"Mappen {mapp.parent} finns inte."]
    return []


def _till_disk(mapp: Path) -> None:
    nummer = os.open(mapp, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
