"""The kinds of files that there are."""

from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.typ import Uppgiftsslag

_SLAG: tuple[Uppgiftsslag, ...] = (
    PLANERADE_PLATSER,
)  # fmt: skip
SLAG = {ett.nyckel: ett for ett in _SLAG}
