"""`manage.py skapa_filer 2026-05`: the files of a month; `--kontrollera` compares them with what was made."""

from typing import Any

from django.core.management.base import CommandParser

from ersattning.filer import actions, queries
from ersattning.filer.vantan import vanta_pa_filer
from ersattning.models import Korning
from grund.hinder import Hindrad
from grund.kommando import Kommando
from grund.text import antal_ord
from grund.tid import Manad


class Command(Kommando):
    help = "Gör de filer för en månad som saknas, eller kontrollerar dem som finns."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--kontrollera", action="store_true", help="jämför filerna med deras SHA-256, gör inga")
        parser.add_argument("--direkt", action="store_true", help="gör filerna här i stället för hos arbetarna")
        parser.add_argument("--timeout", type=float, default=1800, help="längsta väntan i sekunder (1800)")

    def handle(self, *args: Any, **options: Any) -> None:
        korning = self._korning(options["manad"])
        if options["kontrollera"]:
            self._kontrollera(korning)
        else:
            self._skapa(korning, direkt=options["direkt"], timeout=options["timeout"])

    def _korning(self, manad: Manad) -> Korning:
        korning = Korning.objects.select_related("faststalld_av").filter(manad=manad.fran).first()
        if korning is None:
            raise Hindrad([f"{manad} är inte körd. Kör månaden först: kor_manad {manad}."])
        return korning

    def _kontrollera(self, korning: Korning) -> None:
        fel = actions.kontrollera_filer(korning)
        saknade = len(queries.saknade_filer(korning)) if korning.ar_fast else 0
        if saknade:
            antal = antal_ord(saknade, "fil är inte gjord", "filer är inte gjorda")
            fel.append(f"{antal} än. Gör klart med: skapa_filer {korning}")
        if fel:
            raise Hindrad(fel)
        self.stdout.write(f"{korning}: {antal_ord(queries.antal_klara(korning), 'fil', 'filer')}, alla som de gjordes.")

    def _skapa(self, korning: Korning, *, direkt: bool, timeout: float) -> None:
        if direkt:
            antal = actions.skapa_filer_direkt(korning=korning)
        else:
            actions.bestall_filer(korning=korning)
            antal = vanta_pa_filer(korning, timeout=timeout, utskrift=self.stderr)
        en, flera = ("fil", "filer") if korning.ar_fast else ("preliminär fil", "preliminära filer")
        self.stdout.write(f"{korning}: {antal_ord(antal, en, flera)}.")
