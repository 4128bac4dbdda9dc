"""`./dev check` and `./dev fix`: what is held of the code, apart from what the tests hold."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from verktyg.miljo import MANAGE, ROT
from verktyg.tjanster import Tjanster

KOD = [".", "dev"]  # `dev` has no suffix that tells it is Python


@dataclass(frozen=True)
class Steg:
    namn: str
    argv: list[str]


def _modul(namn: str, *argument: str) -> list[str]:
    return [sys.executable, "-m", namn, *argument]


def mallar() -> list[str]:
    """The shared templates, and those that apps keep for themselves."""
    return sorted(
        str(fil.relative_to(ROT))
        for monster in ("templates", "*/templates")
        for fil in ROT.glob(f"{monster}/**/*.html")
    )


def steg() -> list[Steg]:
    django = [sys.executable, str(MANAGE)]
    return [
        Steg("Kodregler (ruff)", _modul("ruff", "check", "--quiet", "--output-format", "concise", *KOD)),
        Steg("Kodens form (ruff format)", _modul("ruff", "format", "--check", "--output-format", "concise", *KOD)),
        Steg("Typer (mypy)", _modul("mypy")),
        Steg("Importer (import-linter)", [str(Path(sys.executable).parent / "lint-imports")]),
        *_mallsteg(),
        Steg("Migreringar saknas inte", [*django, "makemigrations", "--check", "--dry-run"]),
        Steg("Migreringar låser inget länge (squawk)", [*django, "granska_migreringar"]),
        Steg("Djangos egen kontroll", [*django, "check", "--fail-level", "WARNING"]),
    ]


def _mallsteg() -> list[Steg]:
    if not (filer := mallar()):  # djlint calls an empty list an error
        return []
    return [
        Steg("Mallarnas form (djlint)", _modul("djlint", "--check", "--quiet", *filer)),
        Steg("Mallregler (djlint)", _modul("djlint", "--lint", "--quiet", *filer)),
    ]


def kontrollera(igang: Tjanster) -> int:
    """Runs every step, also after one that fails, so that one run shows all there is to mend."""
    fel = []
    for ett in steg():
        print(f"── {ett.namn}", flush=True)
        if igang.kor(ett.argv, cwd=ROT, som_agare=True):
            fel.append(ett.namn)
    print("\nAllt är som det ska." if not fel else "\nBehöver rättas:\n" + "\n".join(f"  – {namn}" for namn in fel))
    return 1 if fel else 0


def ratta() -> int:
    ordnat = [
        _modul("ruff", "check", "--fix", *KOD),
        _modul("ruff", "format", *KOD),
        *([_modul("djlint", "--reformat", "--quiet", *filer)] if (filer := mallar()) else []),
    ]
    return max(subprocess.run(argv, cwd=ROT, check=False).returncode for argv in ordnat)
