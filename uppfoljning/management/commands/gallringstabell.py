"""Prints the retention table, as docs/gallring.md has it."""

from typing import Any

from grund.kommando import Kommando
from uppfoljning.gallring.tabell import RADER
from uppfoljning.gallring.text import tabellrad


class Command(Kommando):
    """`gallringstabell`."""

    help = "Skriver ut tabellen över vad som gallras, när och varför, som docs/gallring.md har den."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write("| modell | väg till personen | grund | åtgärd | varför |\n|---|---|---|---|---|")
        for rad in RADER:
            self.stdout.write(tabellrad(rad))
