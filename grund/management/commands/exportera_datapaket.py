"""`exportera_datapaket MAPP`: write everything that is stored as a datapaket."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from grund.datapaket.export import exportera
from grund.kommando import Kommando


class Command(Kommando):
    help = "Skriver allt som är inläst som ett datapaket. Inläst i en tom databas ger det samma data tillbaka."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mapp", type=Path, help="en tom eller ny mapp")

    def handle(self, *args: Any, mapp: Path, **options: Any) -> None:
        for namn, antal in exportera(mapp).items():
            self.stdout.write(f"{namn:18}{antal:>11}")
