"""How levels become staff: a key that says hours for each level, and what the night asks for. Pure.

The key is the municipality's own, kept as data (uppfoljning.models.Bemanningsnyckel). Nothing here knows a number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models

NOLL = Decimal(0)
_CENT = Decimal("0.01")
_TAL = range(5)  # of an instrument's answers: 8 (ej specificerat) and 9 (ej tillämpbart) are no numbers


class Nattform(models.TextChoices):
    """Who is there at night, the least first."""

    INGEN = "ingen", "ingen personal på natten"
    JOUR = "jour", "sovande jour"
    VAKEN = "vaken", "vaken natt"


class Boendeform(models.TextChoices):
    """What kind of home an enhet is."""

    GRUPPBOSTAD = "gruppbostad", "gruppbostad"
    SERVICEBOSTAD = "servicebostad", "servicebostad"
    ANPASSAD = "anpassad", "annan särskilt anpassad bostad"
    BARN = "barn", "bostad för barn och ungdomar"
    ANNAN = "annan", "annan verksamhet"


_ORDNING = tuple(Nattform)


@dataclass(frozen=True, slots=True)
class Nivabehov:
    """What a level needs, in hours a week. `boendeformer`: the homes that it fits; empty = any."""

    niva: str
    dag: Decimal
    kvall: Decimal
    natt: Decimal
    nattform: Nattform
    boendeformer: tuple[str, ...] = ()

    @property
    def timmar(self) -> Decimal:
        """Of the person's own, night and day."""
        return self.dag + self.kvall + self.natt


@dataclass(frozen=True, slots=True)
class Nyckel:
    """A version of the key.

    `heltid`: hours a week of an årsarbetare. `natt_timmar`: hours a week that one has to be there at night, awake or
    asleep; of an hour of sovande jour the share `jour_andel` is counted as work. `natt_omrade`: an area of the
    instrument whose answer decides the night, from `jour_fran` and `vaken_fran`; empty = the level decides.
    `ojamn_kvot`: an enhet is uneven when the most that a person needs is at least so many times the least.
    """

    version: int
    heltid: Decimal
    natt_timmar: Decimal
    jour_andel: Decimal
    natt_omrade: str
    jour_fran: int
    vaken_fran: int
    ojamn_kvot: Decimal
    nivaer: Mapping[str, Nivabehov]

    def nattform(self, niva: Nivabehov, svar: int | None) -> Nattform:
        """A person's night: by the answer when it is a number, else by the level."""
        if not self.natt_omrade or svar is None or svar not in _TAL:
            return niva.nattform
        if svar >= self.vaken_fran:
            return Nattform.VAKEN
        return Nattform.JOUR if svar >= self.jour_fran else Nattform.INGEN

    def arsarbetare(self, timmar: Decimal) -> Decimal:
        """Hours a week as full-time staff, with two decimals."""
        return (timmar / self.heltid).quantize(_CENT, ROUND_HALF_UP)

    def arbetstid(self, vaken: Decimal, jour: Decimal) -> Decimal:
        """Hours at night that count as work."""
        return vaken + jour * self.jour_andel

    def nattbehov(self, form: Nattform, timmar: Decimal) -> Decimal:
        """What an enhet needs at night: somebody there in that form, or what its persons need if that is more."""
        minst = {
            Nattform.INGEN: NOLL,
            Nattform.JOUR: self.arbetstid(NOLL, self.natt_timmar),
            Nattform.VAKEN: self.natt_timmar,
        }
        return max(minst[form], timmar)


def mest(former: Iterable[Nattform]) -> Nattform:
    """The most that somebody needs, which is what the enhet must have."""
    return max(former, key=_ORDNING.index, default=Nattform.INGEN)


def jamfor_natt(behov: Nattform, har: Nattform) -> int:
    """1 = there is more than is needed, −1 = less, 0 = as needed."""
    skillnad = _ORDNING.index(har) - _ORDNING.index(behov)
    return (skillnad > 0) - (skillnad < 0)


def ar_ojamn(timmar: Sequence[Decimal], kvot: Decimal) -> bool:
    """Whether what persons at an enhet need lies far apart."""
    if len(timmar) < 2:
        return False
    return max(timmar) > 0 and max(timmar) >= kvot * min(timmar)
