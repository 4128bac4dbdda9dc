"""Backup and restore of the embedded database and its files: the package `sakerhetskopia`, with services around it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from verktyg import postgres
from verktyg.korning import Korning
from verktyg.miljo import ROT, VerktygsFel, datamapp
from verktyg.tjanster import Tjanster, tjanster

_PROGRAM = [sys.executable, "-P", "-m", "sakerhetskopia"]
_OM_MALET = {"--till": 1, "--skriv-over": 0}  # for the step that lays; how many values each takes


def sakerhetskopiera(argument: Sequence[str]) -> int:
    """`./dev sakerhetskopiera <mapp> …`; another command of the package may come first: lista, kontrollera, nyckel."""
    if argument and argument[0] in {"lista", "kontrollera", "nyckel"}:
        return _kor([*_PROGRAM, *argument])
    egna = argument if argument and argument[0] in {"kopiera", "folj"} else ["kopiera", *argument]
    with tjanster() as igang:
        igang.migrera()
        return _kor_hos(igang, *egna)


def aterstall(argument: Sequence[str]) -> int:
    """`./dev aterstall <mapp> --till <tid> --nyckel <fil> [--skriv-over] [--prov]`."""
    if os.environ.get("DATABASE_URL"):
        raise VerktygsFel(
            "DATABASE_URL är satt: ./dev aterstall lägger bara tillbaka sin egen databas. Se docs/drift.md."
        )
    if "--prov" not in argument:
        return _aterstall(argument)
    return _prova([ett for ett in argument if ett != "--prov"])


def _aterstall(argument: Sequence[str], *, efter: Sequence[str] = ()) -> int:
    data, agare = datamapp(), postgres.agare()
    plats = ["--pgdata", str(data / "postgres"), "--data", str(data)]
    vems = ["--agare", f"{agare[0]}:{agare[1]}"] if agare else []
    with _lyssnar_efterat(), Korning(data):  # nobody else is on the folder while it is laid
        if kod := _kor([*_PROGRAM, "lagg", *argument, *plats, *vems]):
            return kod
    (data / "postgres.schema").unlink(missing_ok=True)
    with _lyssnar_efterat(), tjanster() as igang:
        igang.migrera()
        return _kor_hos(igang, "efter", *_utan_malet(argument), "--data", str(data), *efter)


def _prova(argument: Sequence[str]) -> int:
    """In a folder of its own, which is taken away afterwards; and noted in the database that was copied."""
    riktig = datamapp()
    mapp = Path(tempfile.mkdtemp(prefix="insatskollen-prov-"))
    mapp.chmod(0o711)
    os.environ["INSATSKOLLEN_DATA"] = str(mapp)
    try:
        kod = _aterstall(argument, efter=["--prov"])
        if kod == 0:
            bas = (mapp / "provad").read_text()
    finally:
        shutil.rmtree(mapp, ignore_errors=True)
    os.environ["INSATSKOLLEN_DATA"] = str(riktig)
    if kod or not (riktig / "postgres").exists():
        return kod
    with tjanster() as igang:
        igang.migrera()
        return _kor_hos(igang, "provad", bas)


def _kor_hos(igang: Tjanster, *argument: str) -> int:
    """The package reads all as the owner. What is noted of it, the system notes with the rights that it always has."""
    if igang.agarens_adress:
        igang.miljo["KOPIA_DATABASE_URL"] = igang.agarens_adress
    return igang.kor([*_PROGRAM, *argument], cwd=ROT)


@contextlib.contextmanager
def _lyssnar_efterat() -> Iterator[None]:
    """A run that ends takes no more signals, being the last thing that ./dev does; here another comes after it."""
    fore = {nummer: signal.getsignal(nummer) for nummer in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for nummer, vad in fore.items():
            signal.signal(nummer, vad)


def _utan_malet(argument: Sequence[str]) -> list[str]:
    svar, hoppa = [], 0
    for ett in argument:
        if hoppa:
            hoppa -= 1
        elif ett in _OM_MALET:
            hoppa = _OM_MALET[ett]
        elif not ett.startswith("--till="):
            svar.append(ett)
    return svar


def _kor(argv: Sequence[str]) -> int:
    return subprocess.run(argv, check=False, cwd=ROT).returncode
