"""Which enheter a user reports for."""

from collections.abc import Collection

from django.db import transaction

from grund.behorighet import Ratt, har_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from utforare.models import Enhet, Tillhorighet


def satt_enheter(*, anvandare: Anvandare, enheter: Collection[Enhet], av: Anvandare | None) -> None:
    """Let `anvandare` report for exactly these enheter. Hindrad when it is no utförare, or they are of several."""
    if hinder := hinder_for_enheter(anvandare, enheter):
        raise Hindrad(hinder)
    with transaction.atomic():
        Anvandare.objects.select_for_update(no_key=True).get(pk=anvandare.pk)
        har = set(Tillhorighet.objects.filter(anvandare=anvandare).values_list("enhet_id", flat=True))
        ska = {enhet.pk for enhet in enheter}
        if har == ska:
            return
        Tillhorighet.objects.filter(anvandare=anvandare).exclude(enhet__in=ska).delete()
        Tillhorighet.objects.bulk_create(
            Tillhorighet(anvandare=anvandare, enhet=enhet, utforare_id=enhet.utforare_id)
            for enhet in enheter
            if enhet.pk not in har
        )
        namn = ", ".join(sorted(enhet.namn for enhet in enheter)) or "ingen enhet"
        objekt = f"anvandare:{anvandare.username}"
        skriv_handelse(av=av, handling="satt_enheter", objekt=objekt, text=f"{anvandare} rapporterar för {namn}.")


def hinder_for_enheter(anvandare: Anvandare, enheter: Collection[Enhet]) -> list[str]:
    """Why the user may not report for these enheter."""
    hinder = []
    if enheter and not har_ratt(anvandare.roller, Ratt.RAPPORTERA):
        hinder.append(f"{anvandare} har inte rollen utförare.")
    if len({enhet.utforare_id for enhet in enheter}) > 1:
        hinder.append("Enheterna hör till olika utförare. En användare rapporterar för en utförare.")
    return hinder
