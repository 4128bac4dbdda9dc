"""`manage.py exportera_ersattning 2026-05 mapp`: ersattning.csv and avvikelser.csv of a month."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ersattning.filer.export import exportera
from ersattning.filer.fel import FilFel
from grund.tid import Manad


class Command(BaseCommand):
    help = "Skriver ersattning.csv och avvikelser.csv för en körd månad."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("manad", metavar="AAAA-MM", help="månaden, som 2026-05")
        parser.add_argument("mapp", type=Path, metavar="MAPP", help="dit filerna skrivs; skapas om den saknas")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            antal = exportera(Manad.las(options["manad"]), options["mapp"])
        except (FilFel, ValueError) as fel:
            raise CommandError(str(fel)) from fel
        except OSError as fel:
            raise CommandError(f"Det går inte att skriva i {options['mapp']}: {fel.strerror}.") from fel
        for namn, rader in antal.items():
            self.stdout.write(f"{options['mapp'] / namn}: {rader} {'rad' if rader == 1 else 'rader'}")
