"""Whether what is stored is what was stored, and whether it can be opened."""

import tarfile
import tempfile
from pathlib import Path

from sakerhetskopia import wal
from sakerhetskopia.databas import kor, verktyg
from sakerhetskopia.fel import Kopiefel
from sakerhetskopia.lager import Lager, Post, avtryck
from sakerhetskopia.las import Nyckel


def kontrollera(lager: Lager, nyckel: Nyckel) -> list[str]:
    """What is wrong, sentence by sentence; empty when all is as it was stored.

    With the key the last copy of the database is also unpacked and read through by PostgreSQL's pg_verifybackup.
    """
    baser = lager.baser()
    if not baser:
        return [f"Det finns ingen hel kopia av databasen i {lager.mapp}."]
    stampel = [*baser, *lager.journal.wal.values(), *lager.journal.objekt.values()]
    fel = [ett for post in stampel if (ett := fel_pa(lager, post))]
    fel += [ett for bas in baser if (ett := _lucka(lager, bas))]
    if nyckel and not fel:
        fel += _prova_bas(lager, baser[-1], nyckel)
    return fel


def fel_pa(lager: Lager, post: Post) -> str:
    """What is wrong with one stored file; empty when nothing is."""
    fil = lager.mapp / post["fil"]
    try:
        ratt = fil.stat().st_size == post["storlek"]
        if ratt and avtryck(fil) == post["sha256"]:
            return ""
    except FileNotFoundError:
        return f"{post['fil']} saknas."
    except OSError as fel:
        return f"{post['fil']} går inte att läsa: {fel.strerror}."
    return f"{post['fil']} är skadad: den är inte som när den skrevs (annan SHA-256)."


def _lucka(lager: Lager, bas: Post) -> str:
    """The chain from a copy to the last that was fetched on its timeline must be whole."""
    hennes = [synk for synk in lager.journal.synkar if synk["tidslinje"] == bas["tidslinje"]]
    if not hennes or hennes[-1]["borjade"] < bas["slut"]:
        return ""
    fran = wal.efter(bas["slut_wal"], bas["segment"])
    if saknas := wal.lucka(lager.journal.wal, fran, hennes[-1]["wal"], bas["segment"]):
        return f"Efter kopian {bas['namn']} saknas {saknas} av det databasen skrev: längre fram går den inte."
    return ""


def _prova_bas(lager: Lager, bas: Post, nyckel: Nyckel) -> list[str]:
    try:
        with tempfile.TemporaryDirectory(prefix="insatskollen-kontroll-") as mapp:
            packa_upp(lager, bas, nyckel, Path(mapp))
    except Kopiefel as fel:
        return [str(fel)]
    return []


def packa_upp(lager: Lager, bas: Post, nyckel: Nyckel, mapp: Path) -> None:
    """The copy of the database as files in `mapp`, read through by PostgreSQL's own check."""
    fil = lager.mapp / bas["fil"]
    try:
        with nyckel.oppna(fil) as kalla, tarfile.open(fileobj=kalla, mode="r|gz") as tar:
            tar.extractall(mapp, filter="tar")
    except (tarfile.TarError, EOFError, OSError) as fel:
        raise Kopiefel(f"{bas['fil']} går inte att packa upp i {mapp}: {fel}") from fel
    kor([verktyg("pg_verifybackup"), "--no-parse-wal", "--quiet", str(mapp)])
