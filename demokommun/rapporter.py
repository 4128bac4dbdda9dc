"""What the reports are counted from beyond the data packages: made by a module for each report."""

from datetime import timedelta

from demokommun import (
    avtalsuppfoljning,
    bemanning,
    besokspersonal,
    bokslut,
    enkater,
    handlingsplaner,
    ivorapporter,
    kolada,
    kontroller,
    leveranser,
    planering,
    uppfoljningar,
)
from grund.tid import Manad


def lagg_upp_rapporter(sista: Manad) -> None:
    """All of it, once. `sista` is the last settled month; the demo's today is its last day and two."""
    idag = sista.till + timedelta(days=2)
    kontroller.plantera(sista)  # before what is delivered: it is of months that have been
    ivorapporter.lagg_upp(idag)
    uppfoljningar.lagg_upp(idag)
    handlingsplaner.lagg_upp(idag)
    besokspersonal.lagg_upp(sista)
    bokslut.lagg_upp_bokslut(sista)
    planering.lagg_upp_planering(sista)
    bemanning.lagg_upp_bemanning(sista)
    avtalsuppfoljning.lagg_upp_avtalsuppfoljning(sista)
    leveranser.lagg_upp(idag)
    enkater.lagg_upp(idag)
    kolada.lagg_upp(idag)
    kontroller.lagg_upp_kontroller(sista)  # last: it looks at all that is there
