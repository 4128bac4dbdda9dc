"""Who is entitled to what, from when, and who works with it."""

from beslut.models.arende import Arende, Kommunicering, Serie, Utredningstext
from beslut.models.beslut import Beslut
from beslut.models.efter import Overklagande, Uppfoljning
from beslut.models.forslag import Beslutshandling, Delegation, Delgivning, Forslag
from beslut.models.niva import Nivabedomning
from beslut.models.person import Lasning, Person, Tilldelning

__all__ = [
    "Arende",
    "Beslut",
    "Beslutshandling",
    "Delegation",
    "Delgivning",
    "Forslag",
    "Kommunicering",
    "Lasning",
    "Nivabedomning",
    "Overklagande",
    "Person",
    "Serie",
    "Tilldelning",
    "Uppfoljning",
    "Utredningstext",
]
