"""`./dev` as a person meets it: started as a process of its own, on a data folder of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from verktyg.postgres import AGARE, APPEN
from verktyg.tjanster import schemats_avtryck

ROT = Path(__file__).resolve().parent.parent.parent
SOVER = ["manage", "shell", "-v", "0", "-c", "import time; print('igång', flush=True); time.sleep(600)"]
TALAMOD = 120  # seconds that anything may take, on a machine that has much to do
UTANFOR = {
    *("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"),
    *("INSATSKOLLEN_DATA", "INSATSKOLLEN_PG", "INSATSKOLLEN_ARBETARE"),
}


class Dev:
    """Runs `./dev` on one data folder, whose path is the kind that breaks sockets and careless quoting."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.miljo = {namn: varde for namn, varde in os.environ.items() if namn not in UTANFOR}
        self.miljo["INSATSKOLLEN_DATA"] = str(data)
        self.miljo["INSATSKOLLEN_PG"] = "fsync=off"

    def kor(self, *argument: str, **miljo: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-P", "-m", "verktyg", *argument],
            env={**self.miljo, **miljo},
            capture_output=True,
            text=True,
            timeout=TALAMOD,
            check=False,
        )

    def starta(self, *argument: str) -> "subprocess.Popen[str]":
        """Returns when the command has said `igång`."""
        barn = subprocess.Popen(
            [sys.executable, "-P", "-m", "verktyg", *argument],
            env=self.miljo,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert barn.stdout
        forsta = barn.stdout.readline()
        assert forsta == "igång\n", forsta + barn.stdout.read()
        return barn

    @property
    def journal(self) -> Path:
        return self.data / "korning.json"

    def mapp(self) -> Path:
        """The run's own folder, with the sockets."""
        return Path(json.loads(self.journal.read_text())["mapp"])

    def startare_och_vakt(self) -> list[int]:
        return [int(rad.split()[0]) for rad in self.kvar() if "-m verktyg" in rad]

    def kvar(self) -> list[str]:
        """Processes of this data folder: it is their place, or named in their environment."""
        vi = str(self.data)
        return [rad for pid in _pids() if vi in (rad := _spar(pid))]


def _pids() -> list[str]:
    return [post.name for post in Path("/proc").iterdir() if post.name.isdecimal() and int(post.name) != os.getpid()]


def _spar(pid: str) -> str:
    mapp = Path("/proc", pid)
    try:
        delar = mapp.joinpath("cmdline").read_bytes() + b"\0" + mapp.joinpath("environ").read_bytes()
        return f"{pid} {mapp.joinpath('cwd').readlink()} " + delar.decode().replace("\0", " ")
    except OSError:  # gone meanwhile, or not ours
        return ""


def vanta_tills(villkor: Callable[[], bool], sekunder: float = TALAMOD) -> bool:
    slut = time.monotonic() + sekunder
    while not villkor() and time.monotonic() < slut:
        time.sleep(0.05)
    return villkor()


# What only the owner of the database may; the system itself is let in as its own role.
SOM_AGARE = (
    f"import os, psycopg; u = os.environ['DATABASE_URL'].replace('//{APPEN}@', '//{AGARE}@');"
    " k = psycopg.connect(u, autocommit=True).execute(%r)"
)


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dev]:
    """One data folder for all: each test then starts from what the one before it left, killed or not."""
    data = tmp_path_factory.mktemp("dev") / ("väg med mellanslag, åäö och längd " * 3).strip() / "data"
    data.mkdir(parents=True)
    data.parent.chmod(0o700)  # as root the database runs as someone who may not pass here
    (data / "postgres.schema").write_text(schemats_avtryck())  # as if migrated: no tables are needed here
    assert Dev(data).kor("manage", "shell", "-v", "0", "-c", SOM_AGARE % f"CREATE ROLE {APPEN} LOGIN").returncode == 0
    yield Dev(data)
    Dev(data).kor("manage", "--version")  # cleans up after a test that failed


@pytest.fixture
def igang(dev: Dev) -> Iterator["subprocess.Popen[str]"]:
    """A run that would take ten minutes."""
    with dev.starta(*SOVER) as barn:
        yield barn
        barn.kill()
        barn.communicate(timeout=TALAMOD)


def test_ett_kommando_far_sin_utskrift_slutkod_och_indata_igenom(dev: Dev) -> None:
    barn = subprocess.run(
        [sys.executable, "-P", "-m", "verktyg", "manage", "shell", "-v", "0"],
        env=dev.miljo,
        input="import sys; print('tal', 6 * 7); sys.exit(7)",
        capture_output=True,
        text=True,
        timeout=TALAMOD,
        check=False,
    )
    assert barn.stdout == "tal 42\n", barn.stderr
    assert barn.returncode == 7
    assert dev.kvar() == []


def test_allt_ligger_kvar_i_datamappen_till_nasta_korning(dev: Dev) -> None:
    fraga = SOM_AGARE + "; print(k.description and k.fetchone())"
    skapa = "CREATE TABLE minne AS SELECT 'kvar' AS ord"
    assert dev.kor("manage", "shell", "-v", "0", "-c", fraga % skapa).returncode == 0
    koa = "import redis, os; redis.Redis.from_url(os.environ['REDIS_URL']).rpush('celery', 'uppgift')"
    assert dev.kor("manage", "shell", "-v", "0", "-c", koa).returncode == 0
    assert dev.kor("manage", "shell", "-v", "0", "-c", fraga % "SELECT ord FROM minne").stdout == "('kvar',)\n"
    las = "import redis, os; print(redis.Redis.from_url(os.environ['REDIS_URL']).lrange('celery', 0, -1))"
    assert dev.kor("manage", "shell", "-v", "0", "-c", las).stdout == "[b'uppgift']\n"
    assert (dev.data / "postgres" / "PG_VERSION").exists()


def test_tva_korningar_pa_samma_mapp_nekas(dev: Dev, igang: "subprocess.Popen[str]") -> None:
    andra = dev.kor("manage", "--version")
    assert andra.returncode == 1
    assert "används redan av en annan körning" in andra.stderr
    assert str(igang.pid) in andra.stderr


def test_webben_visar_vara_egna_felsidor_och_loggar_felet(dev: Dev) -> None:
    barn = subprocess.Popen(
        [sys.executable, "-P", "-m", "verktyg", "server", "8765"],
        env=dev.miljo,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert barn.stdout
        adress = next(rad for rad in barn.stdout if "finns nu på" in rad).split()[4].rstrip("/")
        assert vanta_tills(lambda: _hamta(f"{adress}/halsa/")[0] == 200)
        assert _hamta(f"{adress}/static/css/ram.css")[0] == 200
        status, text = _hamta(f"{adress}/finns-inte/")
        assert (status, "Adressen är felskriven" in text) == (404, True)
        status, text = _hamta(f"{adress}/", kaka=f"sessionid={'a' * 32}")  # there are no tables here
        assert (status, "Felet ligger hos Insatskollen" in text, "Traceback" in text) == (500, True, False)
    finally:
        barn.terminate()
        logg = barn.communicate(timeout=TALAMOD)[0]
    assert "[error    ] Internal Server Error" in logg
    assert "ProgrammingError" in logg.split("Internal Server Error")[-1]
    assert 'relation "django_session" does not exist' in logg
    assert dev.kvar() == []


def _hamta(adress: str, kaka: str = "") -> tuple[int, str]:
    try:
        with urlopen(Request(adress, headers={"Cookie": kaka})) as svar:  # noqa: S310  our own server
            return svar.status, svar.read().decode()
    except HTTPError as fel:
        return fel.code, fel.read().decode()
    except URLError:
        return 0, ""


@pytest.mark.parametrize(("nummer", "kod"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_en_avbruten_korning_lamnar_inget_efter_sig(
    dev: Dev, igang: "subprocess.Popen[str]", nummer: signal.Signals, kod: int
) -> None:
    mapp = dev.mapp()
    igang.send_signal(nummer)
    igang.communicate(timeout=TALAMOD)
    assert igang.returncode == kod
    assert dev.kvar() == []
    assert not mapp.exists()
    assert not dev.journal.exists()


def test_efter_sigkill_stadar_vakten(dev: Dev, igang: "subprocess.Popen[str]") -> None:
    mapp = dev.mapp()
    igang.kill()
    igang.wait()
    assert vanta_tills(lambda: dev.kvar() == [])
    assert vanta_tills(lambda: not mapp.exists())


def test_efter_sigkill_av_startare_och_vakt_dor_tjansterna_anda(dev: Dev, igang: "subprocess.Popen[str]") -> None:
    for pid in dev.startare_och_vakt():
        doda(pid)
    igang.wait()
    assert vanta_tills(lambda: dev.kvar() == [])


def test_efter_sigkill_av_allt_tar_nasta_korning_vid(dev: Dev, igang: "subprocess.Popen[str]") -> None:
    mapp = dev.mapp()
    igang.send_signal(signal.SIGSTOP)  # so that it cannot clean up while its services and its guard are killed
    for pid in [int(rad.split()[0]) for rad in dev.kvar()]:
        doda(pid)
    igang.wait()
    assert mapp.exists()
    nasta = dev.kor("manage", "shell", "-v", "0", "-c", "print('frisk')")
    assert nasta.stdout == "frisk\n", nasta.stderr
    assert not mapp.exists()
    assert dev.kvar() == []


def doda(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_okant_kommando_far_en_forklaring(dev: Dev) -> None:
    svar = dev.kor("dmeo")
    assert svar.returncode == 1
    assert "dmeo" in svar.stderr


def test_orimligt_antal_arbetare_far_en_forklaring(dev: Dev) -> None:
    svar = dev.kor("manage", "kor_manad", INSATSKOLLEN_ARBETARE="många")
    assert svar.returncode == 1
    assert "INSATSKOLLEN_ARBETARE" in svar.stderr


def test_utan_argument_visas_hjalpen(dev: Dev) -> None:
    svar = dev.kor()
    assert svar.returncode == 0
    assert "./dev demo" in svar.stdout
