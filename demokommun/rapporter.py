"""What the reports are counted from beyond the data packages: made by a module for each report."""

from datetime import timedelta

from demokommun import handlingsplaner, ivorapporter, uppfoljningar
from grund.tid import Manad


def lagg_upp_rapporter(sista: Manad) -> None:
    """All of it, once. `sista` is the last settled month; the demo's today is its last day and two."""
    idag = sista.till + timedelta(days=2)
    ivorapporter.lagg_upp(idag)
    uppfoljningar.lagg_upp(idag)
    handlingsplaner.lagg_upp(idag)
