"""Files that are whole or not there: written beside their place, flushed to disk, then moved in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


@contextmanager
def skriv_atomart(fil: Path) -> Iterator[BinaryIO]:
    """Open `fil` for writing; it gets its new content when the block ends well, and keeps its old one otherwise."""
    tillfallig = fil.with_name(f".{fil.name}.{uuid4().hex}.del")
    try:
        with tillfallig.open("xb") as ut:
            yield ut
            ut.flush()
            os.fsync(ut.fileno())
        tillfallig.replace(fil)
    except BaseException:
        tillfallig.unlink(missing_ok=True)
        raise
    _spara_mappen(fil.parent)


def _spara_mappen(mapp: Path) -> None:
    """Flush the folder too, so that the name survives a power cut."""
    nummer = os.open(mapp, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
