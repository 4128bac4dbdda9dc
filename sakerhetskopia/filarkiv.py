"""The files that the system has made and been given: each kept once, under the SHA-256 of its bytes.

They are looked through after what the database has written is fetched. A file is in its place before the row that
tells of it is committed, so every file that a fetched row names has been seen here.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sakerhetskopia.fel import Kopiefel
from sakerhetskopia.lager import Lager, Post, avtryck, spola
from sakerhetskopia.las import Las, Nyckel

# What else lies in a data folder: services' own data, and what is made anew.
UTOM = {
    *("postgres", "valkey", "logg", "cache", "pyc", "pytest", "klocka"),
    *("kopia-spol", "korning.json", "korning.las", "aterstallning.json"),
}
# The anchors of the log's chain (grund.kedja.ankare, ADR 0041) are copied with the whole database, not each minute:
# they grow. They are put back where there are none, and never over newer ones, which tell of what came after the copy.
ANKARE = "loggankare.txt"
_UTOM_BORJAR = ("postgres.", "fore-", ".")
_OMGANG = 200  # lines of the journal that are flushed together


class Sett(NamedTuple):
    """How many files there are, and how many of them were new."""

    filer: int
    nya: int


def sokvagar(data: Path) -> Iterator[str]:
    """Every file of the data folder that is worth keeping, by its path there."""
    for mapp, under, filer in os.walk(data):
        i_roten = Path(mapp) == data
        under[:] = sorted(ett for ett in under if not ett.startswith(".") and not (i_roten and _hor_till_tjanst(ett)))
        for fil in sorted(filer):
            if not fil.startswith(".") and not (i_roten and _hor_till_tjanst(fil)):  # ….del: being written
                yield str((Path(mapp) / fil).relative_to(data))


def _hor_till_tjanst(namn: str) -> bool:
    return namn in UTOM or namn.startswith(_UTOM_BORJAR)


def samla(lager: Lager, data: Path, las: Las, *, ankare: bool = True) -> Sett:
    """Store what is new or has changed since last, and note what is gone. `ankare`: also the anchors of the chain."""
    nya: list[Post] = []
    antal, finns = 0, set()
    for sokvag in sokvagar(data):
        finns.add(sokvag)
        if sokvag == ANKARE and not ankare:
            continue
        if post := _ny_post(lager, data, sokvag, las, nya):
            nya.append(post)
            antal += 1
        if len(nya) >= _OMGANG:
            lager.skriv(*nya)
            nya.clear()
    borta = [{"slag": "borta", "sokvag": sokvag} for sokvag in lager.journal.filer.keys() - finns]
    if nya or borta:
        lager.skriv(*nya, *borta)
    return Sett(len(finns), antal)


def _ny_post(lager: Lager, data: Path, sokvag: str, las: Las, nya: list[Post]) -> Post | None:
    kand = lager.journal.filer.get(sokvag)
    try:
        with (data / sokvag).open("rb") as oppen:
            stat = os.fstat(oppen.fileno())
            om = {"storlek": stat.st_size, "andrad": stat.st_mtime_ns}
            if kand and om.items() <= kand.items():
                return None
            innehall = hashlib.file_digest(oppen, "sha256").hexdigest()
            if innehall not in lager.journal.objekt and innehall not in {en.get("innehall") for en in nya}:
                oppen.seek(0)
                stampel = lager.spara(oppen, f"objekt/{innehall[:2]}/{innehall}", las)
                nya.append({"slag": "objekt", "innehall": innehall, **vars(stampel)})
    except FileNotFoundError:  # a preliminary file that was taken away meanwhile
        return None
    return {"slag": "fil", "sokvag": sokvag, "innehall": innehall, **om}


def lagg_tillbaka(lager: Lager, nyckel: Nyckel, innehall: str, mal: Path) -> None:
    """The bytes with the SHA-256 `innehall`, at `mal`."""
    post = lager.journal.objekt.get(innehall)
    if post is None:
        raise Kopiefel(f"{mal.name} (SHA-256 {innehall}) finns inte i {lager.mapp}.")
    mal.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    halv, summa = mal.with_name(f".{mal.name}.del"), hashlib.sha256()
    with nyckel.oppna(lager.mapp / post["fil"]) as kalla, halv.open("wb") as ut:
        while bit := kalla.read(1 << 20):
            summa.update(bit)
            ut.write(bit)
        os.fsync(ut.fileno())
    if summa.hexdigest() != innehall:
        halv.unlink()
        raise Kopiefel(f"{post['fil']} är skadad: den ger inte tillbaka den fil som lades dit.")
    halv.replace(mal)
    spola(mal.parent)


def stall(lager: Lager, nyckel: Nyckel, filer: dict[str, str], data: Path, undan: Path) -> list[str]:
    """Make the data folder hold `filer` (path → SHA-256) and nothing else that is ours; gives what was moved away.

    Nothing is deleted: what is another, or one too many, is moved to `undan`. The anchors that are there stay.
    """
    flyttade = []
    for sokvag in list(sokvagar(data)):
        if sokvag != ANKARE and filer.get(sokvag) != avtryck(data / sokvag):
            (undan / sokvag).parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            shutil.move(data / sokvag, undan / sokvag)
            flyttade.append(sokvag)
    for sokvag, innehall in filer.items():
        if not (data / sokvag).exists():
            lagg_tillbaka(lager, nyckel, innehall, data / sokvag)
    return flyttade
