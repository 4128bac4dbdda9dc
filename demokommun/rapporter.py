"""What the reports are counted from beyond the data packages: made by a module for each report."""

from datetime import timedelta

from demokommun import handlingsplaner, ivorapporter, uppfoljningar
from demokommun import besokspersonal, ivorapporter
from demokommun import ivorapporter
from demokommun.kontroller import lagg_upp_kontroller
from demokommun.bokslut import lagg_upp_bokslut
from demokommun.planering import lagg_upp_planering
from demokommun.avtalsuppfoljning import lagg_upp_avtalsuppfoljning
from demokommun.bemanning import lagg_upp_bemanning
from demokommun import enkater, ivorapporter, kolada, leveranser
from grund.tid import Manad


def lagg_upp_rapporter(sista: Manad) -> None:
    """All of it, once. `sista` is the last settled month; the demo's today is its last day and two."""
    idag = sista.till + timedelta(days=2)
    ivorapporter.lagg_upp(idag)
    uppfoljningar.lagg_upp(idag)
    handlingsplaner.lagg_upp(idag)
    besokspersonal.lagg_upp(sista)
    lagg_upp_kontroller(sista)  # last: it looks at all that is there
    lagg_upp_bokslut(sista)
    lagg_upp_planering(sista)
    lagg_upp_bemanning(sista)
    lagg_upp_avtalsuppfoljning(sista)
    leveranser.lagg_upp(idag)
    enkater.lagg_upp(idag)
    kolada.lagg_upp(idag)
