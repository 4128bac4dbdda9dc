"""The kinds of files that there are."""

from uppfoljning.rapporter.avtalsuppfoljning.uppgifter import SLAG as UTBILDNING
from uppfoljning.rapporter.behov_mot_bemanning.uppgifter import SLAG as BEMANNING
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.typ import Uppgiftsslag

_SLAG: tuple[Uppgiftsslag, ...] = (
    PLANERADE_PLATSER,
    BEMANNING,
    UTBILDNING,
)  # fmt: skip
SLAG = {ett.nyckel: ett for ett in _SLAG}
