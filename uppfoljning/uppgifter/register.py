"""The kinds of files that there are."""

from uppfoljning.uppgifter.besokspersonal import BESOKSPERSONAL
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.typ import Uppgiftsslag

_SLAG: tuple[Uppgiftsslag, ...] = (
    PLANERADE_PLATSER,
    BESOKSPERSONAL,
)  # fmt: skip
SLAG = {ett.nyckel: ett for ett in _SLAG}
