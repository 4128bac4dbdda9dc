"""`kontrollera_arkiv MAPP`: is a package for the archive whole?"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from grund import klocka
from grund.kommando import Kommando, anvandare
from grund.text import antal_ord
from uppfoljning.arkivexport.actions import notera_kontroll


class Command(Kommando):
    help = "Kontrollerar en arkivexport: kontrollsummor, antal rader och att all XML följer sitt schema."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mapp", type=Path, help="mappen som exportera_arkiv skrev")
        parser.add_argument("--av", metavar="NAMN", help="användarnamnet på den som kontrollerar")

    def handle(self, *args: Any, mapp: Path, av: str | None, **options: Any) -> None:
        export = notera_kontroll(mapp=mapp.absolute(), av=anvandare(av) if av else None, nu=klocka.nu())
        if export is None:
            self.stdout.write(f"Paketet i {mapp} är helt, men är inte gjort i den här databasen.")
            return
        filer = antal_ord(export.antal_filer, "fil", "filer")
        self.stdout.write(f"Arkivexport {export} är hel: {filer}, {antal_ord(export.antal_rader, 'rad', 'rader')}.")
