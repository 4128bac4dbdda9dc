"""The rules that there are, by key, in the order in which people read them."""

from collections.abc import Mapping

from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.regler_beslut import REGLER_BESLUT
from uppfoljning.kontroll.regler_uppgifter import REGLER_UPPGIFTER, SIGNALER_UPPGIFTER
from uppfoljning.kontroll.regler_utfort import REGLER_UTFORT
from uppfoljning.kontroll.signaler import SIGNALER
from uppfoljning.kontroll.typer import Grans, Regel

REGLER: Mapping[str, Regel] = {
    ett.nyckel: ett for ett in (*REGLER_BESLUT, *REGLER_UTFORT, *REGLER_UPPGIFTER, *SIGNALER, *SIGNALER_UPPGIFTER)
}
GRANSER: Mapping[str, Grans] = {grans.nyckel: grans for regel in REGLER.values() for grans in regel.granser}


def regler(omrade: Omrade) -> list[Regel]:
    """Those of one kind."""
    return [ett for ett in REGLER.values() if ett.omrade == omrade]
