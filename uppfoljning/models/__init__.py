"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.ivorapport import Ivorapport

__all__ = [
    "Ivorapport",
]
