"""`manage.py arsrapporter 2025 [--till MAPP]`: a year's reports as PDF and Excel, made by the workers."""

import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from grund import klocka
from grund.hinder import Hindrad
from uppfoljning.arssats.bestallning import bestall_arsrapporter
from uppfoljning.models import Arssats

_LANGST = 3600  # seconds that it waits for the workers


class Command(BaseCommand):
    help = "Gör alla rapporter för ett år som PDF och Excel. Arbetarna gör dem; kommandot väntar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ar", type=int, metavar="AAAA")
        parser.add_argument("--till", type=Path, metavar="MAPP", help="kopiera filerna dit när de är klara")

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        try:
            sats = bestall_arsrapporter(ar=options["ar"], av=None, idag=klocka.idag(), nu=klocka.nu())
        except Hindrad as hinder:
            raise CommandError(" ".join(hinder.orsaker)) from hinder
        self._vanta(sats, start)
        felade = [str(fil) for fil in sats.filer.exclude(fel="")]
        if options["till"]:
            self._kopiera(sats, options["till"])
        klara = sats.filer.exclude(klar=None).count()
        self.stdout.write(f"{klara} filer på {time.monotonic() - start:.0f} sekunder.")
        if felade:
            msg = f"De här gick inte att göra: {', '.join(felade)}."
            raise CommandError(msg)

    def _vanta(self, sats: Arssats, start: float) -> None:
        while sats.filer.filter(klar=None, fel="").exists():
            if time.monotonic() - start > _LANGST:
                msg = "Arbetarna svarar inte. Kontrollera att de är i gång."
                raise CommandError(msg)
            time.sleep(0.5)

    def _kopiera(self, sats: Arssats, mapp: Path) -> None:
        mapp.mkdir(parents=True, exist_ok=True)
        for fil in sats.filer.exclude(klar=None):
            shutil.copy2(Path(settings.FILER_DIR) / fil.sokvag, mapp)
