"""A check that many files share: rows that are alike may not hold on the same day."""

from grund.datapaket.beskrivning import Kontroll


def utan_overlapp(fil: str, *, lika: tuple[str, ...], namn: str, mening: str) -> Kontroll:
    """Rows alike in `lika` may not overlap in `[fran, till)`, as they will stand after the package.

    Each row is compared with the one before it that reaches furthest: sorted once, never every row with every other.
    `namn` is SQL for what to call a row (e), `mening` the sentence before the other row's name.
    """
    andra = f"""lpad(coalesce(e.rad, 0)::text, 10, '0') || {namn} || ', ' || e.fran || '–'
                || coalesce((e.till - 1)::text, 'tills vidare')
                || CASE WHEN e.rad IS NULL THEN ' (redan inläst)' ELSE ' (rad ' || e.rad || ')' END"""
    return Kontroll(f"""
        WITH alla AS (
            SELECT e.rad, e.fran, {andra} AS denna,
                   max((coalesce(e.till, '9999-12-31')::text || {andra}) COLLATE "C") OVER (
                       PARTITION BY {", ".join(f"e.{kolumn}" for kolumn in lika)} ORDER BY e.fran, e.rad NULLS FIRST
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS forra
              FROM efter_{fil} e WHERE e.till IS NULL OR e.till > e.fran
        ), krockar AS (
            SELECT rad, denna, substr(forra, 11) AS andra FROM alla WHERE left(forra, 10) > fran::text
        )
        SELECT coalesce(rad, nullif(left(andra, 10)::int, 0)), 'fran',
               '{mening} ' || CASE WHEN rad IS NULL THEN substr(denna, 11) ELSE substr(andra, 11) END || '.'
          FROM krockar WHERE rad IS NOT NULL OR left(andra, 10)::int > 0
    """)
