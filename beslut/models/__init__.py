"""Who is entitled to what, from when, and who works with it."""

from beslut.models.arende import Arende, Kommunicering, Serie, Utredningstext
from beslut.models.beslut import Beslut
from beslut.models.efter import Overklagande, Uppfoljning
from beslut.models.forslag import Beslutshandling, Delegation, Delgivning, Forslag
from beslut.models.instrument import Instrument, Instrumentgrans, Instrumentomrade
from beslut.models.loggkontroll import Kontrollbedomning, Kontrollrad, Loggkontroll
from beslut.models.niva import Nivabedomning
from beslut.models.nivaarende import Nivaarende, Nivaprovning, Nivasvar, Nivasynpunkt
from beslut.models.nivaovertagande import Nivaovertagande
from beslut.models.person import Lasning, Person, Tilldelning

__all__ = [
    "Arende",
    "Beslut",
    "Beslutshandling",
    "Delegation",
    "Delgivning",
    "Forslag",
    "Instrument",
    "Instrumentgrans",
    "Instrumentomrade",
    "Kommunicering",
    "Kontrollbedomning",
    "Kontrollrad",
    "Lasning",
    "Loggkontroll",
    "Nivaarende",
    "Nivabedomning",
    "Nivaovertagande",
    "Nivaprovning",
    "Nivasvar",
    "Nivasynpunkt",
    "Overklagande",
    "Person",
    "Serie",
    "Tilldelning",
    "Uppfoljning",
    "Utredningstext",
]
