"""`./dev check` and `./dev fix`: what is held of the code, apart from what the tests hold."""

import subprocess
import sys
from dataclasses import dataclass

from verktyg.miljo import MANAGE, ROT
from verktyg.tjanster import Tjanster


@dataclass(frozen=True)
class Steg:
    namn: str
    argv: list[str]


def _modul(namn: str, *argument: str) -> list[str]:
    return [sys.executable, "-m", namn, *argument]


def mallmappar() -> list[str]:
    """The shared templates, and those that apps keep for themselves."""
    return sorted(str(mapp.relative_to(ROT)) for mapp in [*ROT.glob("templates"), *ROT.glob("*/templates")])


def steg() -> list[Steg]:
    mallar = mallmappar()
    django = [sys.executable, str(MANAGE)]
    return [
        Steg("Kodregler (ruff)", _modul("ruff", "check", ".")),
        Steg("Kodens form (ruff format)", _modul("ruff", "format", "--check", ".")),
        Steg("Typer (mypy)", _modul("mypy")),
        Steg("Importer (import-linter)", _modul("importlinter.cli", "lint")),
        Steg("Mallarnas form (djlint)", _modul("djlint", "--check", "--quiet", *mallar)),
        Steg("Mallregler (djlint)", _modul("djlint", "--lint", *mallar)),
        Steg("Migreringar saknas inte", [*django, "makemigrations", "--check", "--dry-run"]),
        Steg("Djangos egen kontroll", [*django, "check", "--fail-level", "WARNING"]),
    ]


def kontrollera(igang: Tjanster) -> int:
    """Runs every step, also after one that fails, so that one run shows all there is to mend."""
    fel = []
    for ett in steg():
        print(f"── {ett.namn}", flush=True)
        if igang.kor(ett.argv, cwd=ROT):
            fel.append(ett.namn)
    print("\nAllt är som det ska." if not fel else "\nBehöver rättas:\n" + "\n".join(f"  – {namn}" for namn in fel))
    return 1 if fel else 0


def ratta() -> int:
    ordnat = [
        _modul("ruff", "check", "--fix", "."),
        _modul("ruff", "format", "."),
        _modul("djlint", "--reformat", "--quiet", *mallmappar()),
    ]
    return max(subprocess.run(argv, cwd=ROT, check=False).returncode for argv in ordnat)
