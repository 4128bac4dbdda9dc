"""What the reports are counted from beyond the data packages: made by a module for each report."""

from datetime import timedelta

from demokommun import enkater, ivorapporter, kolada, leveranser
from grund.tid import Manad


def lagg_upp_rapporter(sista: Manad) -> None:
    """All of it, once. `sista` is the last settled month; the demo's today is its last day and two."""
    idag = sista.till + timedelta(days=2)
    ivorapporter.lagg_upp(idag)
    leveranser.lagg_upp(idag)
    enkater.lagg_upp(idag)
    kolada.lagg_upp(idag)
