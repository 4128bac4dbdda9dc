"""What an utförare has to do with nivåbedömningar: the user's own drafts, and those sent back."""

from datetime import date

from django.urls import reverse

from beslut import nivaarenden
from beslut.attgora_niva import hos_bedomaren
from grund.attgora import Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from utforare import nivaer


def niva_grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Three queries. A draft of somebody who is no longer the user's is not to be done."""
    del alla
    if not har_ratt(vem.roller, Ratt.RAPPORTERA) or har_ratt(vem.roller, Ratt.HANDLAGGA):
        return []  # who is both finds them in the handläggare's group
    egna = list(nivaarenden.hos_mig(vem).filter(nivaer.hos(vem, idag)))
    return hos_bedomaren(egna, vem, idag, rymd="utforare", lista=reverse("utforare:niva_enheter")) if egna else []
