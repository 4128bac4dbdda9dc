"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.arssats import Arsfil, Arssats
from uppfoljning.models.enkat import Enkatrad
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.kolada import Koladakommun, Koladanyckeltal, Koladavarde
from uppfoljning.models.leverans import Leverans, Leveranslayout, Leveransrad
from uppfoljning.models.statistikenhet import Statistikenhet
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Arsfil",
    "Arssats",
    "Enkatrad",
    "Ivorapport",
    "Koladakommun",
    "Koladanyckeltal",
    "Koladavarde",
    "Leverans",
    "Leveranslayout",
    "Leveransrad",
    "Planeradkapacitet",
    "Statistikenhet",
    "Uppgiftsfil",
    "Uppgiftsrad",
]
