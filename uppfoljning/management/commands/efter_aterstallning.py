"""`efter_aterstallning`: the last step of a restore, run by the package `sakerhetskopia`."""

import json
import sys
from typing import Any

from django.utils import timezone

from grund.hinder import Hindrad
from grund.kommando import Kommando
from grund.text import antal_ord
from uppfoljning.aterstallning import Utfall, efter_aterstallning, granska


class Command(Kommando):
    help = "Avslutar en återställning: avslutar sessioner, tömmer kön och jämför summor och filer. Körs av aterstall."

    def handle(self, *args: Any, **options: Any) -> None:
        uppgifter = json.load(sys.stdin)
        prov = uppgifter.pop("prov", False)
        utfall = granska(uppgifter) if prov else efter_aterstallning(uppgifter=uppgifter, nu=timezone.localtime())
        self._visa(utfall)
        if utfall.fel:
            raise Hindrad(utfall.fel)
        self.stdout.write("Summor och filer är de som fanns när kopian togs.")

    def _visa(self, utfall: Utfall) -> None:
        for manad, belopp in utfall.manader.items():
            self.stdout.write(f"{manad}: {belopp} kr")
        for rad in utfall.avbrutet:
            self.stdout.write(rad)
        if utfall.forlorade:
            self.stdout.write(
                f"{antal_ord(utfall.forlorade, 'händelse', 'händelser')} efter den tiden finns inte längre."
            )
        if utfall.sessioner:
            self.stdout.write(f"{antal_ord(utfall.sessioner, 'inloggning', 'inloggningar')} avslutades.")
