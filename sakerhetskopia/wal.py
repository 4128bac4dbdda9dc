"""What the database writes between two copies of it: fetched segment by segment, by PostgreSQL's own pg_receivewal.

The database keeps it in a slot until the spool has it, and the spool keeps it until the place has it: a fetch that is
killed anywhere is taken up where it stopped.
"""

import gzip
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from sakerhetskopia.databas import SLOT, Databas, Lage, sista_ord
from sakerhetskopia.fel import Kopiefel
from sakerhetskopia.lager import Lager
from sakerhetskopia.las import Las

_SEGMENT = re.compile(r"[0-9A-F]{24}")
_LANGST = 6 * 3600  # seconds that a fetch may take


def hamta(databas: Databas, lage: Lage, till_lsn: str, spol: Path) -> None:
    """Into the spool, every segment up to the one that `till_lsn` stands in."""
    spol.mkdir(mode=0o700, parents=True, exist_ok=True)
    argv = databas.program(
        "pg_receivewal", "-D", str(spol), "--slot", SLOT, "--no-loop", "--endpos", fore(till_lsn, lage.segment)
    )
    try:
        svar = subprocess.run(argv, capture_output=True, text=True, check=False, env=databas.miljo(), timeout=_LANGST)
    except subprocess.TimeoutExpired as fel:
        raise Kopiefel("Databasen lämnar inte ut det den har skrivit. Läs databasens logg.") from fel
    if svar.returncode:
        if "No space left" in svar.stderr:
            raise Kopiefel(f"Disken är full: {spol} rymmer inte det databasen har skrivit. Ge plats och kör om.")
        raise Kopiefel(f"Det som databasen har skrivit kunde inte hämtas: {sista_ord(svar.stderr)}")


def lagra(lager: Lager, spol: Path, las: Las, nar: str) -> int:
    """Every whole segment of the spool to the place; gives how many."""
    antal = 0
    for fil in sorted(spol.glob("*")) if spol.exists() else []:
        if not (_SEGMENT.fullmatch(fil.name) or fil.suffix == ".history"):
            continue  # .partial: pg_receivewal takes it up again
        if fil.name not in lager.journal.wal:
            with TemporaryFile(dir=spol) as packad:
                _packa(fil, cast(BinaryIO, packad))
                packad.seek(0)
                stampel = lager.spara(cast(BinaryIO, packad), f"wal/{fil.name}.gz", las)
            lager.skriv({"slag": "wal", "namn": fil.name, "tid": nar, **vars(stampel)})
            antal += 1
        fil.unlink()
    return antal


def _packa(fil: Path, ut: BinaryIO) -> None:
    with fil.open("rb") as kalla, gzip.GzipFile(fileobj=ut, mode="wb", compresslevel=6, mtime=0) as packad:
        while bit := kalla.read(1 << 20):
            packad.write(bit)


def packa_upp(kalla: BinaryIO, fil: Path) -> None:
    """A stored segment as PostgreSQL wants it. What was never written in it takes no room on the disk."""
    with gzip.GzipFile(fileobj=kalla) as packad, fil.open("wb") as ut:
        while bit := packad.read(1 << 16):
            if bit.strip(b"\0"):
                ut.write(bit)
            else:
                ut.seek(len(bit), 1)
        ut.truncate(ut.tell())


def lucka(namn: Iterable[str], fran: str, till: str, segment: int) -> str:
    """The first segment that is missing from `fran` through `till`; empty when none is."""
    finns, nasta = set(namn), fran
    while nasta[8:] <= till[8:]:
        if nasta not in finns:
            return nasta
        nasta = efter(nasta, segment)
    return ""


def segmentet(tidslinje: int, lsn: str, segment: int) -> str:
    """The name of the segment where `lsn` stands."""
    nummer = lsn_som_tal(lsn) // segment
    per_logg = (1 << 32) // segment
    return f"{tidslinje:08X}{nummer // per_logg:08X}{nummer % per_logg:08X}"


def efter(namn: str, segment: int) -> str:
    """The next segment of the same timeline."""
    per_logg = (1 << 32) // segment
    nummer = int(namn[8:16], 16) * per_logg + int(namn[16:], 16) + 1
    return f"{namn[:8]}{nummer // per_logg:08X}{nummer % per_logg:08X}"


def fore(lsn: str, segment: int) -> str:
    """The last byte before the segment that `lsn` stands in."""
    tal = lsn_som_tal(lsn) // segment * segment - 1
    return f"{tal >> 32:X}/{tal & 0xFFFFFFFF:X}"


def lsn_som_tal(lsn: str) -> int:
    hogt, _, lagt = lsn.partition("/")
    return (int(hogt, 16) << 32) + int(lagt, 16)
