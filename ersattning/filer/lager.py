"""Files on disk below FILER_DIR, compared with what the database remembers of them."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from ersattning.models import Fil


class Avtryck(NamedTuple):
    """What tells that a file is the same: the hash of its bytes and how many they are."""

    sha256: str
    storlek: int


def plats(sokvag: str) -> Path:
    """Where the file `sokvag` is on disk."""
    return Path(settings.FILER_DIR) / sokvag


def avtryck(fil: Path) -> Avtryck:
    """Read the file through. OSError when it cannot be read."""
    with fil.open("rb") as oppen:
        return Avtryck(hashlib.file_digest(oppen, "sha256").hexdigest(), fil.stat().st_size)


def fel_pa_fil(fil: Fil) -> str:
    """What is wrong with the file on disk, in Swedish; empty when it is as it was made."""
    try:
        pa_disk = avtryck(plats(fil.sokvag))
    except FileNotFoundError:
        return f"{fil.sokvag} saknas på disken. Lägg tillbaka den från säkerhetskopian; den görs inte om."
    except OSError as fel:
        return f"{fil.sokvag} går inte att läsa: {fel.strerror}."
    if pa_disk != (fil.sha256, fil.storlek):
        return f"{fil.sokvag} har ändrats sedan den gjordes (annan SHA-256). Lägg tillbaka den från säkerhetskopian."
    return ""
