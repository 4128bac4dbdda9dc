"""Database, broker and worker around a command: up before it, down after it, whatever happens to it."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from verktyg import postgres, valkey
from verktyg.korning import Korning
from verktyg.miljo import MANAGE, ROT, Avbruten, VerktygsFel, datamapp, for_django
from verktyg.processer import Process, do_med_startaren, fodelse, skicka, stoppa, vanta_tills

AGARE = "DATABASE_OWNER_URL"
# What Ctrl-C does: ends the command as an error, closes a server as is meant, or is for the command itself.
VidAvbrott = Literal["avbryt", "stäng", "låt vara"]
MALL = "INSATSKOLLEN_TESTMALL"  # the database that tests/conftest.py copies
# Without what workers say to one another: there is only this one.
_ARBETARE = "celery -A config worker -P prefork -l INFO --without-gossip --without-mingle --without-heartbeat"


class Tjanster:
    """Running services. `miljo` is what the processes that use them need."""

    def __init__(self, korning: Korning, adresser: dict[str, str]) -> None:
        self.korning = korning
        self.miljo = for_django(korning.data, adresser)
        # The owner's address is for what makes tables: nothing else of a run has it.
        self._agarens = {AGARE: self.miljo.pop(AGARE)} if AGARE in self.miljo else {}
        self._egen_databas = "DATABASE_URL" in adresser
        self._egen_ko = "REDIS_URL" in adresser
        self._arbetare: Process | None = None

    @property
    def agarens_adress(self) -> str:
        """Our own database as its owner; empty when it is one that is given us."""
        return self._agarens.get(AGARE, "")

    def starta_arbetare(self) -> None:
        """A Celery worker. Commands queue their work while it starts, so nobody waits for it here."""
        tillfalligt = self.korning.mapp / "arbetare"  # what a killed worker leaves behind goes away with the run
        tillfalligt.mkdir(mode=0o700)
        self._arbetare = self.korning.starta(
            "arbetare",
            [sys.executable, "-m", *_ARBETARE.split(), "--concurrency", antal_arbetare()],
            stoppsignal=signal.SIGTERM,  # tasks in hand are finished
            dodssignal=signal.SIGQUIT,  # tasks in hand are dropped, and come back
            cwd=ROT,
            env={**self.miljo, "TMPDIR": str(tillfalligt)},
        )

    def starta_klocka(self) -> None:
        """What sees a körning through that nobody at a terminal watches: it was started from the web."""
        schema = self.korning.mapp / "klocka"
        argv = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config",
            "beat",
            "-l",
            "WARNING",
            "-s",
            str(schema),
            "--pidfile=",
        ]
        self.korning.starta(
            "klocka", argv, stoppsignal=signal.SIGTERM, dodssignal=signal.SIGKILL, cwd=ROT, env=self.miljo
        )

    def slapp_arbetare(self) -> None:
        """Ends an idle worker at once: Celery's own shutdown takes two seconds. A busy one is left to end in order."""
        if not self._arbetare or not self._egen_ko:
            return
        if vanta_tills(lambda: valkey.ar_tom(self.korning), 0.5):
            stoppa(self._arbetare, signal.SIGKILL, talamod=5)
        else:
            print("Väntar på att påbörjat arbete blir klart …", file=sys.stderr, flush=True)

    def migrera(self) -> None:
        """Brings the schema up to date. Our own database is known to be when nothing that decides it has changed."""
        stampel, avtryck = self.korning.data / "postgres.schema", schemats_avtryck()
        if self._egen_databas and stampel.exists() and stampel.read_text() == avtryck:
            return
        kod = self.kor([sys.executable, str(MANAGE), "migrate", "--verbosity", "0"], som_agare=True)
        if kod:
            raise VerktygsFel("Databasen kunde inte uppdateras (migrate misslyckades, se ovan).")
        if self._egen_databas:
            stampel.write_text(avtryck)

    def gor_mall(self) -> None:
        """Makes the schema once, in a database that those of the tests are copied from. Never one that is given us."""
        if self._egen_databas:
            self.migrera()
            self.miljo[MALL] = postgres.DATABAS

    def kor(
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None = None,
        vid_avbrott: VidAvbrott = "avbryt",
        som_agare: bool = False,
    ) -> int:
        """Runs a command with our terminal and gives its exit code. Keeps an eye on the services meanwhile.
        `som_agare`: as the owner of the database's tables."""
        barn = subprocess.Popen(
            argv,
            cwd=cwd,
            env={**self.miljo, **(self._agarens if som_agare else {})},
            start_new_session=vid_avbrott == "stäng",
            preexec_fn=do_med_startaren(signal.SIGTERM),
        )
        process = Process("kommando", barn.pid, fodelse(barn.pid), signal.SIGTERM, signal.SIGTERM, egen_grupp=False)
        self.korning.folj(process, barn)
        try:
            kod = self._vanta_pa(barn, vid_avbrott)
        except (Avbruten, VerktygsFel):
            _avsluta(barn, signal.SIGTERM)
            raise
        self.korning.slapp(process)
        return 128 - kod if kod < 0 else kod

    def _vanta_pa(self, barn: "subprocess.Popen[bytes]", vid_avbrott: VidAvbrott) -> int:
        while True:
            try:
                return barn.wait(0.5)
            except subprocess.TimeoutExpired:
                self.korning.kontrollera()
            except KeyboardInterrupt:
                if vid_avbrott == "avbryt":
                    _efter_avbrott(barn)
                    raise
                if vid_avbrott == "stäng":
                    _avsluta(barn, signal.SIGTERM)
                    return 0


@contextlib.contextmanager
def tjanster() -> Iterator[Tjanster]:
    """Services on the user's own data folder."""
    with _pa(Korning(datamapp())) as igang:
        yield igang


@contextlib.contextmanager
def tillfalliga_tjanster(*, utan_synk: bool) -> Iterator[Tjanster]:
    """Services on a folder that is gone afterwards."""
    mapp = Path(tempfile.mkdtemp(prefix="insatskollen-data-"))
    try:
        with _pa(Korning(mapp, tillfallig=True), utan_synk=utan_synk) as igang:
            yield igang
    finally:
        shutil.rmtree(mapp, ignore_errors=True)


@contextlib.contextmanager
def _pa(korning: Korning, *, utan_synk: bool = False) -> Iterator[Tjanster]:
    antal_arbetare()  # a mistake there is told before anything has started
    with korning:
        givna = {namn: os.environ[namn] for namn in ("DATABASE_URL", "REDIS_URL") if os.environ.get(namn)}
        adresser = {}
        if "DATABASE_URL" not in givna:
            adresser[AGARE] = postgres.starta(korning, utan_synk=utan_synk)
            adresser["DATABASE_URL"] = postgres.for_appen(adresser[AGARE])
        if "REDIS_URL" not in givna:
            adresser["REDIS_URL"] = valkey.starta(korning)
        if "DATABASE_URL" in adresser:
            postgres.vanta(korning)
        if "REDIS_URL" in adresser:
            valkey.vanta(korning)
        igang = Tjanster(korning, adresser)
        yield igang
        igang.slapp_arbetare()


def _efter_avbrott(barn: "subprocess.Popen[bytes]") -> None:
    """Ctrl-C reached the child too, unless the signal was for us alone: then it is passed on."""
    with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        barn.wait(0.5)
    _avsluta(barn, signal.SIGINT)


def _avsluta(barn: "subprocess.Popen[bytes]", signalnummer: int) -> None:
    for nummer, talamod in ((signalnummer, 10), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        if barn.poll() is not None:
            return
        skicka(barn.pid, nummer)
        slut = time.monotonic() + talamod
        while time.monotonic() < slut:
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt, Avbruten):
                barn.wait(0.2)
                break


def antal_arbetare() -> str:
    antal = os.environ.get("INSATSKOLLEN_ARBETARE") or str(karnor())
    if not antal.isdecimal() or int(antal) < 1:
        raise VerktygsFel(f"INSATSKOLLEN_ARBETARE ska vara ett antal, minst 1, men är ”{antal}”.")
    return antal


def karnor() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def schemats_avtryck() -> str:
    """Our migrations, what brings in those of others (the locked packages and the list of installed apps), and what
    says which rights the database's roles have."""
    filer = [ROT / "requirements.txt", ROT / "config" / "settings.py"]
    for monster in ("*/migrations/*.py", "*/databas/*.py", "*/radskydd.py"):
        filer += sorted(ROT.glob(monster))
    summa = hashlib.sha256()
    for fil in filer:
        if fil.is_file():
            summa.update(str(fil.relative_to(ROT)).encode() + b"\0" + fil.read_bytes())
    return summa.hexdigest()
