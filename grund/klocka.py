"""The clock, read at the edge only (views, commands, tasks): what lies below takes the day or the moment."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from grund.tid import STOCKHOLM, lokal_dag


def nu() -> datetime:
    """This moment. In development it may be moved to a day that the made-up data is about (settings.IDAG)."""
    verklig = timezone.now()
    if settings.IDAG is None:
        return verklig
    return datetime.combine(settings.IDAG, verklig.astimezone(STOCKHOLM).time(), STOCKHOLM)


def idag() -> date:
    """The Swedish calendar day."""
    return lokal_dag(nu())
