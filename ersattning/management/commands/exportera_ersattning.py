"""`manage.py exportera_ersattning 2026-05 mapp`: ersattning.csv and avvikelser.csv of a month."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ersattning.filer.export import exportera
from grund.disken import ar_full
from grund.kommando import Kommando
from grund.text import antal_ord


class Command(Kommando):
    help = "Skriver ersattning.csv och avvikelser.csv för en körd månad."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("mapp", type=Path, metavar="MAPP", help="dit filerna skrivs; skapas om den saknas")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            antal = exportera(options["manad"], options["mapp"])
        except OSError as fel:
            varfor = "disken är full" if ar_full(fel) else fel.strerror
            raise CommandError(f"Det går inte att skriva i {options['mapp']}: {varfor}.") from fel
        for namn, rader in antal.items():
            self.stdout.write(f"{options['mapp'] / namn}: {antal_ord(rader, 'rad', 'rader')}")
