"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Ivorapport",
    "Planeradkapacitet",
    "Uppgiftsfil",
    "Uppgiftsrad",
]
