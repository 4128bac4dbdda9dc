"""How many places will be needed, year by year: boendeplan and DV-plan. Pure.

Those who have the insats today, by year of birth; each year some of them leave, and others come. Nothing is assumed in
the code: what is assumed are ANTAGANDEN, each a number with a name that is shown beside the plan and changed as data.
All is counted exactly, in parts of persons, and rounded where it is shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from beslut.regler import Insats
from grund.tid import EN_DAG

AR_FRAMAT = 5  # after the present one
_HUNDRA = 100
_HOSTEN = 9  # from this month, those who left school in the spring have applied, and are known


class Plan(StrEnum):
    """A plan of places, by the insats that it is of."""

    BOENDE = Insats.BOSTAD_VUXNA.value
    DV = Insats.DAGLIG_VERKSAMHET.value


class Nyckel(StrEnum):
    """What is assumed."""

    FLYTTALDER = "flyttalder"
    FLYTTAR = "flyttar"
    ELEVALDER = "elevalder"
    ELEVER_TILL_DV = "elever_till_dv"
    ELEVER_TILL_BOENDE = "elever_till_boende"
    AR_TILL_BOENDE = "ar_till_boende"
    DV_SLUTALDER = "dv_slutalder"
    AVGANG_DV = "avgang_dv"
    ALDRE_FRAN = "aldre_fran"
    AVGANG_BOENDE = "avgang_boende"
    AVGANG_BOENDE_ALDRE = "avgang_boende_aldre"


@dataclass(frozen=True, slots=True)
class Antagandeslag:
    """What a number that is assumed means. `forval`: what holds until somebody has written another."""

    namn: str
    enhet: str
    forval: Fraction


AR, PROCENT = "år", "procent"
ANTAGANDEN: Mapping[Nyckel, Antagandeslag] = {
    Nyckel.FLYTTALDER: Antagandeslag(
        "Ålder då den som redan har LSS-insatser antas behöva en egen bostad", AR, Fraction(22)
    ),
    Nyckel.FLYTTAR: Antagandeslag("Andel av dem som behöver bostad det år de når åldern", PROCENT, Fraction(40)),
    Nyckel.ELEVALDER: Antagandeslag("Ålder det år en elev slutar skolan", AR, Fraction(20)),
    Nyckel.ELEVER_TILL_DV: Antagandeslag(
        "Andel av eleverna som behöver daglig verksamhet samma år", PROCENT, Fraction(75)
    ),
    Nyckel.ELEVER_TILL_BOENDE: Antagandeslag(
        "Andel av eleverna utan insats som behöver bostad senare", PROCENT, Fraction(20)
    ),
    Nyckel.AR_TILL_BOENDE: Antagandeslag("Tid från skolans slut till bostad", AR, Fraction(3)),
    Nyckel.DV_SLUTALDER: Antagandeslag("Ålder då daglig verksamhet slutar", AR, Fraction(67)),
    Nyckel.AVGANG_DV: Antagandeslag("Andra som slutar daglig verksamhet varje år", PROCENT, Fraction(3)),
    Nyckel.ALDRE_FRAN: Antagandeslag("Ålder från vilken fler lämnar sin bostad", AR, Fraction(65)),
    Nyckel.AVGANG_BOENDE: Antagandeslag("De som lämnar sin bostad varje år, före den åldern", PROCENT, Fraction(2)),
    Nyckel.AVGANG_BOENDE_ALDRE: Antagandeslag(
        "De som lämnar sin bostad varje år, från den åldern", PROCENT, Fraction(7)
    ),
}


@dataclass(frozen=True, slots=True)
class Antagande:
    """A number that is assumed. `kalla`: who says so; `forval` while nobody has said anything."""

    nyckel: Nyckel
    varde: Fraction
    kalla: str
    forval: bool = False


@dataclass(frozen=True, slots=True)
class Elever:
    """Those who leave a school in the spring of `ar`. `har_insats`: of them, with LSS already, so known by age."""

    ar: int
    skola: str
    antal: int
    har_insats: int


@dataclass(frozen=True, slots=True)
class Kapacitet:
    """Places that there will be at the end of `ar`, and on, at an enhet that there is or (None) one that is planned."""

    ar: int
    enhet: int | None
    namn: str
    platser: int

    @property
    def var(self) -> int | str:
        """What tells the enhet from others."""
        return self.namn if self.enhet is None else self.enhet


@dataclass(frozen=True, slots=True)
class Ko:
    """One who is granted it and waits: the year when three months have passed, and the year of birth."""

    ar: int
    fodd: int


@dataclass(frozen=True, slots=True)
class Planunderlag:
    """What is known of one plan on `dag`. `fodda` and `unga`: how many were born in each year.

    `unga`: have LSS, and neither have nor wait for the insats of the plan. `platser`: those that there are, by enhet.
    """

    plan: Plan
    dag: date
    fodda: Mapping[int, int]
    ko: Sequence[Ko]
    unga: Mapping[int, int]
    elever: Sequence[Elever]
    platser: Mapping[int, int]
    kapacitet: Sequence[Kapacitet]


@dataclass(frozen=True, slots=True)
class Planar:
    """A year: forst + ko + unga + elever − alder − avgang = behov. `platser` at its end."""

    ar: int
    forst: Fraction
    ko: Fraction
    unga: Fraction
    elever: Fraction
    alder: Fraction
    avgang: Fraction
    platser: int

    @property
    def behov(self) -> Fraction:
        """Needed at the end of the year."""
        return self.forst + self.ko + self.unga + self.elever - self.alder - self.avgang

    @property
    def saknas(self) -> Fraction:
        """Places that are missing; below zero when there are places left over."""
        return self.behov - self.platser


def som_galler(skrivna: Mapping[str, tuple[Fraction, str]]) -> dict[Nyckel, Antagande]:
    """Every assumption: as it is written, or else as it is beforehand."""
    return {
        nyckel: Antagande(nyckel, *skrivna[nyckel])
        if nyckel in skrivna
        else Antagande(nyckel, slag.forval, "förval", forval=True)
        for nyckel, slag in ANTAGANDEN.items()
    }


def rakna(underlag: Planunderlag, antaganden: Mapping[Nyckel, Antagande]) -> list[Planar]:
    """The present year, from the day, and those after it."""
    tal = {nyckel: ett.varde for nyckel, ett in antaganden.items()}
    kohort = defaultdict(Fraction, {fodd: Fraction(antal) for fodd, antal in underlag.fodda.items()})
    aren = range(underlag.dag.year, underlag.dag.year + AR_FRAMAT + 1)
    return [_aret(ar, underlag, kohort, tal) for ar in aren]  # in order: each begins where the one before ended


def _aret(ar: int, underlag: Planunderlag, kohort: dict[int, Fraction], tal: Mapping[Nyckel, Fraction]) -> Planar:
    """The year's row. `kohort` becomes what it is at its end."""
    forst = sum(kohort.values(), Fraction(0))
    del_ = _kvar_av(ar, underlag.dag)
    alder = avgang = Fraction(0)
    for fodd, antal in list(kohort.items()):
        if underlag.plan is Plan.DV and ar - fodd >= tal[Nyckel.DV_SLUTALDER]:
            alder += kohort.pop(fodd)
        else:
            gar = antal * _avgang(underlag.plan, ar - fodd, tal) * del_
            avgang += gar
            kohort[fodd] = antal - gar
    kommer = (_ko(ar, underlag), _unga(ar, underlag, tal), _elever(ar, underlag, tal))
    for inflode in kommer:
        for fodd, antal in inflode.items():
            kohort[fodd] += antal
    ko, unga, elever = (sum(ett.values(), Fraction(0)) for ett in kommer)
    return Planar(ar, forst, ko, unga, elever, alder, avgang, _platser(ar, underlag))


def _platser(ar: int, underlag: Planunderlag) -> int:
    """As there are today, but where the plan says another number for the year, or for one before it."""
    platser: dict[int | str, int] = {pk: antal for pk, antal in underlag.platser.items()}  # noqa: C416  its keys are also of what is only planned
    for ett in sorted(underlag.kapacitet, key=lambda ett: ett.ar):
        if ett.ar <= ar:
            platser[ett.var] = ett.platser
    return sum(platser.values())


def _kvar_av(ar: int, dag: date) -> Fraction:
    """How much of the year is to come."""
    borjan, slut = max(date(ar, 1, 1), dag + EN_DAG), date(ar + 1, 1, 1)
    return Fraction((slut - borjan).days, (slut - date(ar, 1, 1)).days)


def _avgang(plan: Plan, alder: int, tal: Mapping[Nyckel, Fraction]) -> Fraction:
    if plan is Plan.DV:
        return tal[Nyckel.AVGANG_DV] / _HUNDRA
    aldre = alder >= tal[Nyckel.ALDRE_FRAN]
    return tal[Nyckel.AVGANG_BOENDE_ALDRE if aldre else Nyckel.AVGANG_BOENDE] / _HUNDRA


def _ko(ar: int, underlag: Planunderlag) -> dict[int, Fraction]:
    svar: dict[int, Fraction] = defaultdict(Fraction)
    for ett in underlag.ko:
        if max(ett.ar, underlag.dag.year) == ar:
            svar[ett.fodd] += 1
    return svar


def _unga(ar: int, underlag: Planunderlag, tal: Mapping[Nyckel, Fraction]) -> dict[int, Fraction]:
    """Those who come of the age of moving this year. To daglig verksamhet one comes from school."""
    if underlag.plan is Plan.DV:
        return {}
    fodd = ar - int(tal[Nyckel.FLYTTALDER])
    return {fodd: underlag.unga.get(fodd, 0) * tal[Nyckel.FLYTTAR] / _HUNDRA}


def _elever(ar: int, underlag: Planunderlag, tal: Mapping[Nyckel, Fraction]) -> dict[int, Fraction]:
    dv = underlag.plan is Plan.DV
    slutade = ar if dv else ar - int(tal[Nyckel.AR_TILL_BOENDE])
    if slutade == underlag.dag.year and dv and underlag.dag.month >= _HOSTEN:
        return {}
    antal = sum(ett.antal if dv else ett.antal - ett.har_insats for ett in underlag.elever if ett.ar == slutade)
    andel = tal[Nyckel.ELEVER_TILL_DV if dv else Nyckel.ELEVER_TILL_BOENDE] / _HUNDRA
    return {slutade - int(tal[Nyckel.ELEVALDER]): antal * andel}
