"""`larm`: what is wrong, for cron and for monitoring. Exit code 1 when something is."""

import sys
from typing import Any

from grund import klocka
from grund.kommando import Kommando
from uppfoljning.driften import regler, visning
from uppfoljning.driften.lage import lage


class Command(Kommando):
    help = "Säger vad som är fel med driften, ett larm per rad. Slutar med 1 när något är det, annars 0."

    def handle(self, *args: Any, **options: Any) -> None:
        larm = regler.larm(lage(klocka.nu()))
        for ett in larm:
            sedan = f" Sedan {visning.sedan(ett)}." if ett.sedan else ""
            self.stdout.write(f"{ett.kod}: {ett.mening}{sedan} {ett.gor}")
        if larm:
            sys.exit(1)
        self.stdout.write("Inga larm.")
