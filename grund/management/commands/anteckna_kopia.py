"""`anteckna_kopia`: what a backup came to, told as JSON on standard input by the package `sakerhetskopia`."""

import json
import sys
from collections.abc import Callable
from typing import Any

from grund import kopior
from grund.hinder import Hindrad
from grund.kommando import Kommando
from grund.models import Handelse

_GOR: dict[str, Callable[..., Handelse]] = {
    kopior.KOPIERAD: kopior.anteckna_kopierad,
    kopior.PROVAD: kopior.anteckna_provad,
    kopior.MISSLYCKADES: kopior.anteckna_misslyckad_kopiering,
}


class Command(Kommando):
    help = "Antecknar en säkerhetskopia bland händelserna. Körs av säkerhetskopieringen."

    def handle(self, *args: Any, **options: Any) -> None:
        uppgifter = json.load(sys.stdin)
        gor = _GOR.get(uppgifter.pop("handling", ""))
        if gor is None:
            raise Hindrad([f"Handlingen ska vara någon av {', '.join(_GOR)}."])
        gor(**uppgifter)
