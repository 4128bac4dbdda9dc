"""`manage.py databasroller`: make the database's roles, rights and policies what they are to be."""

from typing import Any

from django.db import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from grund.databas import roller
from grund.hinder import Hindrad
from grund.kommando import Kommando
from grund.text import antal_ord

EJ_AGARE = "Programmets egen databasroll får inte ändra roller. Kör databasroller som databasens ägare, som migrate."


class Command(Kommando):
    help = "Ordnar databasens roller, rättigheter och radskydd. Körs som ägaren; migrate gör samma sak efter sig."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            utfall = roller.ordna()
        except ProgrammingError as fel:
            if not isinstance(fel.__cause__, InsufficientPrivilege):
                raise
            raise Hindrad([EJ_AGARE]) from fel
        for rad in utfall.gjort:
            self.stdout.write(rad)
        for brist in utfall.brister:
            self.stdout.write(self.style.WARNING(brist))
        antal = antal_ord(len(utfall.gjort), "ändring", "ändringar")
        self.stdout.write(f"{antal} gjordes." if utfall.gjort else "Allt var redan som det ska vara.")
