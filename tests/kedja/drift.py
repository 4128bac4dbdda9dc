"""The system in operation: a PostgreSQL, a Valkey and Celery workers of the tests' own, to be killed and started again.

Started as `./dev` starts them, but held one by one. Nothing but what was started here is ever signalled.
"""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import psycopg

from tests import schema
from tests.kedja.startare import Kommando, Startare
from verktyg import postgres, valkey
from verktyg.korning import Korning
from verktyg.miljo import ROT, for_django
from verktyg.processer import Process, skicka, stoppa

GRIND = 4242  # first key of the advisory locks of the gate; the second is a part's number
_VANTA = {"postgres": postgres.vanta, "valkey": valkey.vanta}
_SIGNALER = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# A part about to be called done stops here while somebody holds its gate, its rows written but not committed.
_GRINDVAKT = f"""
CREATE FUNCTION vid_grinden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({GRIND}, NEW.nummer);
    RETURN NEW;
END $$;
CREATE TRIGGER vid_grinden BEFORE UPDATE OF klar ON ersattning_delkorning
   FOR EACH ROW EXECUTE FUNCTION vid_grinden();
"""


def vanta_tills(villkor: Callable[[], object], sekunder: float = 120) -> None:
    slut = time.monotonic() + sekunder
    while not villkor():
        assert time.monotonic() < slut, "det väntade hände inte"
        time.sleep(0.01)


class Tjanst(Korning):
    """A run that remembers how each service was started."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.recept: dict[str, tuple[list[str], dict[str, Any]]] = {}
        self.igang: dict[str, Process] = {}

    def starta(self, namn: str, argv: list[str], **popen: Any) -> Process:
        self.recept[namn] = (argv, popen)
        self.igang[namn] = super().starta(namn, argv, **popen)
        return self.igang[namn]

    def starta_om(self, namn: str) -> None:
        argv, popen = self.recept[namn]
        self.starta(namn, argv, **popen)

    def doda(self, namn: str, nummer: int = signal.SIGKILL) -> None:
        """Kill the service with all its children, and see it gone."""
        process = self.igang.pop(namn)
        stoppa(process, nummer, talamod=60)
        self.barn[process.pid].wait()
        self.slapp(process)


class Drift:
    """The services, and what one does with them from a terminal."""

    def __init__(self, tjanst: Tjanst, adresser: dict[str, str]) -> None:
        self.tjanst = tjanst
        self.agarens = adresser.pop("DATABASE_OWNER_URL")
        self.miljo = for_django(tjanst.data, adresser)
        self.miljo.pop("DATABASE_OWNER_URL", None)  # that of the tests' own database
        self.miljo |= {"INSATSKOLLEN_PERSONER_PER_DEL": "8", "PYTHONPATH": str(ROT)}
        self._klerk: subprocess.Popen[str] | None = None
        self._startare: Startare | None = None
        self._startade: list[Kommando] = []

    # ---- services -----------------------------------------------------------------------------------------------

    def starta_arbetare(self, app: str = "config", **miljo: str) -> None:
        tillfalligt = self.tjanst.mapp / "arbetare"
        tillfalligt.mkdir(mode=0o700, exist_ok=True)
        argv = f"celery -A {app} worker -P prefork -l INFO --without-gossip --without-mingle --without-heartbeat"
        self.tjanst.starta(
            "arbetare",
            [sys.executable, "-P", "-m", *argv.split(), "--concurrency", "2"],
            stoppsignal=signal.SIGTERM,
            dodssignal=signal.SIGKILL,
            cwd=ROT,
            env={**self.miljo, **miljo, "TMPDIR": str(tillfalligt)},
        )

    def arbetarens_barn(self) -> list[int]:
        """The prefork children: those that calculate."""
        pid = self.tjanst.igang["arbetare"].pid
        return [int(barn) for barn in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def doda_barn(self) -> None:
        barn, *_ = self.arbetarens_barn()
        skicka(barn, signal.SIGKILL)

    def starta_om(self, namn: str) -> None:
        if namn == "postgres":  # killed outright it leaves this, which says that it is ready
            (self.tjanst.data / "postgres" / "postmaster.pid").unlink(missing_ok=True)
        self.tjanst.starta_om(namn)
        if namn in _VANTA:
            _VANTA[namn](self.tjanst)

    def starta_om_koen(self, *, tom: bool) -> None:
        self.tjanst.doda("valkey")
        if tom:
            shutil.rmtree(self.tjanst.data / "valkey")
            (self.tjanst.data / "valkey").mkdir(mode=0o700)
        self.starta_om("valkey")

    def starta_om_databasen(self) -> None:
        """As after a crash: SIGQUIT lets nobody finish, and the log is replayed."""
        self.tjanst.doda("postgres", signal.SIGQUIT)
        self.starta_om("postgres")

    # ---- database -----------------------------------------------------------------------------------------------

    def anslut(self, databas: str = postgres.DATABAS) -> psycopg.Connection[tuple[Any, ...]]:
        adress = self.agarens.replace(f"/{postgres.DATABAS}?", f"/{databas}?")
        return psycopg.connect(adress, autocommit=True)

    def sql(self, fraga: str, *varden: Any, databas: str = postgres.DATABAS) -> list[tuple[Any, ...]]:
        with contextlib.closing(self.anslut(databas)) as linje:
            svar = linje.execute(fraga, varden)
            return svar.fetchall() if svar.description else []

    def kopiera(self, fran: str, till: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {till}", databas="template1")
        self.koppla_ned("datname = %s", fran)
        self.sql(f"CREATE DATABASE {till} TEMPLATE {fran}", databas="template1")

    def koppla_ned(self, villkor: str, *varden: str) -> int:
        """Cut the connections for which `villkor` holds; gives how many."""
        svar = self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND {villkor}",
            *varden,
            databas="template1",
        )
        return len(svar)

    def delar(self, manad: str) -> tuple[int, int]:
        """How many parts of the month's körning are done, and of how many."""
        fraga = "SELECT count(d.klar), count(d.id) FROM ersattning_delkorning d JOIN ersattning_korning k"
        ((klara, alla),) = self.sql(f"{fraga} ON k.id = d.korning_id WHERE k.manad = %s", f"{manad}-01")
        return klara, alla

    def nagon_kor(self, fraga: str) -> bool:
        """Whether someone's last statement is like this."""
        return bool(self.sql("SELECT 1 FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()", fraga))

    def satt_upp_grinden(self) -> None:
        self.sql(_GRINDVAKT)

    @contextlib.contextmanager
    def grind(self, *delar: int) -> Iterator["Grind"]:
        """Holds the parts with these numbers just before they are done, so that a körning cannot get to its end."""
        with contextlib.closing(self.anslut()) as linje:
            for nummer in delar:
                linje.execute("SELECT pg_advisory_lock(%s, %s)", [GRIND, nummer])
            yield Grind(self, linje, len(delar))

    # ---- commands -----------------------------------------------------------------------------------------------

    def starta(self, *argument: str, **konstanter: float) -> Kommando:
        """A command as a process of its own; `konstanter` are set in ersattning.vakt first."""
        self._startare = self._startare or Startare(self.miljo)
        self._startade.append(self._startare.starta(*argument, **konstanter))
        return self._startade[-1]

    def stada(self) -> None:
        """After a test: no command is left running, and a worker, a queue and a database are there."""
        while self._startade:
            barn = self._startade.pop()
            barn.kill()
            barn.communicate()
        for namn in self.tjanst.recept.keys() - self.tjanst.igang.keys():
            self.starta_om(namn)

    def klerk(self, *argument: str, databas: str = postgres.DATABAS) -> str:
        """Runs a command, in a process that is already up; gives what it says."""
        if self._klerk is None:
            argv = [sys.executable, "-P", "-m", "tests.kedja.klerk"]
            self._klerk = subprocess.Popen(
                argv, cwd=ROT, env=self.miljo, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self._klerk.stdin
        assert self._klerk.stdout
        self._klerk.stdin.write(json.dumps([databas, *argument]) + "\n")
        self._klerk.stdin.flush()
        lyckat, text = json.loads(self._klerk.stdout.readline())
        assert lyckat, text
        return str(text)

    def exporterat(self, manad: str, mapp: Path, databas: str = postgres.DATABAS) -> dict[str, bytes]:
        """ersattning.csv and avvikelser.csv of the month, byte for byte."""
        self.klerk("exportera_ersattning", manad, str(mapp), databas=databas)
        return {namn: (mapp / namn).read_bytes() for namn in ("ersattning.csv", "avvikelser.csv")}

    def avsluta(self) -> None:
        if self._startare:
            self._startare.avsluta()
        if self._klerk:
            assert self._klerk.stdin
            self._klerk.stdin.close()
            self._klerk.wait(60)
            assert self._klerk.stdout
            self._klerk.stdout.close()


class Grind:
    """A gate that is shut until `oppna`."""

    def __init__(self, drift: Drift, linje: psycopg.Connection[tuple[Any, ...]], antal: int) -> None:
        self._drift, self._linje, self._antal = drift, linje, antal

    def vantande(self) -> list[int]:
        """The database's processes that stand at the gate."""
        rader = self._linje.execute(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND NOT granted", [GRIND]
        )
        return [pid for (pid,) in rader.fetchall()]

    def vanta_in(self) -> Self:
        """Wait until all of its parts stand there: then the körning is in mid-run, and stays so."""
        vanta_tills(lambda: len(self.vantande()) == self._antal)
        return self

    def oppna(self) -> None:
        self._linje.execute("SELECT pg_advisory_unlock_all()")


@contextlib.contextmanager
def i_drift(data: Path, schemat: Path) -> Iterator[Drift]:
    """Database and queue up, no worker yet. The tables are made by the owner (tests.schema); all that is run here has
    the rights that the system has in operation."""
    fore = {nummer: signal.getsignal(nummer) for nummer in _SIGNALER}
    try:
        with Tjanst(data) as tjanst:
            agarens = postgres.starta(tjanst, utan_synk=True)
            adresser = {
                "DATABASE_OWNER_URL": agarens,
                "DATABASE_URL": postgres.for_appen(agarens),
                "REDIS_URL": valkey.starta(tjanst),
            }
            for vanta in _VANTA.values():
                vanta(tjanst)
            drift = Drift(tjanst, adresser)
            try:
                schema.las_in(schemat, drift.agarens)
                yield drift
            finally:
                drift.avsluta()
                if "arbetare" in tjanst.igang:
                    tjanst.doda("arbetare")
    finally:
        for nummer, vad in fore.items():
            signal.signal(nummer, vad)


def utfall(barn: Kommando, sekunder: float = 180) -> tuple[int, str]:
    """Exit code and what the command wrote."""
    ut, fel = barn.communicate(timeout=sekunder)
    assert barn.returncode is not None
    return barn.returncode, ut + fel
