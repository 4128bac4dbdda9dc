"""What the clock does for the whole system."""

from celery import shared_task
from django.core.management import call_command

from grund import inskick, klocka
from grund.insyn import lagring


@shared_task
def stada() -> None:
    """Clear away what is used up: forms that no page can send again, and sessions that have ended."""
    inskick.glom()
    lagring.glom(nu=klocka.nu())
    call_command("clearsessions")
