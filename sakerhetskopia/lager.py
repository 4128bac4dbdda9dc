"""The place where backups are kept: what lies where, and the journal that tells what is whole.

    kopia.json      whose backups these are
    journal.jsonl   a line for each thing that was stored whole, in order; what has no line is not there
    bas/<när>/      a copy of the whole database: manifest.json is written last
    wal/            what the database has written since, segment by segment
    objekt/ab/…     files, each under the SHA-256 of its bytes: never written over, kept once

A run that is killed leaves half a file beside its place, or half a line last in the journal. Neither is ever read.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sakerhetskopia.fel import Kopiefel, disken
from sakerhetskopia.las import Las

FORMAT = 1
HALV = ".del"  # ends the name of what is not whole yet
Post = dict[str, Any]


@dataclass
class Journal:
    """What the journal's lines come to."""

    poster: list[Post] = field(default_factory=list)
    wal: dict[str, Post] = field(default_factory=dict)
    objekt: dict[str, Post] = field(default_factory=dict)
    filer: dict[str, Post] = field(default_factory=dict)  # as they were when last looked at
    synkar: list[Post] = field(default_factory=list)

    def lagg_till(self, post: Post) -> None:
        self.poster.append(post)
        match post["slag"]:
            case "wal":
                self.wal[post["namn"]] = post
            case "objekt":
                self.objekt[post["innehall"]] = post
            case "fil":
                self.filer[post["sokvag"]] = post
            case "borta":
                self.filer.pop(post["sokvag"], None)
            case "synk":
                self.synkar.append(post)


@dataclass(frozen=True)
class Stampel:
    """What was stored: where under the place, the SHA-256 of its bytes there, and how many they are."""

    fil: str
    sha256: str
    storlek: int


class Lager:
    """One place. `las` is held while anything is written."""

    def __init__(self, mapp: Path) -> None:
        self.mapp = mapp
        self._journal: Journal | None = None

    # ---- the place ----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def ensam(self, system: str) -> Iterator[None]:
        """Write here, alone, for the database `system`. Half things that a killed run left are taken away first."""
        with disken(self.mapp):
            self.mapp.mkdir(mode=0o700, parents=True, exist_ok=True)
            nummer = os.open(self.mapp / "las", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(nummer)
            raise Kopiefel(f"En annan säkerhetskopiering skriver i {self.mapp}. Vänta tills den är klar.") from None
        try:
            with disken(self.mapp):
                self._krav_system(system)
                self._stada()
                self._journal = self._las_journal(laga=True)
            yield
        finally:
            os.close(nummer)

    def _krav_system(self, system: str) -> None:
        fil = self.mapp / "kopia.json"
        if not fil.exists():
            skriv_helt(fil, json.dumps({"format": FORMAT, "system": system}).encode())
        vems = json.loads(fil.read_text())
        if vems["format"] != FORMAT:
            raise Kopiefel(f"{self.mapp} är gjord av en annan version av Insatskollen (format {vems['format']}).")
        if vems["system"] != system:
            raise Kopiefel(
                f"{self.mapp} innehåller kopior av en annan databas (system {vems['system']}, den här är {system})."
                " Ange en egen mapp."
            )

    def _stada(self) -> None:
        for halv in self.mapp.glob(f"**/*{HALV}"):
            shutil.rmtree(halv) if halv.is_dir() else halv.unlink()

    def finns(self) -> bool:
        return (self.mapp / "kopia.json").exists()

    # ---- the journal --------------------------------------------------------------------------------------------

    @property
    def journal(self) -> Journal:
        if self._journal is None:
            self._journal = self._las_journal(laga=False)
        return self._journal

    def _las_journal(self, *, laga: bool) -> Journal:
        fil = self.mapp / "journal.jsonl"
        svar, helt = Journal(), 0
        if not fil.exists():
            return svar
        with fil.open("rb") as rader:
            for rad in rader:
                if not rad.endswith(b"\n"):  # whoever wrote it was killed
                    break
                svar.lagg_till(json.loads(rad))
                helt += len(rad)
        if laga and helt < fil.stat().st_size:
            os.truncate(fil, helt)
        return svar

    def skriv(self, *poster: Post) -> None:
        """Add lines, all of them on the disk when this is done."""
        with (self.mapp / "journal.jsonl").open("ab") as ut:
            fore = ut.tell()
            try:
                ut.write(b"".join(json.dumps(post, ensure_ascii=False).encode() + b"\n" for post in poster))
                ut.flush()
                os.fsync(ut.fileno())
            except OSError:  # a full disk: half a line would be joined to the next one
                with contextlib.suppress(OSError):
                    os.ftruncate(ut.fileno(), fore)
                raise
        for post in poster:
            self.journal.lagg_till(post)

    def byt_journal(self, poster: list[Post]) -> None:
        """Another journal instead of the one that is."""
        text = b"".join(json.dumps(post, ensure_ascii=False).encode() + b"\n" for post in poster)
        skriv_helt(self.mapp / "journal.jsonl", text)
        self._journal = self._las_journal(laga=False)

    # ---- what is stored -----------------------------------------------------------------------------------------

    def spara(self, kalla: BinaryIO, vart: str, las: Las) -> Stampel:
        """All of `kalla`, locked, at `vart`; whole or not at all."""
        fil = self.mapp / f"{vart}{las.andelse}"
        fil.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        halv = fil.with_name(f"{fil.name}{HALV}")
        try:
            with halv.open("wb") as ut:
                summa = _Summa(ut)
                las.skriv(kalla, summa)
                ut.flush()
                os.fsync(ut.fileno())
            halv.replace(fil)
            spola(fil.parent)
        except BaseException:
            halv.unlink(missing_ok=True)
            raise
        return Stampel(str(fil.relative_to(self.mapp)), summa.sha256.hexdigest(), summa.storlek)

    def baser(self) -> list[Post]:
        """The manifests of whole copies of the database, oldest first."""
        funna = [json.loads(fil.read_text()) for fil in sorted(self.mapp.glob("bas/*/manifest.json"))]
        return sorted(funna, key=lambda bas: str(bas["slut"]))

    def storlek(self) -> int:
        return sum(fil.stat().st_size for fil in self.mapp.glob("**/*") if fil.is_file())


class _Summa:
    """Counts and hashes what is written through it."""

    def __init__(self, ut: BinaryIO) -> None:
        self._ut, self.sha256, self.storlek = ut, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._ut.write(data)
        self.sha256.update(data)
        self.storlek += len(data)
        return len(data)

    def flush(self) -> None:
        self._ut.flush()


def skriv_helt(fil: Path, innehall: bytes) -> None:
    """`fil` with this content, or as it was."""
    halv = fil.with_name(f"{fil.name}{HALV}")
    try:
        with halv.open("wb") as ut:
            ut.write(innehall)
            ut.flush()
            os.fsync(ut.fileno())
        halv.replace(fil)
        spola(fil.parent)
    except BaseException:
        halv.unlink(missing_ok=True)
        raise


def spola(mapp: Path) -> None:
    """Flush a folder, so that its names survive a power cut."""
    nummer = os.open(mapp, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def avtryck(fil: Path) -> str:
    with fil.open("rb") as oppen:
        return hashlib.file_digest(oppen, "sha256").hexdigest()
