"""What reports leave to the workers. Each may run twice with the same end."""

from celery import shared_task

from ersattning.uppgift import AVBROTT, Uppgift
from grund import klocka
from uppfoljning.arssats import bestallning
from uppfoljning.kontroll.korning import kontrollera
from uppfoljning.rapport.svar import rakna_forvalda
from uppfoljning.rapporter.register import RAPPORTER


@shared_task(base=Uppgift)
def rakna_rapporter() -> None:
    """At night: one task for each report, so that they are shared out and one that fails leaves the others."""
    for nyckel in RAPPORTER:
        rakna_rapport.delay(nyckel)


@shared_task(base=Uppgift)
def rakna_rapport(nyckel: str) -> None:
    """The report as it opens, for each kind of reader."""
    rakna_forvalda(RAPPORTER[nyckel], klocka.idag(), klocka.nu())


@shared_task(base=Uppgift)
def gor_arsfil(arsfil_id: int) -> None:
    """One of a year's reports, as one file."""
    try:
        bestallning.gor_arsfil(arsfil_id=arsfil_id, nu=klocka.nu())
    except AVBROTT:
        raise
    except Exception as fel:
        bestallning.anteckna_fel(arsfil_id=arsfil_id, fel=fel)
        raise


@shared_task(base=Uppgift)
def sand_borttappade() -> None:
    """Send again for files that were lost with the broker."""
    bestallning.sand_borttappade(nu=klocka.nu())


@shared_task(base=Uppgift)
def natt() -> None:
    """Look for wrong data, and for what is worth a look."""
    kontrollera(idag=klocka.idag(), nu=klocka.nu())
