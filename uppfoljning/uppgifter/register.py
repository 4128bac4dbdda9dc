"""The kinds of files that there are."""

from uppfoljning.uppgifter.brukarundersokning import BRUKARUNDERSOKNING
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.kolada import KOLADA_KOMMUNER, KOLADA_NYCKELTAL, KOLADA_VARDEN
from uppfoljning.uppgifter.statistikenheter import STATISTIKENHETER
from uppfoljning.uppgifter.typ import Uppgiftsslag

_SLAG: tuple[Uppgiftsslag, ...] = (
    PLANERADE_PLATSER,
    STATISTIKENHETER,
    BRUKARUNDERSOKNING,
    KOLADA_NYCKELTAL,
    KOLADA_KOMMUNER,
    KOLADA_VARDEN,
)  # fmt: skip
SLAG = {ett.nyckel: ett for ett in _SLAG}
