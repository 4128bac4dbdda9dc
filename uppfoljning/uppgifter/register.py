"""The kinds of files that there are."""

from uppfoljning.rapporter.avtalsuppfoljning.uppgifter import SLAG as UTBILDNING
from uppfoljning.rapporter.behov_mot_bemanning.uppgifter import SLAG as BEMANNING
from uppfoljning.uppgifter.besokspersonal import BESOKSPERSONAL
from uppfoljning.uppgifter.brukarundersokning import BRUKARUNDERSOKNING
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.kolada import KOLADA_KOMMUNER, KOLADA_NYCKELTAL, KOLADA_VARDEN
from uppfoljning.uppgifter.kpb import BOKSLUT, YTTERFALL
from uppfoljning.uppgifter.planering import PLANANTAGANDEN, SKOLELEVER
from uppfoljning.uppgifter.statistikenheter import STATISTIKENHETER
from uppfoljning.uppgifter.typ import Uppgiftsslag

_SLAG: tuple[Uppgiftsslag, ...] = (
    PLANERADE_PLATSER,
    BESOKSPERSONAL,
    SKOLELEVER,
    PLANANTAGANDEN,
    BOKSLUT,
    YTTERFALL,
    BEMANNING,
    UTBILDNING,
    STATISTIKENHETER,
    BRUKARUNDERSOKNING,
    KOLADA_NYCKELTAL,
    KOLADA_KOMMUNER,
    KOLADA_VARDEN,
)  # fmt: skip
SLAG = {ett.nyckel: ett for ett in _SLAG}
