"""After a registration: the findings of those it was about are looked at anew, so that they can be read at once."""

import logging

from grund import klocka
from grund.models import Andring
from uppfoljning.kontroll.korning import kontrollera_personer

FLEST = 100  # persons of one registration; more than that is left for the night
_logg = logging.getLogger(__name__)


def registrerat(handelse: int) -> None:
    """Look at the persons of a registration that has been stored. What fails here is done in the night instead."""
    personer = Andring.objects.filter(handelse=handelse, slag=Andring.Slag.PERSON).values_list("objekt_id", flat=True)
    valda = list(personer.order_by("objekt_id").distinct()[: FLEST + 1])
    if 0 < len(valda) <= FLEST and not kontrollera_personer(personer=valda, idag=klocka.idag()):
        _logg.info("Nattens kontroll pågår. Händelse %s kontrolleras nästa natt.", handelse)
