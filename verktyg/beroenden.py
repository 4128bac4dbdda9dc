"""`./dev granska-beroenden`: what is known to be wrong with what we depend on, and under which licences it comes.

Asks the registries for advisories, so it is a command of its own and no part of `./dev check`, which must give the same
answer with and without a net. When the advisories cannot be read it says so and ends with 3: that is no clean bill.
pip-audit runs in an environment of its own (uv), pinned, so that an audit changes nothing of what is audited.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from verktyg.forutsattningar import npm
from verktyg.miljo import ROT

PIP_AUDIT = "pip-audit@2.10.1"
BRISTER, EJ_GRANSKAT = 1, 3
# Families that are known and go with EUPL-1.2; anything else is marked, to be read by a person.
KANDA_LICENSER = ("MIT", "BSD", "Apache", "PSF", "Python Software Foundation", "MPL", "Mozilla", "LGPL", "GPL", "ISC")

LASTA = {"pyrage": "MIT"}  # it says so in a text alone


@dataclass(frozen=True)
class Granskning:
    """Of one registry's packages: `antal` were looked up, `brister` are a line each."""

    antal: int
    brister: tuple[str, ...] = ()


def granska() -> int:
    """Tell all of it; 0 = looked up and clean, 1 = something to mend, 3 = could not be looked up."""
    svar = [
        ("Pythonpaket (pip-audit)", _python(_kor(_pip_audit()))),
        ("Webbpaket (npm audit)", _npm(_kor(_npm_audit()))),
    ]
    for namn, ett in svar:
        print(f"── {namn}: {_i_ord(ett)}")
        for brist in ett.brister:
            print(f"   {brist}")
    _licenser()
    if any(ett.brister for _, ett in svar):
        return BRISTER
    return 0 if all(ett.antal for _, ett in svar) else EJ_GRANSKAT


def _i_ord(ett: Granskning) -> str:
    if not ett.antal:
        return "kunde inte granskas. Registret ger inga säkerhetsmeddelanden härifrån. Kör kommandot där internet nås."
    return f"{ett.antal} paket granskade, {len(ett.brister) or 'inga'} kända brister."


def _pip_audit() -> list[str]:
    fil = str(ROT / "requirements.txt")
    uv = str(Path(sys.executable).parent / "uv")
    return [
        uv,
        "tool",
        "run",
        "--quiet",
        PIP_AUDIT,
        "-r",
        fil,
        "--no-deps",
        "--disable-pip",
        "-f",
        "json",
        "--progress-spinner=off",
    ]


def _npm_audit() -> list[str]:
    return [*npm(), "audit", "--json", "--omit=dev"]


def _kor(argv: Sequence[str]) -> Any:
    """What it says, as JSON; nothing when it says nothing that is."""
    svar = subprocess.run(argv, cwd=ROT, capture_output=True, text=True, check=False)
    try:
        return json.loads(svar.stdout)
    except json.JSONDecodeError:
        return {}


def _python(svar: Mapping[str, Any]) -> Granskning:
    """pip-audit's answer. A package that its service does not know is not audited, and is not counted."""
    granskade = [ett for ett in svar.get("dependencies", []) if "skip_reason" not in ett]
    brister = (
        f"{ett['name']} {ett['version']}: {brist['id']}, rättad i {', '.join(brist['fix_versions']) or 'ingen version'}"
        for ett in granskade
        for brist in ett["vulns"]
    )
    return Granskning(len(granskade), tuple(brister))


def _npm(svar: Mapping[str, Any]) -> Granskning:
    """npm's answer."""
    antal = svar.get("metadata", {}).get("dependencies", {}).get("total", 0)
    brister = (f"{namn}: {ett['severity']}, {ett['range']}" for namn, ett in svar.get("vulnerabilities", {}).items())
    return Granskning(antal, tuple(brister))


def _licenser() -> None:
    per_licens: dict[str, list[str]] = defaultdict(list)
    for paket in distributions():
        per_licens[licens(paket)].append(paket.metadata["Name"])
    print("── Licenser")
    for namn, paketen in sorted(per_licens.items()):
        okand = "" if any(kand in namn for kand in KANDA_LICENSER) else " (läs den)"
        print(f"   {namn or 'ingen uppgift'}{okand}: {', '.join(sorted(paketen))}")


def licens(paket: Distribution) -> str:
    """What the package says that it is under."""

    def falt(namn: str) -> list[str]:
        return list(paket.metadata.get_all(namn) or [])

    klasser = [rad.rpartition(" :: ")[2] for rad in falt("Classifier") if rad.startswith("License :: ")]
    fritt = [text.partition("\n")[0][:60] for text in falt("License")]
    funna = [*falt("License-Expression"), *klasser[-1:], *fritt, LASTA.get(paket.metadata["Name"], "")]
    return next(iter(funna), "")
