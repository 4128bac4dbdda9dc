"""What a systemförvaltare does about what has gone wrong."""

from datetime import datetime

from django.db import transaction

from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.insyn.modeller import Uppgiftsfel
from grund.models import Anvandare

MINSTA, LANGSTA = 5, 500


def hinder_for_kvittering(felet: Uppgiftsfel) -> list[str]:
    """Why the failed task may not be acknowledged; empty when it may."""
    if felet.kvitterad:
        return ["Felet är redan kvitterat."]
    if felet.lost:
        return ["Uppgiften har lyckats sedan dess. Felet behöver ingen kvittering."]
    return []


def kvittera(*, felet: Uppgiftsfel, anteckning: str, av: Anvandare, nu: datetime) -> None:
    """Note that `av` has seen to it, and how. The same fault again is a new one."""
    with transaction.atomic():
        last = Uppgiftsfel.objects.select_for_update(no_key=True).get(pk=felet.pk)
        if hinder := hinder_for_kvittering(last):
            raise Hindrad(hinder)
        if len(anteckning.strip()) < MINSTA:
            raise Hindrad(["Skriv vad du har gjort åt felet."])
        Uppgiftsfel.objects.filter(pk=last.pk).update(kvitterad=nu, kvitterad_av=av, anteckning=anteckning.strip())
        skriv_handelse(
            av=av,
            handling="kvittera_uppgiftsfel",
            objekt=f"uppgiftsfel:{last.pk}",
            text=f"Den misslyckade uppgiften {last.namn} kvitterades.",
            antal=last.antal,
        )
