"""What the clock does for uppföljning. Safe to run twice."""

from celery import shared_task

from ersattning.uppgift import Uppgift
from grund import klocka
from uppfoljning.kontroll.korning import kontrollera


@shared_task(base=Uppgift)
def natt() -> None:
    """Look for wrong data, and for what is worth a look."""
    kontrollera(idag=klocka.idag(), nu=klocka.nu())
