"""Who is entitled to what, from when, and who works with it."""

from beslut.models.beslut import Beslut
from beslut.models.instrument import Instrument, Instrumentgrans, Instrumentomrade
from beslut.models.niva import Nivabedomning
from beslut.models.nivaarende import Nivaarende, Nivaprovning, Nivasvar, Nivasynpunkt
from beslut.models.person import Lasning, Person, Tilldelning

__all__ = [
    "Beslut",
    "Instrument",
    "Instrumentgrans",
    "Instrumentomrade",
    "Lasning",
    "Nivaarende",
    "Nivabedomning",
    "Nivaprovning",
    "Nivasvar",
    "Nivasynpunkt",
    "Person",
    "Tilldelning",
]
