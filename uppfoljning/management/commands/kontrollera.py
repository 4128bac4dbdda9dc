"""`kontrollera`: look for wrong data and signals now, as every night."""

from typing import Any

from django.core.management.base import CommandParser

from grund import klocka
from grund.kommando import Kommando, anvandare
from uppfoljning.kontroll.korning import kontrollera


class Command(Kommando):
    help = "Letar efter fel i data och efter sådant som är värt att titta på, som varje natt."
    vid_avbrott = "Kontrollen avbröts. Fynden är som de var."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--av", type=anvandare, metavar="NAMN", help="användarnamnet på den som kör")

    def handle(self, *args: Any, **options: Any) -> None:
        kontroll = kontrollera(idag=klocka.idag(), nu=klocka.nu(), av=options["av"])
        sekunder = f"{kontroll.millisekunder / 1000:.1f}".replace(".", ",")
        self.stdout.write(
            f"Nya {kontroll.nya}, stängda {kontroll.stangda}, öppna {kontroll.oppna}. Det tog {sekunder} s."
        )
