"""`manage.py granska_manad 2026-05 --av NAMN`: mark a calculated month as reviewed."""

from typing import Any

from django.core.management.base import CommandParser

from ersattning.actions import granska_manad
from grund import klocka
from grund.kommando import Kommando, anvandare


class Command(Kommando):
    help = "Markerar en beräknad månad som granskad."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--av", required=True, metavar="NAMN", help="den som granskar")
        parser.add_argument(
            "--utan-underlag", action="store_true", help="även om någon utförare inte har registrerat något"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        granska_manad(
            manad=options["manad"],
            av=anvandare(options["av"]),
            nu=klocka.nu(),
            utan_underlag=options["utan_underlag"],
        )
        self.stdout.write(f"{options['manad']} är granskad av {options['av']}.")
