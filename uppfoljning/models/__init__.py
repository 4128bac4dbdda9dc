"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.arssats import Arsfil, Arssats
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.kpb import Bokslutsrad, Ytterfallsgrans
from uppfoljning.models.planering import Planantagande, Skolelever
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Arsfil",
    "Arssats",
    "Bokslutsrad",
    "Ivorapport",
    "Planantagande",
    "Planeradkapacitet",
    "Skolelever",
    "Uppgiftsfil",
    "Uppgiftsrad",
    "Ytterfallsgrans",
]
