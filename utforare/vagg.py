"""Whose rows a user who is nothing but a utförare's may meet in the database (grund.databas.utforarvagg)."""

from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg

from grund.behorighet import Roll
from grund.databas.utforarvagg import Vems
from grund.models import Anvandare
from utforare.models import Enhet
from utforare.tillgang import tillhor


def galler(vem: Anvandare) -> bool:
    """Somebody who is also, say, a handläggare reads what a handläggare reads: no wall can tell the two apart."""
    return set(vem.roller) <= {Roll.UTFORARE}


def vems(vem: Anvandare, idag: date) -> Vems:
    """All the enheter of the utförare that the user belongs to on the day. One query."""
    mina = Enhet.objects.filter(tillhor(vem, idag)).values("utforare_id")
    rad = (
        Enhet.objects.filter(utforare_id__in=mina)
        .values("utforare_id")
        .annotate(enheter=ArrayAgg("pk", order_by="pk"))
        .first()
    )
    return Vems(vem.pk, rad["utforare_id"], tuple(rad["enheter"])) if rad else Vems(vem.pk)
