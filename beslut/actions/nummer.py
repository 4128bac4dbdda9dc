"""Numbers that people read: `LSS-2026-0107`, `P-2026-0012`. One series a year; a number is never given twice."""

from collections.abc import Callable

from django.db import connection

from grund.datapaket.actions import INLASNINGSLAS


def nasta_nummer(*, prefix: str, ar: int, tagen: Callable[[str], bool] = lambda _: False) -> str:
    """The next number of the series that is not `tagen`. In a transaction, which waits for others of the series."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO beslut_serie AS s (prefix, ar, sist) VALUES (%s, %s, 1)"
                " ON CONFLICT (prefix, ar) DO UPDATE SET sist = s.sist + 1 RETURNING sist",
                [prefix, ar],
            )
            (sist,) = cursor.fetchone() or (0,)
        nummer = f"{prefix}-{ar}-{sist:04}"
        if not tagen(nummer):
            return nummer


def vanta_pa_inlasning() -> None:
    """Let no package in until the transaction ends: a key that is free now must be free when it is registered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INLASNINGSLAS])
