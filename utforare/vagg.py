"""Whose rows a user who is nothing but a utförare's may meet in the database (grund.databas.utforarvagg)."""

from datetime import date

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
    rader = list(Enhet.objects.filter(utforare_id__in=mina).order_by("pk").values_list("utforare_id", "pk"))
    return Vems(vem.pk, rader[0][0], tuple(pk for _, pk in rader)) if rader else Vems(vem.pk)
