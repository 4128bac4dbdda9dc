"""The delegation as its page shows it: by insats, each row in words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from beslut import arenden
from beslut.models import Delegation
from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.text import giltig_i_ord, stor_forsta, tal


@dataclass(frozen=True, slots=True)
class Delegationsrad:
    """A row in words."""

    rad: Delegation
    vem: str
    beslut: str
    grans: str
    galler: str


@dataclass(frozen=True, slots=True)
class Delegationsgrupp:
    """Who decides on an insats; no row = the nämnd."""

    insats: str
    rader: list[Delegationsrad]


def grupper(idag: date) -> list[Delegationsgrupp]:
    """Every insats with the rows that hold now or later. One query."""
    alla = Delegation.objects.filter(Q(till__isnull=True) | Q(till__gt=idag)).order_by("roll", "utfall", "fran", "pk")
    rader = list(alla)
    if not rader:
        return []
    return [Delegationsgrupp(insats_i_ord(ett), [_rad(rad) for rad in rader if rad.insats == ett]) for ett in Insats]


def _rad(rad: Delegation) -> Delegationsrad:
    regel = arenden.regel(rad)
    granser = []
    if regel.hogst_omfattning is not None and regel.enhet:
        granser.append(f"högst {tal(regel.hogst_omfattning, 2, minst=0)} {regel.enhet.label}")
    if regel.hogst_kostnad is not None:
        granser.append(f"högst {tal(regel.hogst_kostnad)} kr per månad")
    if regel.fyra_ogon:
        granser.append("inte den som föreslog")
    return Delegationsrad(
        rad,
        stor_forsta(regel.roll.label),
        stor_forsta(regel.utfall.label) if regel.utfall else "Alla beslut",
        stor_forsta(", ".join(granser)) or "Ingen gräns",
        stor_forsta(giltig_i_ord(rad.fran, rad.till)),
    )
