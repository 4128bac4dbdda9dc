"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.leverans import Leverans, Leveranslayout, Leveransrad

__all__ = [
    "Ivorapport",
    "Leverans",
    "Leveranslayout",
    "Leveransrad",
]
