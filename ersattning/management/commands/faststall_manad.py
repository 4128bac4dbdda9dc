"""`manage.py faststall_manad 2026-05 --av NAMN`: settle a reviewed month for good."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from ersattning.actions import faststall_manad
from ersattning.filer.actions import bestall_filer
from ersattning.filer.vantan import vanta_pa_filer
from ersattning.queries import totalbelopp
from grund import klocka
from grund.kommando import Kommando, anvandare
from grund.pengar import kronor
from grund.text import antal_ord


class Command(Kommando):
    help = "Fastställer en granskad månad. Sedan ändras den aldrig; rättelser görs i nästa månads körning."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--av", required=True, metavar="NAMN", help="den som fastställer")
        parser.add_argument("--timeout", type=float, default=1800, help="längsta väntan på filerna i sekunder (1800)")
        parser.add_argument(
            "--utan-underlag", action="store_true", help="även om någon utförare inte har registrerat något"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        korning = faststall_manad(
            manad=options["manad"],
            av=anvandare(options["av"]),
            nu=klocka.nu(),
            utan_underlag=options["utan_underlag"],
        )
        self.stdout.write(f"{korning} är fastställd av {options['av']}: {kronor(totalbelopp(korning))}.")
        bestall_filer(korning=korning)
        antal = vanta_pa_filer(korning, timeout=options["timeout"], utskrift=self.stderr)
        self.stdout.write(f"{antal_ord(antal, 'fil', 'filer')} ligger i {settings.FILER_DIR / str(korning)}.")
