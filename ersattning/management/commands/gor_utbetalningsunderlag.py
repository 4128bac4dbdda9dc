"""`manage.py gor_utbetalningsunderlag 2026-05 --av NAMN`: the files for payment and bookkeeping of a settled month."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from ersattning.filer.utbetalning import gor_utbetalningsfiler
from grund.kommando import Kommando, anvandare


class Command(Kommando):
    help = "Gör bokföringsorder och förväntade fakturor för en fastställd månad, som SIE 4I och CSV. De görs en gång."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--av", required=True, metavar="NAMN", help="den som gör underlaget")

    def handle(self, *args: Any, **options: Any) -> None:
        for fil in gor_utbetalningsfiler(manad=options["manad"], av=anvandare(options["av"])):
            self.stdout.write(f"{settings.FILER_DIR / fil.sokvag}: {fil.get_slag_display()}, SHA-256 {fil.sha256}")
