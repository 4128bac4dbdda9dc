"""Waiting at a terminal for the files of a month."""

import time
from typing import Any

from tqdm import tqdm

from ersattning.filer import actions, queries
from ersattning.models import Korning
from grund.hinder import Hindrad
from grund.models import Handelse

TYST = 60.0  # seconds without a new file before the tasks are taken for lost and sent again
_PAUS = 0.2


def vanta_pa_filer(korning: Korning, *, timeout: float, utskrift: Any = None) -> int:
    """Wait until the ordered files are made and whole; gives how many. A bar shows it if `utskrift` is a terminal.

    Raises Hindrad when a file cannot be made, is not whole, or `timeout` seconds have passed.
    """
    vantade, efter = len(queries.vantade_filer(korning)), _senaste_handelse()
    slut = time.monotonic() + timeout
    with tqdm(total=vantade, desc="Filer", unit="fil", file=utskrift, disable=None) as stapel:
        klara, sedan = -1, time.monotonic()
        while (nu_klara := queries.antal_klara(korning)) < vantade:
            _krav_inget_fel(korning, efter)
            klara, sedan = _framsteg(korning, (klara, sedan), nu_klara, stapel)
            if time.monotonic() > slut:
                blev = f"{nu_klara} av {vantade} filer för {korning} blev klara på {timeout:.0f} sekunder."
                raise Hindrad([blev, f"Kontrollera att arbetarna går och kör: skapa_filer {korning}"])
            time.sleep(_PAUS)
        stapel.update(vantade - stapel.n)
    if skadade := actions.kontrollera_filer(korning):
        raise Hindrad(skadade)
    return vantade


def _framsteg(korning: Korning, forr: tuple[int, float], klara: int, stapel: Any) -> tuple[int, float]:
    """Move the bar; when nothing has happened for long, send again what may have been lost with the broker."""
    stapel.update(klara - stapel.n)
    if klara != forr[0]:
        return klara, time.monotonic()
    if time.monotonic() - forr[1] > TYST:
        actions.sand_saknade(korning=korning)
        return klara, time.monotonic()
    return forr


def _senaste_handelse() -> int:
    return Handelse.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _krav_inget_fel(korning: Korning, efter: int) -> None:
    misslyckade = Handelse.objects.filter(
        pk__gt=efter, handling=actions.MISSLYCKAD, objekt=f"korning:{korning}", data__omgang=korning.omgang
    )
    if texter := list(misslyckade.values_list("text", flat=True)):
        raise Hindrad(list(dict.fromkeys(texter)))
