"""Files that are whole or not there: written beside their place, flushed to disk, then moved in."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


@contextmanager
def skriv_atomart(fil: Path) -> Iterator[BinaryIO]:
    """Open `fil` for writing; it gets its new content when the block ends well, and keeps its old one otherwise."""
    tillfallig = _bredvid(fil)
    try:
        with tillfallig.open("xb") as ut:
            yield ut
            _till_disk(ut)
        flytta(tillfallig, fil)
    finally:
        tillfallig.unlink(missing_ok=True)


@contextmanager
def utkast(fil: Path, skriv: Callable[[BinaryIO], object]) -> Iterator[Path]:
    """Let `skriv` write a draft beside `fil`. The block may `flytta` it to its place; otherwise it is thrown away."""
    tillfallig = _bredvid(fil)
    try:
        with tillfallig.open("xb") as ut:
            skriv(ut)
            _till_disk(ut)
        yield tillfallig
    finally:
        tillfallig.unlink(missing_ok=True)


def flytta(tillfallig: Path, fil: Path) -> None:
    """Move a written file to its place, and flush the folder so that its name survives a power cut."""
    tillfallig.replace(fil)
    nummer = os.open(fil.parent, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def _bredvid(fil: Path) -> Path:
    return fil.with_name(f".{fil.name}.{uuid4().hex}.del")


def _till_disk(ut: BinaryIO) -> None:
    ut.flush()
    os.fsync(ut.fileno())
