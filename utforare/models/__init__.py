"""Who carries it out, on what terms, and what was carried out."""

from utforare.models.avtal import Avtal, Prislista
from utforare.models.rapportering import PlaneratBesok, SenAndring, Signering
from utforare.models.tillhorighet import Tillhorighet
from utforare.models.utforare import Enhet, Utforare
from utforare.models.utfort import Besok, Narvaro, Verkstallighet

__all__ = [
    "Avtal",
    "Besok",
    "Enhet",
    "Narvaro",
    "PlaneratBesok",
    "Prislista",
    "SenAndring",
    "Signering",
    "Tillhorighet",
    "Utforare",
    "Verkstallighet",
]
