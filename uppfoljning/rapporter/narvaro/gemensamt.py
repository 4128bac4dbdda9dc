"""The two laws, and what the parts of the report share. LSS and SoL never meet in a row."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from beslut.regler import Insats
from grund.arbetsbok import Slag
from uppfoljning.rapport.innehall import Lasare, Nyckeltal
from uppfoljning.rapporter.narvaro.queries import Underlag
from uppfoljning.rapporter.narvaro.regler import DV, SYSS, Boende, Dagverksam

_BOENDE, _SARBO = Insats.BOSTAD_VUXNA, Insats.SARSKILT_BOENDE


@dataclass(frozen=True, slots=True)
class Lagen:
    """One of the two laws: its keys begin with `nyckel`, its days are of `insats`, its own housing is `boende`."""

    nyckel: str
    namn: str
    insats: Insats
    rubrik: str
    boende: Insats
    andra: Insats


LAGARNA = (
    Lagen("lss", "LSS", DV, "Daglig verksamhet enligt LSS", _BOENDE, _SARBO),
    Lagen("sol", "SoL", SYSS, "Sysselsättning enligt SoL", _SARBO, _BOENDE),
)


@dataclass(frozen=True, slots=True)
class Boenderad:
    """Those in a kind of housing: all, and those of them with a beslut on what they do in the days."""

    boende: str
    alla: tuple[Boende, ...]
    med: tuple[Dagverksam, ...]

    @property
    def personer(self) -> frozenset[int]:
        return frozenset(ett.person for ett in self.alla)

    @property
    def lediga(self) -> tuple[Dagverksam, ...]:
        return tuple(ett for ett in self.med if ett.vet and ett.ar_ledig)

    @property
    def ingen(self) -> int:
        return sum(not ett.narvaro for ett in self.med)


def insatsnamn(insats: str) -> str:
    """As it stands inside a sentence; which law is said by where it stands."""
    return str(Insats(insats).label)


def dagliga(underlag: Underlag, lag: Lagen) -> list[Dagverksam]:
    """Those with a beslut under the law."""
    return [ett for ett in underlag.dagverksamma if ett.insats == lag.insats]


def boenderad(underlag: Underlag, lag: Lagen, boende: Insats) -> Boenderad:
    """Housing of a kind against beslut under the law."""
    alla = tuple(ett for ett in underlag.boende if ett.insats == boende)
    return Boenderad(boende, alla, tuple(ett for ett in dagliga(underlag, lag) if boende in ett.boenden))


def andel(nyckel: str, taljare: int, namnare: int, adress: str) -> Nyckeltal:
    """A share, with what it is of."""
    return Nyckeltal(nyckel, Decimal(taljare) / namnare, Slag.ANDEL, (taljare, namnare), adress)


def beslutsadress(beslut: int, lasare: Lasare) -> str:
    """What was decided, and what is done of it."""
    return reverse("utforare:utforande" if lasare.handlagger else "beslut:beslut", args=[beslut])
