"""`manage.py databasroller`: make the database's roles, rights and policies what they are to be."""

from typing import Any

from grund.databas import roller
from grund.kommando import Kommando
from grund.text import antal_ord


class Command(Kommando):
    help = "Ordnar databasens roller, rättigheter och radskydd. Körs som ägaren; migrate gör samma sak efter sig."

    def handle(self, *args: Any, **options: Any) -> None:
        utfall = roller.ordna()
        for rad in utfall.gjort:
            self.stdout.write(rad)
        for brist in utfall.brister:
            self.stdout.write(self.style.WARNING(brist))
        antal = antal_ord(len(utfall.gjort), "ändring", "ändringar")
        self.stdout.write(f"{antal} gjordes." if utfall.gjort else "Allt var redan som det ska vara.")
