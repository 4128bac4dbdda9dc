"""From sums as planned to a prognos: the share that usually becomes of what is planned, and the rows with it. Pure.

What hangs on attendance (`EFTER_NARVARO`) is taken times a share by insats: what months that have been came to, as they
are registered, of what they would have been as planned. It is measured in kronor, so that absence that pays half, dear
evenings and short days are in it; and in each unit, for the volumes. The rest (a place by the month, ordered time, days
after an end) is what it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ersattning.kalkyl.antagande import Antagande
from grund.pengar import avrunda

EFTER_NARVARO = frozenset({"dygn", "narvaro", "franvaro", "utford_tid", "bomtid"})  # artiklar
SOM_DET_AR = 0  # the variant that is what is registered; the others are numbered by NUMMER
NUMMER = {antagande: plats for plats, antagande in enumerate(Antagande, 1)}
KRONOR = "kr"
_ETT = Decimal(1)
_DECIMALER = 6
_MEST = Decimal(10)  # a share beyond this says that the plan is wrong, not that people came ten times


class Summa(NamedTuple):
    """A stored sum of the simulering."""

    variant: int
    manad: date
    insats: str
    utforare_id: int
    artikel: str
    enhet: str
    antal: Decimal
    belopp: Decimal


Radnyckel = tuple[date, str, int]  # month, insats, utförare
Andelar = Mapping[str, Mapping[str, Decimal]]  # by insats, then "kr" or the unit


@dataclass(slots=True)
class Prognosvarde:
    """A month of an insats at an utförare."""

    kronor: dict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))  # by variant
    volym: dict[str, list[Fraction]] = field(default_factory=lambda: defaultdict(lambda: [Fraction(0), Fraction(0)]))

    def belopp(self, antagande: Antagande = Antagande.BESLUTAT) -> Decimal:
        """Kronor under the assumption, rounded once."""
        return avrunda(self.kronor[NUMMER[antagande]])

    def varav(self, utan: Antagande) -> Decimal:
        """How much of it there would not be without what the assumption takes away."""
        return self.belopp() - self.belopp(utan)


def andelar(summor: Iterable[Summa], manader: frozenset[date]) -> dict[str, dict[str, Decimal]]:
    """What became of what was planned in the months, by insats. An insats that nothing was planned of has none."""
    blev: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for ett in summor:
        if (
            ett.manad in manader
            and ett.artikel in EFTER_NARVARO
            and ett.variant in {SOM_DET_AR, NUMMER[Antagande.BESLUTAT]}
        ):
            plats = 0 if ett.variant == SOM_DET_AR else 1
            blev[ett.insats, KRONOR][plats] += ett.belopp
            blev[ett.insats, ett.enhet][plats] += ett.antal
    svar: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for (insats, slag), (verkligt, planerat) in blev.items():
        if planerat > 0:
            svar[insats][slag] = min(_MEST, avrunda(Fraction(verkligt) / Fraction(planerat), _DECIMALER))
    return dict(svar)


def prognosvarden(summor: Iterable[Summa], andelar_: Andelar, fran: date) -> dict[Radnyckel, Prognosvarde]:
    """The months from `fran`, with the shares."""
    svar: dict[Radnyckel, Prognosvarde] = defaultdict(Prognosvarde)
    for ett in summor:
        if ett.manad < fran:
            continue
        insatsens = andelar_.get(ett.insats, {}) if ett.artikel in EFTER_NARVARO else {}
        kronor = Fraction(ett.belopp) * Fraction(insatsens.get(KRONOR, _ETT))
        varde = svar[ett.manad, ett.insats, ett.utforare_id]
        varde.kronor[ett.variant] += kronor
        if ett.variant == NUMMER[Antagande.FORLANGT]:
            enhetens = varde.volym[ett.enhet]
            enhetens[0] += Fraction(ett.antal) * Fraction(insatsens.get(ett.enhet, _ETT))
            enhetens[1] += kronor
    return dict(svar)


@dataclass(frozen=True, slots=True)
class Inflode:
    """Persons that somebody assumes will come: so many a month, from the month on, all of them staying."""

    insats: str
    fran: date
    personer: int


def inflodets_kronor(
    infloden: Iterable[Inflode], manader: Mapping[tuple[date, str], tuple[Decimal, int]]
) -> dict[tuple[date, str], Decimal]:
    """What they cost, by (month, insats): as the mean person of the insats in the month.

    `manader`: kronor and persons of the prognos. A month without persons gives nothing to go by, and costs nothing.
    """
    svar: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for ett in infloden:
        for (manad, insats), (belopp, personer) in manader.items():
            if insats == ett.insats and manad >= ett.fran and personer:
                antal = ett.personer * ((manad.year - ett.fran.year) * 12 + manad.month - ett.fran.month + 1)
                svar[manad, insats] += avrunda(Fraction(belopp) * antal / personer)
    return dict(svar)
