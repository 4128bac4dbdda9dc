"""How codes and persons are written in the files."""

from decimal import Decimal

from beslut.models import Person
from beslut.ord import SKYDDAD, insats_i_ord, niva_i_ord, personvisning
from ersattning.regler import Radenhet
from utforare.ord import orgnr_i_ord

__all__ = ["SKYDDAD", "enhet_kort", "insats_i_ord", "niva_i_ord", "orgnr_i_ord", "personvisning", "visa_person"]

_KORT = {
    Radenhet.DYGN: "dygn",
    Radenhet.DAG: "dgr",
    Radenhet.TIMME: "tim",
    Radenhet.MANAD: "mån",
    Radenhet.STYCK: "st",
}


def visa_person(person: Person | None) -> str:
    """As in a row; empty for what is nobody's."""
    if person is None:
        return ""
    return personvisning(person.fornamn, person.efternamn, person.personnummer, skyddad=person.skyddad)


def enhet_kort(enhet: str, antal: Decimal) -> str:
    """The unit of an antal, as short as it stands beside that number: `1 dag`, `2 dgr`, `1,5 tim`."""
    return "dag" if enhet == Radenhet.DAG and abs(antal) == 1 else _KORT[Radenhet(enhet)]
