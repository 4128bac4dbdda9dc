"""`manage.py skapa_anvandare NAMN --roll ROLL`: someone who may act in the system."""

from typing import Any

from django.core.management.base import CommandParser

from grund import klocka
from grund.actions import skapa_anvandare
from grund.behorighet import Roll
from grund.kommando import Kommando
from grund.losenord import GILTIGT, engangslosenord


class Command(Kommando):
    help = "Lägger upp en användare med en eller flera roller och skriver ut ett lösenord."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("namn", metavar="NAMN", help="användarnamn")
        parser.add_argument(
            "--roll",
            action="append",
            required=True,
            choices=Roll.values,
            metavar="ROLL",
            help=f"en av {', '.join(Roll.values)}; kan anges flera gånger",
        )
        parser.add_argument("--losenord", help="lösenord; annars skapas ett som byts vid första inloggningen")
        parser.add_argument("--fornamn", default="", help="förnamn, som sidor och dokument visar")
        parser.add_argument("--efternamn", default="", help="efternamn")

    def handle(self, *args: Any, **options: Any) -> None:
        losenord = options["losenord"] or engangslosenord()
        till = None if options["losenord"] else klocka.nu() + GILTIGT
        uppgifter = {falt: options[falt] for falt in ("namn", "fornamn", "efternamn")}
        ny = skapa_anvandare(**uppgifter, roller=options["roll"], losenord=losenord, losenord_till=till, av=None)
        roller = ", ".join(Roll(roll).label for roll in ny.roller)
        self.stdout.write(f"{ny.get_username()} är upplagd som {roller}. Lösenord: {losenord}")
