"""How codes and persons are written in the files."""

from beslut.ord import SKYDDAD, insats_i_ord, niva_i_ord, personvisning
from ersattning.regler import Radenhet
from utforare.ord import orgnr_i_ord

__all__ = ["SKYDDAD", "enhet_kort", "insats_i_ord", "niva_i_ord", "orgnr_i_ord", "personvisning"]

_KORT = {
    Radenhet.DYGN: "dygn",
    Radenhet.DAG: "dgr",
    Radenhet.TIMME: "tim",
    Radenhet.MANAD: "mån",
    Radenhet.STYCK: "st",
}


def enhet_kort(enhet: str) -> str:
    """The unit of an antal, as short as it stands beside a number."""
    return _KORT[Radenhet(enhet)]
