"""The last step of a month: a person says that it is paid. Nothing of what is settled changes by it."""

from datetime import datetime

from django.db import transaction

from ersattning import queries
from ersattning.models import Korning
from ersattning.regler import Status
from ersattning.utbetalning import hinder_for_utbetald
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import Manad


def markera_utbetald(*, manad: Manad, av: Anvandare, nu: datetime) -> Korning:
    """Note that the month is paid, by someone else than who settled it. It cannot be taken back. Raises Hindrad."""
    with transaction.atomic():
        korning = Korning.objects.select_for_update().filter(manad=manad.fran).first()
        if korning is None:
            raise Hindrad([f"{manad} är inte körd."])
        if hinder := hinder_for_utbetald(korning, av):
            raise Hindrad(hinder)
        korning.status, korning.utbetald, korning.utbetald_av = Status.UTBETALD, nu, av
        korning.save(update_fields=["status", "utbetald", "utbetald_av"])
        skriv_handelse(
            av=av,
            handling="markera_utbetald",
            objekt=f"korning:{manad}",
            text=f"{av.get_username()} markerade {manad} som utbetald.",
            belopp=str(queries.totalbelopp(korning)),
        )
    return korning
