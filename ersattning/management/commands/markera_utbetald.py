"""`manage.py markera_utbetald 2026-05 --av NAMN`: note that a settled month is paid."""

from typing import Any

from django.core.management.base import CommandParser

from ersattning.utbetald import markera_utbetald
from grund import klocka
from grund.kommando import Kommando, anvandare


class Command(Kommando):
    help = "Markerar en fastställd månad som utbetald. Görs av någon annan än den som fastställde den."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--av", required=True, metavar="NAMN", help="den som vet att månaden är utbetald")

    def handle(self, *args: Any, **options: Any) -> None:
        korning = markera_utbetald(manad=options["manad"], av=anvandare(options["av"]), nu=klocka.nu())
        self.stdout.write(f"{korning} är markerad som utbetald av {options['av']}.")
