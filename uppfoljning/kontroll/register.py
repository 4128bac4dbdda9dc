"""The rules that there are, by key, in the order in which people read them."""

from collections.abc import Mapping

from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.regler_beslut import REGLER_BESLUT
from uppfoljning.kontroll.regler_statistik import REGLER_STATISTIK
from uppfoljning.kontroll.regler_utfort import REGLER_UTFORT
from uppfoljning.kontroll.signaler import SIGNALER
from uppfoljning.kontroll.typer import Grans, Regel

_ALLA = (*REGLER_BESLUT, *REGLER_UTFORT, *REGLER_STATISTIK, *SIGNALER)
REGLER: Mapping[str, Regel] = {ett.nyckel: ett for ett in _ALLA}
GRANSER: Mapping[str, Grans] = {grans.nyckel: grans for regel in REGLER.values() for grans in regel.granser}


def regler(omrade: Omrade) -> list[Regel]:
    """Those of one kind."""
    return [ett for ett in REGLER.values() if ett.omrade == omrade]
