"""What gallring must do before it takes away the content of a sealed row, so that the chain can still be counted."""

from collections.abc import Sequence

from django.db import connection

from grund.kedja.loggar import Logg
from grund.models import Handelse

GALLRA_PERSON = "gallra_person"  # the event that a row's content may have gone by


def anteckna_gallrade(*, logg: Logg, rader: Sequence[int], handelse: Handelse) -> int:
    """Keep the SHA-256 of each row as it is now, in the transaction that is about to change or remove it; `handelse`
    tells of the gallring (GALLRA_PERSON). Rows that have no link yet need none: they are sealed as they become. As the
    owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO grund_gallradloggrad (logg, rad, avtryck, handelse_id)"
            f" SELECT %(logg)s, t.id, sha256(convert_to({logg.tabell}_form(t), 'UTF8')), %(handelse)s"
            f" FROM {logg.tabell} t JOIN grund_logglank l ON l.logg = %(logg)s AND l.rad = t.id"
            " WHERE t.id = ANY(%(rader)s) ON CONFLICT DO NOTHING",
            {"logg": logg.kod, "handelse": handelse.pk, "rader": list(rader)},
        )
        return int(cursor.rowcount)
