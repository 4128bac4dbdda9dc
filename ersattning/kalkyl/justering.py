"""R51: which körning carries a justering. Its amount is decided by persons; nothing of it is calculated."""

from grund.tid import Manad


def betalas_i(avser: Manad, senast: Manad | None) -> Manad:
    """The month whose körning carries it: its own, or the first open one when that is settled or passed.

    `senast` is the latest settled month.
    """
    return avser if senast is None or avser > senast else senast.plus(1)


def bars_av(avser: Manad, korning: Manad, senast: Manad | None) -> bool:
    """Whether the körning of that month carries it, if it is calculated now."""
    return betalas_i(avser, senast) == korning
