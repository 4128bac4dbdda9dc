"""When there is no more room: what that looks like, on a disk of ours and from PostgreSQL, and what is said of it."""

import errno

from django.db import Error
from psycopg.errors import DiskFull

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the last is what a user's own limit says


def ar_full(fel: BaseException | None) -> bool:
    """Whether `fel`, or what it came of, is that the disk is full."""
    while fel is not None:
        if isinstance(fel, DiskFull) or (isinstance(fel, OSError) and fel.errno in _FULL):
            return True
        fel = fel.__cause__ or fel.__context__
    return False


def orsak(fel: Exception) -> str:
    """Why something could not be done, for an event: its kind only, which tells of no person."""
    if ar_full(fel):
        vems = "databasens disk" if isinstance(fel, Error) else "disken"
        return f"{vems} är full. Ge plats och försök igen"
    return f"{type(fel).__name__}, se arbetarnas logg"
