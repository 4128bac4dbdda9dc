"""What a person reads when something cannot be done."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Kopiefel(Exception):  # noqa: N818  fel is Swedish for error
    """Ends the command with exit code 1; the text is Swedish and says what to do."""


@contextmanager
def disken(mapp: Path) -> Iterator[None]:
    """What the disk refuses, as a sentence."""
    try:
        yield
    except OSError as fel:
        raise Kopiefel(diskfel(fel, mapp)) from fel


def diskfel(fel: OSError, mapp: Path) -> str:
    """The sentence of `fel`. EFBIG is what a user's own limit says instead of a full disk."""
    if fel.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return (
            f"Disken är full: {mapp} rymmer inte mer. Det halvfärdiga är borttaget och de kopior som fanns är kvar."
            " Ge plats och kör om."
        )
    return f"{fel.filename or mapp} går inte att läsa eller skriva: {fel.strerror or fel}."
