"""The reference as others use it."""

from .paket import Paket, las_paket, uppdatera
from .rattelse import Referens

__all__ = ["Paket", "Referens", "las_paket", "uppdatera"]
