"""To take a copy: what is new since last, or the whole database; and to let go of the old ones."""

import contextlib
import json
import shutil
import subprocess
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from sakerhetskopia import filarkiv, wal
from sakerhetskopia.databas import Databas, Lage, migreringar, sista_ord
from sakerhetskopia.fel import Kopiefel, disken
from sakerhetskopia.lager import FORMAT, HALV, Journal, Lager, Post, Stampel, skriv_helt, spola
from sakerhetskopia.las import Las


@dataclass(frozen=True)
class Plats:
    """What is copied, and where to."""

    lager: Lager
    databas: Databas
    las: Las
    data: Path

    @property
    def spol(self) -> Path:
        """What is fetched and not yet stored. On the disk of the data: no less protected than the database is."""
        return self.data / "kopia-spol"


def kopiera(plats: Plats, *, behall: timedelta) -> Post:
    """The whole database, what it wrote meanwhile, and the files. Gives the new manifest."""
    lage = plats.databas.lage()
    with plats.lager.ensam(lage.system), disken(plats.lager.mapp):
        plats.databas.se_till_slot()
        manifest = _gor_bas(plats, lage)
        _synka(plats, lage, ankare=True)
        gallra(plats.lager, fore=datetime.fromisoformat(manifest["slut"]) - behall)
    return manifest


def folj(plats: Plats, *, behall: timedelta, bas_var: timedelta) -> Post | None:
    """What is new since last; and the whole database when it is time for it, or when what is new hangs on nothing."""
    lage = plats.databas.lage()
    with plats.lager.ensam(lage.system), disken(plats.lager.mapp):
        bruten = plats.databas.se_till_slot()
        if not bruten and _hanger_ihop(plats.lager, lage) and plats.databas.nu() - _senaste(plats.lager) < bas_var:
            _synka(plats, lage)
            return None
    return kopiera(plats, behall=behall)


def _hanger_ihop(lager: Lager, lage: Lage) -> bool:
    """Whether what is stored leads on from a copy of the database as it is now."""
    baser = lager.baser()
    if not baser or baser[-1]["tidslinje"] != lage.tidslinje:  # it has been restored since
        return False
    fran = wal.efter(baser[-1]["slut_wal"], lage.segment)
    sista = lager.journal.synkar[-1]["wal"] if lager.journal.synkar else ""
    return bool(sista) and not wal.lucka(lager.journal.wal, fran, sista, lage.segment)


def _senaste(lager: Lager) -> datetime:
    return datetime.fromisoformat(lager.baser()[-1]["slut"])


def _synka(plats: Plats, lage: Lage, *, ankare: bool = False) -> None:
    """What the database has written, then the files (see filarkiv), then a line that says so."""
    nar, fakta, lsn = plats.databas.markera()
    wal.lagra(plats.lager, plats.spol, plats.las, nar.isoformat())  # what a killed fetch left
    wal.hamta(plats.databas, lage, lsn, plats.spol)
    wal.lagra(plats.lager, plats.spol, plats.las, nar.isoformat())
    filarkiv.samla(plats.lager, plats.data, plats.las, ankare=ankare)
    sist = wal.segmentet(lage.tidslinje, wal.fore(lsn, lage.segment), lage.segment)
    post = {"slag": "synk", "borjade": nar.isoformat(), "tidslinje": lage.tidslinje, "lsn": lsn, "wal": sist, **fakta}
    fore = plats.lager.journal.synkar[-1:]
    if fore and _faststallda(plats.lager.journal) == fakta["faststallda"]:
        del post["faststallda"]  # said already; most minutes nothing is settled
    plats.lager.skriv(post)


def _faststallda(journal: Journal) -> Post | None:
    return next((synk["faststallda"] for synk in reversed(journal.synkar) if "faststallda" in synk), None)


# ---- the whole database ---------------------------------------------------------------------------------------------


def _gor_bas(plats: Plats, lage: Lage) -> Post:
    borjade = plats.databas.nu()
    namn = borjade.strftime("%Y%m%dT%H%M%S%fZ")
    halv = plats.lager.mapp / "bas" / f"{namn}{HALV}"
    halv.mkdir(mode=0o700, parents=True)
    try:
        ord_, stampel = _pg_basebackup(plats, f"bas/{halv.name}/bas.tar.gz")
        manifest = _manifest(plats, lage, borjade, ord_, stampel, namn)
        skriv_helt(halv / "manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False).encode())
        halv.replace(halv.with_name(namn))
        spola(halv.parent)
    except BaseException:
        shutil.rmtree(halv, ignore_errors=True)
        raise
    return manifest


def _pg_basebackup(plats: Plats, vart: str) -> tuple[str, Stampel]:
    """PostgreSQL's own copy, as one packed tar with what is needed to start it. Gives what it said as well."""
    argv = plats.databas.program("pg_basebackup", "-D", "-", "-Ft", "-X", "fetch", "-Z", "gzip:1", "-c", "fast", "-v")
    with TemporaryFile("w+") as fel:
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=fel, env=plats.databas.miljo()) as barn:
            try:
                stampel = plats.lager.spara(cast(BinaryIO, barn.stdout), vart, plats.las)
            except BaseException:
                barn.kill()
                raise
        ord_ = _last(fel)
        if barn.returncode:
            raise Kopiefel(f"Databasen kunde inte kopieras: {sista_ord(ord_)}")
    return ord_, stampel


def _last(fil: IO[str]) -> str:
    fil.seek(0)
    return fil.read()


def _manifest(plats: Plats, lage: Lage, borjade: datetime, ord_: str, stampel: Stampel, namn: str) -> Post:
    fran, till = _lsn(ord_, "start point: "), _lsn(ord_, "end point: ")
    with plats.databas.linje() as linje:
        version = linje.info.parameter_status("server_version")
    _, fakta, _ = plats.databas.markera()
    return {
        "format": FORMAT,
        "namn": namn,
        "borjade": borjade.isoformat(),
        "slut": plats.databas.nu().isoformat(),
        "system": lage.system,
        "postgresql": version,
        "migreringar": migreringar(plats.databas),
        "tidslinje": lage.tidslinje,
        "segment": lage.segment,
        "fran_lsn": fran,
        "till_lsn": till,
        "fran_wal": wal.segmentet(lage.tidslinje, fran, lage.segment),
        "slut_wal": wal.segmentet(lage.tidslinje, till, lage.segment),
        "krypterad_till": plats.las.namn,
        "fakta": fakta,
        **asdict(stampel) | {"fil": f"bas/{namn}/{Path(stampel.fil).name}"},
    }


def _lsn(ord_: str, fore: str) -> str:
    """pg_basebackup -v says where in what the database writes the copy begins and ends."""
    _, fanns, rest = ord_.partition(fore)
    if not fanns:
        raise Kopiefel(f"pg_basebackup sade inte var kopian tar slut: {sista_ord(ord_)}")
    return rest.split()[0]


# ---- old copies -----------------------------------------------------------------------------------------------------


def gallra(lager: Lager, *, fore: datetime) -> list[str]:
    """Let go of what is not needed to reach any time from `fore` on. The last whole copy always stays."""
    baser = lager.baser()
    gamla = [bas for bas in baser if datetime.fromisoformat(bas["slut"]) <= fore]
    bort = gamla[:-1]  # the last of them is what times just after `fore` start from
    if not bort:
        return []
    for bas in bort:
        halv = lager.mapp / "bas" / f"{bas['namn']}{HALV}"
        (lager.mapp / "bas" / bas["namn"]).replace(halv)
        shutil.rmtree(halv)
    kvar = [bas for bas in baser if bas not in bort]
    _gallra_journal(lager, kvar)
    return [str(bas["namn"]) for bas in bort]


def _gallra_journal(lager: Lager, baser: list[Post]) -> None:
    """The lines that the kept copies need, and then away with what no line names."""
    poster = _kvar(lager.journal, baser)
    lager.byt_journal(poster)
    namngivna = {post["fil"] for post in poster if "fil" in post}
    for fil in [*lager.mapp.glob("wal/*"), *lager.mapp.glob("objekt/*/*")]:
        if str(fil.relative_to(lager.mapp)) not in namngivna:
            with contextlib.suppress(FileNotFoundError):
                fil.unlink()


def _kvar(journal: Journal, baser: list[Post]) -> list[Post]:
    forsta = min(datetime.fromisoformat(bas["borjade"]) for bas in baser)
    forsta_wal = min(bas["fran_wal"][8:] for bas in baser)
    fore = Journal()
    brytning = 0
    for nummer, post in enumerate(journal.poster):
        if post["slag"] == "synk" and datetime.fromisoformat(post["borjade"]) <= forsta:
            brytning = nummer + 1
    for post in journal.poster[:brytning]:
        fore.lagg_till(post)
    senare = [post for post in journal.poster[brytning:] if post["slag"] in {"fil", "borta", "synk"}]
    sista = [fore.synkar[-1] | {"faststallda": _faststallda(fore) or {}}] if fore.synkar else []
    behovs = {post["innehall"] for post in [*fore.filer.values(), *senare] if post["slag"] == "fil"}
    return [
        *(post for post in journal.wal.values() if post["namn"].endswith(".history") or post["namn"][8:] >= forsta_wal),
        *(post for post in journal.objekt.values() if post["innehall"] in behovs),
        *fore.filer.values(),
        *sista,
        *senare,
    ]
