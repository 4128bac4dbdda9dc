"""What the clock does for the whole system."""

from celery import shared_task
from django.core.management import call_command

from grund import inskick, klocka
from grund.insyn import lagring
from grund.kedja import ankare
from grund.kedja.actions import kontrollera_i_natt
from grund.kedja.forsegling import forsegla


@shared_task
def stada() -> None:
    """Clear away what is used up: forms that no page can send again, and sessions that have ended."""
    inskick.glom()
    lagring.glom(nu=klocka.nu())
    call_command("clearsessions")


@shared_task
def forsegla_loggen() -> None:
    """Seal what has come to the logs, and write down now and then where the chain is (grund.kedja)."""
    forsegla(klocka.nu())
    ankare.lagg_ankare(klocka.nu())


@shared_task
def kontrollera_loggen() -> None:
    """At night: has anybody changed the logs in the database itself?"""
    kontrollera_i_natt(nu=klocka.nu())
