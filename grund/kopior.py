"""What is written down of backups: when the last whole one was taken, and when one was last tried.

The backups themselves are taken by the package `sakerhetskopia`, which needs neither Django nor a database that works.
"""

from datetime import datetime
from typing import Any

from django.db.models import Max

from grund.handelser import skriv_handelse
from grund.models import Handelse

OBJEKT = "sakerhetskopia:alla"
KOPIERAD, PROVAD, MISSLYCKADES = "sakerhetskopierad", "aterstallning_provad", "sakerhetskopiering_misslyckades"


def anteckna_kopierad(*, namn: str, tid: str, **data: Any) -> Handelse:
    """A whole copy was taken and stored."""
    text = f"Säkerhetskopian {namn} togs."
    return skriv_handelse(av=None, handling=KOPIERAD, objekt=OBJEKT, text=text, namn=namn, tid=tid, **data)


def anteckna_provad(*, namn: str, **data: Any) -> Handelse:
    """A copy was laid in a place of its own, and what was in it was what should be."""
    text = f"Återställning av säkerhetskopian {namn} provades och stämde."
    return skriv_handelse(av=None, handling=PROVAD, objekt=OBJEKT, text=text, namn=namn, **data)


def anteckna_misslyckad_kopiering(*, orsak: str, **data: Any) -> Handelse:
    """No copy was taken."""
    text = f"Säkerhetskopieringen misslyckades: {orsak}"
    return skriv_handelse(av=None, handling=MISSLYCKADES, objekt=OBJEKT, text=text, **data)


def senast() -> dict[str, datetime]:
    """When a copy was last taken, tried, and not taken: how old the last copy is, for alarms."""
    rader = Handelse.objects.filter(objekt=OBJEKT, handling__in=(KOPIERAD, PROVAD, MISSLYCKADES))
    return dict(rader.values_list("handling").annotate(senast=Max("tidpunkt")).order_by())
