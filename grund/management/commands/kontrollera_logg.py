"""`manage.py kontrollera_logg`: has anybody changed the logs in the database itself?"""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from grund import klocka
from grund.kedja import ankare
from grund.kedja.actions import anteckna_aterstallning
from grund.kedja.kontroll import BUNT, Utfall, kontrollera
from grund.kommando import Kommando, anvandare
from grund.personnummer import ser_ut_som_personnummer
from grund.text import antal_ord, tal


class Command(Kommando):
    help = "Kontrollerar att ingen har ändrat, tagit bort eller lagt in rader i händelserna och läsningarna."
    vid_avbrott = "Kontrollen avbröts. Ingenting är ändrat."

    def add_arguments(self, parser: CommandParser) -> None:
        hjalp = "databasen är återställd från en säkerhetskopia: anteckna det, och varför"
        parser.add_argument("--aterstalld", metavar="SKÄL", help=hjalp)
        parser.add_argument("--av", type=anvandare, metavar="ANVÄNDARE", help="vem som antecknar återställningen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["aterstalld"]:
            self._aterstalld(options)
        utfall = kontrollera(klocka.nu(), self._framsteg)
        for text in utfall.fel:
            self.stdout.write(f"– {text}")
        if utfall.antal_fel > len(utfall.fel):
            self.stdout.write(f"– … och {utfall.antal_fel - len(utfall.fel)} till.")
        self.stdout.write(_omfang(utfall))
        if utfall.antal_fel:
            msg = f"Loggen håller inte: {utfall.antal_fel} fel."
            raise CommandError(msg)
        ankare.lagg_ankare(klocka.nu(), genast=True)
        self.stdout.write(self.style.SUCCESS("Loggen är hel."))

    def _aterstalld(self, options: dict[str, Any]) -> None:
        if options["av"] is None:
            msg = "Ange vem som antecknar återställningen, med --av."
            raise CommandError(msg)
        if ser_ut_som_personnummer(options["aterstalld"]):
            msg = "Skälet har ett personnummer. Det blir kvar i händelserna: skriv det utan."
            raise CommandError(msg)
        anteckna_aterstallning(skal=options["aterstalld"], av=options["av"], nu=klocka.nu())
        self.stdout.write("Återställningen är antecknad i händelserna och bland ankarna.")

    def _framsteg(self, klara: int, alla: int) -> None:
        if alla > BUNT:
            self.stderr.write(f"{tal(klara)} av {tal(alla)} länkar är kontrollerade.")


def _omfang(utfall: Utfall) -> str:
    delar = [
        antal_ord(utfall.lankar, "länk", "länkar"),
        f"{tal(utfall.nya)} av dem nya",
        f"{tal(utfall.ankare)} ankare",
        antal_ord(utfall.gallrade, "gallrad rad", "gallrade rader"),
    ]
    return f"Kontrollerat: {', '.join(delar)}."
