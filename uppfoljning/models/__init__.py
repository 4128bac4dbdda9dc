"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.arssats import Arsfil, Arssats
from uppfoljning.models.handlingsplan import Atgard, Handlingsplan, Motesuppfoljning, Planredovisning
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Arsfil",
    "Arssats",
    "Atgard",
    "Handlingsplan",
    "Ivorapport",
    "Motesuppfoljning",
    "Planeradkapacitet",
    "Planredovisning",
    "Uppgiftsfil",
    "Uppgiftsrad",
]
