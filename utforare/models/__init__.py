"""Who carries it out, on what terms, what is ordered, and what was carried out."""

from utforare.models.avtal import Avtal, Prislista
from utforare.models.bestallning import Bestallning, Drojsmal, Erbjudande, Slutanmalan
from utforare.models.rapportering import PlaneratBesok, SenAndring, Signering
from utforare.models.tillhorighet import Tillhorighet
from utforare.models.uppehall import Uppehall
from utforare.models.utforare import Enhet, Utforare
from utforare.models.utfort import Besok, Narvaro, Verkstallighet

__all__ = [
    "Avtal",
    "Besok",
    "Bestallning",
    "Drojsmal",
    "Enhet",
    "Erbjudande",
    "Narvaro",
    "PlaneratBesok",
    "Prislista",
    "SenAndring",
    "Signering",
    "Slutanmalan",
    "Tillhorighet",
    "Uppehall",
    "Utforare",
    "Verkstallighet",
]
