"""That only the nämnd can decide, because the delegation is empty: a gruppchef is to know before a draft waits."""

from datetime import date

from django.urls import reverse

from beslut.models import Delegation
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:  # noqa: ARG001
    """One group, or none. One query."""
    if not har_ratt(vem.roller, Ratt.SKOTA_DELEGATION):
        return []
    if Delegation.objects.filter(period__contains=idag).exists():
        return []
    adress = reverse("beslut:delegation")
    uppgift = Uppgift(
        nar="Nu",
        vem="Delegation",
        adress=adress,
        vad="Vem som får fatta vilka beslut",
        lage="Ingen rad gäller i dag",
        nasta="Skriv in delegationen",
        nasta_adress=adress,
        sen=True,
    )
    ingress = "Utan delegation kan ingen underteckna beslut här: allt måste till nämnden (KL 6 kap. 37 §)."
    return [Uppgiftsgrupp("delegation", "Delegation saknas", "Delegation", ingress, [uppgift], 1, "saknas", sen=True)]
