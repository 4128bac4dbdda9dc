"""What is in an akt for the archive: the retention table's models, but not the log and what is technique."""

from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.typer import Grund, Modellrad

NAMNRYMD = "urn:insatskollen:arkiv:1"
SCHEMAVERSION = "1"
# Numbers of persons in a calculation, of others too; and that the akt is on a list to be removed: no part of it.
_TEKNIK = frozenset({"ersattning.Delkorning", "uppfoljning.Gallringsrad"})
ARKIVERAS: tuple[Modellrad, ...] = tuple(
    rad for rad in OM_PERSON if rad.grund not in {Grund.LOGG, Grund.TEKNIK} and rad.modell not in _TEKNIK
)


def elementnamn(rad: Modellrad) -> str:
    """What a row's element is called: the model's name."""
    return rad.modell.rpartition(".")[2]
