"""Who is entitled to what, from when, and who works with it."""

from beslut.models.beslut import Beslut
from beslut.models.niva import Nivabedomning
from beslut.models.person import Lasning, Person, Tilldelning

__all__ = ["Beslut", "Lasning", "Nivabedomning", "Person", "Tilldelning"]
