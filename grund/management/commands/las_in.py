"""`las_in PAKET`: take in a datapaket, all of it or nothing."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from grund.datapaket.actions import las_in
from grund.datapaket.fel import VISAS, Felsamling, PaketFel
from grund.datapaket.lagring import Utfall
from grund.kommando import Kommando, anvandare


class Command(Kommando):
    vid_avbrott = "Inläsningen avbröts. Ingenting är inläst."
    help = "Läser in ett datapaket: en mapp med CSV-filer, en .zip av den, eller en .xlsx. Allt eller inget."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paket", type=Path, help="mapp, .zip eller .xlsx")
        parser.add_argument("--av", metavar="NAMN", help="användarnamnet på den som läser in")

    def handle(self, *args: Any, paket: Path, av: str | None, **options: Any) -> None:
        try:
            utfall = las_in(paket, av=anvandare(av) if av else None, vid_vantan=self._vantar)
        except PaketFel as fel:
            self._visa_fel(fel.fel)
            sys.exit(1)
        self._visa(utfall)

    def _vantar(self) -> None:
        self.stderr.write("En annan inläsning pågår. Väntar tills den är klar …")

    def _visa_fel(self, fel: Felsamling) -> None:
        for ett in fel:
            self.stderr.write(str(ett))
        fler = f" De första {VISAS} visas." if fel.antal > VISAS else ""
        self.stderr.write(f"Paketet har {fel.antal} fel. Ingenting är inläst.{fler}")

    def _visa(self, utfall: dict[str, Utfall]) -> None:
        self.stdout.write(f"{'fil':18}{'nya':>11}{'ändrade':>11}{'oförändrade':>13}{'borttagna':>11}")
        for namn, ett in utfall.items():
            self.stdout.write(f"{namn:18}{ett.nya:>11}{ett.andrade:>11}{ett.oforandrade:>13}{ett.borttagna:>11}")
        if not any(ett.andrar for ett in utfall.values()):
            self.stdout.write("Allt fanns redan. Ingenting ändrades.")
