"""Who writes an enhet's reports waits for whoever else does, so that what one sees is what one changes."""

from django.db import connection

from utforare.models import Enhet

_LAS = 4_711  # first key of the pair; the second is the enhet


def las_enhet(enhet: Enhet) -> None:
    """Hold the enhet's reports to the end of the transaction. Never taken while holding another's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LAS, enhet.pk % 2**31])
