"""`manage.py last`: many people at work at once in the demo, while a month is run (docs/prestanda.md)."""

import csv
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from demokommun.matning.last import folk, locustfil_sokvag
from demokommun.medarbetare import LOSENORD
from grund import klocka
from grund.kommando import manad as manadsargument
from grund.tid import Manad

INLOGGNINGAR = 0.9  # a second: the address may sign in 60 times a minute
PAUS = 20.0  # seconds between two körningar


class Command(BaseCommand):
    help = "Låter många arbeta samtidigt i demon medan en månad körs, och säger hur länge de fick vänta."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anvandare", type=int, default=300, help="hur många som arbetar samtidigt (300)")
        parser.add_argument("--minuter", type=float, default=10, help="hur länge, sedan alla har loggat in (10)")
        parser.add_argument("--sekunder", type=float, default=30, help="mellan två sidor för en och samma (30)")
        parser.add_argument("--manad", type=manadsargument, default=Manad(2026, 6), metavar="AAAA-MM")
        parser.add_argument("--grans", type=int, default=500, help="95:e percentilen får vara högst så många ms (500)")

    def handle(self, *args: Any, **val: Any) -> None:
        namn = folk.lagg_upp(val["anvandare"], klocka.idag())
        with TemporaryDirectory() as mapp, _webb() as adress:
            locust = _starta_locust(Path(mapp), adress, namn, val["minuter"], val["sekunder"])
            try:
                antal = self._kor_manaden(locust, val["manad"])
            finally:
                locust.terminate()
                locust.wait(30)
            fel, p95 = self._beratta(Path(mapp))
        self.stdout.write(f"Månaden {val['manad']} kördes {antal} gånger under tiden.")
        if fel or p95 > val["grans"]:
            raise CommandError(f"{fel} fel, och 95:e percentilen blev {p95} ms (högst {val['grans']}).")

    def _kor_manaden(self, locust: "subprocess.Popen[bytes]", manad: Manad) -> int:
        antal = 0
        while locust.poll() is None:
            call_command("kor_manad", manad, stdout=io.StringIO())
            antal += 1
            time.sleep(PAUS)
        return antal

    def _beratta(self, mapp: Path) -> tuple[int, int]:
        """The slowest kinds of page, what failed, and the whole; gives failures and the 95th percentile in ms."""
        with (mapp / "l_stats.csv").open(encoding="utf-8") as fil:
            rader = [rad for rad in csv.DictReader(fil) if rad["Request Count"] != "0"]
        if not rader:
            raise CommandError("Ingen hann få ett svar.")
        self.stdout.write(f"{'svar':>7} {'fel':>5} {'median':>7} {'95 %':>6} {'99 %':>6}  sida")
        *sidor, alla = rader
        for rad in [*sorted(sidor, key=lambda rad: -float(rad["95%"])), alla]:
            tal = [rad[kolumn] for kolumn in ("Request Count", "Failure Count", "50%", "95%", "99%")]
            self.stdout.write(f"{tal[0]:>7} {tal[1]:>5} {tal[2]:>7} {tal[3]:>6} {tal[4]:>6}  {rad['Name']}")
        with (mapp / "l_failures.csv").open(encoding="utf-8") as fil:
            self.stdout.writelines(
                f"FEL {rad['Occurrences']:>4} {rad['Name']} {rad['Error']}\n" for rad in csv.DictReader(fil)
            )
        return int(alla["Failure Count"]), int(float(alla["95%"]))


@contextmanager
def _webb() -> Iterator[str]:
    """The web as it is deployed: gunicorn, on loopback."""
    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        port = uttag.getsockname()[1]
    adress = f"http://127.0.0.1:{port}"
    argv = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    miljo = os.environ | {"INSATSKOLLEN_WEBB": "1"}
    webb = subprocess.Popen([*argv, "--threads", "4", "--log-level", "warning"], env=miljo, cwd=settings.BASE_DIR)  # noqa: S603
    try:
        _vanta_pa(f"{adress}/halsa/")
        yield adress
    finally:
        webb.terminate()
        webb.wait(30)


def _vanta_pa(adress: str) -> None:
    slut = time.monotonic() + 60
    while time.monotonic() < slut:
        try:
            with urlopen(adress, timeout=5):  # noqa: S310  our own server
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise CommandError("Webben kom inte igång.")


def _starta_locust(
    mapp: Path, adress: str, namn: list[str], minuter: float, sekunder: float
) -> "subprocess.Popen[bytes]":
    """Figures are taken from when everybody has signed in."""
    in_ = len(namn) / INLOGGNINGAR
    argv = [sys.executable, "-m", "locust", "-f", str(locustfil_sokvag()), "--headless", "--host", adress]
    argv += ["--users", str(len(namn)), "--spawn-rate", str(INLOGGNINGAR), "--reset-stats"]
    argv += [
        "--run-time",
        f"{in_ + minuter * 60:.0f}s",
        "--csv",
        str(mapp / "l"),
        "--only-summary",
        "--exit-code-on-error",
        "0",
    ]
    miljo = os.environ | {"LAST_FOLK": ",".join(namn), "LAST_LOSENORD": LOSENORD, "LAST_SEKUNDER": str(sekunder)}
    return subprocess.Popen(argv, env=miljo, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
