"""What a prognos says, put together from its frozen rows and the budget that holds: months, insatser, what changes it.

The prognos that is compared with the budget is the one where decisions that end are decided anew, as most are, with
the inflow that somebody has assumed. As decided stands beside it. Who may not see few persons' money gets the small
insatser together (`sma`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.models import Prognos, Prognosrad
from ersattning.prognos.berakning import Inflode, inflodets_kronor
from ersattning.prognos.queries import budgetens_manader
from ersattning.regler import FYLLNADSORDNING, Prognoskalla
from grund.text import svensk_ordning
from grund.tid import Manad

NOLL = Decimal(0)
OVRIGA = "Övriga insatser"
KORT = {
    Prognoskalla.UTFALL: "Utfall",
    Prognoskalla.KORNING: "Körning",
    Prognoskalla.RAKNAD: "Registrerat",
    Prognoskalla.PROGNOS: "Prognos",
}
MINST = 5  # persons that an insats must have to be shown to anybody
_ORDNING = list(Insats.values)


@dataclass(frozen=True, slots=True)
class Manadspunkt:
    """A month, of all or of an insats. `prognos`: with what is prolonged, and the inflow; or what it came to."""

    manad: Manad
    kalla: str
    prognos: Decimal
    beslutat: Decimal
    inflode: Decimal
    budget: Decimal | None
    personer: int
    nya: int
    avslutade: int

    @property
    def vad(self) -> str:
        """Where it comes from, in a word."""
        return KORT[Prognoskalla(self.kalla)]

    @property
    def ar_prognos(self) -> bool:
        """It has not been."""
        return self.kalla == Prognoskalla.PROGNOS


@dataclass(frozen=True, slots=True)
class Arsrad:
    """An insats' year against its budget."""

    insats: str
    namn: str
    budget: Decimal | None
    utfall: Decimal
    rest: Decimal
    beslutat: Decimal  # the whole year, if no decision is prolonged and nobody comes

    @property
    def total(self) -> Decimal:
        """The year."""
        return self.utfall + self.rest

    @property
    def avvikelse(self) -> Decimal | None:
        """How much more than the budget; None when there is no budget."""
        return None if self.budget is None else self.total - self.budget

    @property
    def procent(self) -> Decimal | None:
        """The same in per cent."""
        return None if not self.budget else (self.total - self.budget) * 100 / self.budget


class Andring(NamedTuple):
    """Something known ahead that changes the year: what it is, and kronor more or less."""

    namn: str
    forklaring: str
    kronor: Decimal


@dataclass(frozen=True, slots=True)
class Arssida:
    """A year of the prognos."""

    ar: int
    rader: Sequence[Arsrad]
    summa: Arsrad
    andringar: Sequence[Andring]

    @property
    def utan_budget(self) -> list[str]:
        """What costs something and has no budget, where there is one: it is in the sum that is held against it."""
        if self.summa.budget is None:
            return []
        return [rad.namn for rad in self.rader if rad.budget is None and rad.total]


@dataclass(frozen=True, slots=True)
class Resultat:
    """All of it. `insatser`: those that may be looked at by themselves.

    `offentligt`: without rättelser and bonus, and without what hangs on what is known ahead (`andringar`, `beslutat`),
    which may be one person's.
    """

    prognos: Prognos
    manader: Sequence[Manadspunkt]
    i_ar: Arssida
    nasta: Arssida
    insatser: Sequence[str]
    offentligt: bool = False


def hamta(prognos: Prognos, *, insats: str = "", visa_sma: bool = True) -> Resultat:
    """The prognos, or what it says of one insats. Four queries."""
    alla = list(Prognosrad.objects.filter(prognos=prognos).order_by("manad", "insats", "utforare_id"))
    sma = frozenset[str]() if visa_sma else sma_insatser(alla)
    rader = [rad if visa_sma else i_offentligheten(rad) for rad in alla if insats in {"", rad.insats}]
    inflode = inflodet(prognos, alla)
    budget = {ar: _bara(budgetens_manader(ar), insats) for ar in (prognos.ar, prognos.ar + 1)}
    ider = sorted({rad.insats for rad in alla}, key=_ORDNING.index)
    aren = [_aret(ar, rader, _bara_inflode(inflode, insats), egen, sma) for ar, egen in budget.items()]
    if not visa_sma:
        aren = [replace(ett, andringar=()) for ett in aren]
    return Resultat(
        prognos=prognos,
        manader=_manader(rader, _bara_inflode(inflode, insats), budget, offentligt=not visa_sma),
        i_ar=aren[0],
        nasta=aren[1],
        insatser=[ett for ett in ider if ett not in sma],
        offentligt=not visa_sma,
    )


def sma_insatser(rader: Iterable[Prognosrad]) -> frozenset[str]:
    """The insatser that rest on few persons in any sum that is shown, and one more so that they do not stand alone.

    Of months that have been, each is taken by itself: it is told of in other documents too, where what it merges must
    be merged here (ADR 0016). Of months to come a year is. Only how many persons an utförare has in a month is known,
    not who: an insats is large when one utförare alone is. Money without a person is somebody's who is there no more.
    """
    storst: dict[tuple[int, int, bool], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for rad in rader:
        if not (rad.personer or rad.belopp or rad.forlangt):
            continue
        prognos = rad.kalla == Prognoskalla.PROGNOS
        alla = storst[rad.manad.year, 0 if prognos else rad.manad.month, prognos]
        alla[rad.insats] = max(alla[rad.insats], rad.personer)
    return frozenset().union(*(sma_av(ett) for ett in storst.values()))


def sma_av(storst: Mapping[str, int]) -> frozenset[str]:
    """Of what is shown together: those that are small, and the first that is not."""
    sma = {insats for insats, personer in storst.items() if personer < MINST}
    stora = [str(insats) for insats in FYLLNADSORDNING if insats in storst and insats not in sma]
    return frozenset({*sma, *stora[:1]}) if sma else frozenset()


def i_offentligheten(rad: Prognosrad) -> Prognosrad:
    """The row without what may rest on few persons beside what rests on many: rättelser and bonus, and how much of it
    hangs on what is known ahead.
    """
    falt = {ett.attname: getattr(rad, ett.attname) for ett in Prognosrad._meta.concrete_fields}
    egna = dict.fromkeys(("starter", "slut", "priser", "nivaer", "ovrigt"), NOLL)
    kronor = rad.forlangt - rad.ovrigt
    return Prognosrad(**falt | egna | {"belopp": kronor, "forlangt": kronor})


def infloden(prognos: Prognos) -> list[Inflode]:
    """What somebody has assumed."""
    return [Inflode(ett["insats"], date.fromisoformat(ett["fran"]), ett["personer"]) for ett in prognos.inflode]


def inflodet(prognos: Prognos, rader: Iterable[Prognosrad]) -> dict[tuple[date, str], Decimal]:
    """What it costs, by month and insats."""
    medel: dict[tuple[date, str], tuple[Decimal, int]] = defaultdict(lambda: (NOLL, 0))
    for rad in rader:
        if rad.kalla == Prognoskalla.PROGNOS:
            belopp, personer = medel[rad.manad, rad.insats]
            medel[rad.manad, rad.insats] = belopp + rad.belopp, personer + rad.personer
    return inflodets_kronor(infloden(prognos), medel)


Inflodeskronor = Mapping[tuple[date, str], Decimal]
Budgetmanader = Mapping[str, Sequence[Decimal]]


def _bara(budget: Mapping[str, list[Decimal]], insats: str) -> dict[str, list[Decimal]]:
    return {ett: manader for ett, manader in budget.items() if insats in {"", ett}}


def _bara_inflode(inflode: Inflodeskronor, insats: str) -> dict[tuple[date, str], Decimal]:
    return {nyckel: kronor for nyckel, kronor in inflode.items() if insats in {"", nyckel[1]}}


def _manader(
    rader: Sequence[Prognosrad], inflode: Inflodeskronor, budget: Mapping[int, Budgetmanader], *, offentligt: bool
) -> list[Manadspunkt]:
    per: dict[date, list[Prognosrad]] = defaultdict(list)
    for rad in rader:
        per[rad.manad].append(rad)
    svar = []
    for dag, egna in sorted(per.items()):
        kommer = sum((kronor for (manad, _), kronor in inflode.items() if manad == dag), NOLL)
        arets = budget[dag.year].values()
        svar.append(
            Manadspunkt(
                manad=Manad.av(dag),
                kalla=egna[0].kalla,
                prognos=sum((rad.forlangt for rad in egna), kommer),
                beslutat=sum((rad.belopp for rad in egna), kommer if offentligt else NOLL),
                inflode=NOLL if offentligt else kommer,
                budget=sum((manader[dag.month - 1] for manader in arets), NOLL) if arets else None,
                personer=sum(rad.personer for rad in egna),
                nya=sum(rad.nya for rad in egna),
                avslutade=sum(rad.avslutade for rad in egna),
            )
        )
    return svar


def _aret(
    ar: int, rader: Sequence[Prognosrad], inflode: Inflodeskronor, budget: Budgetmanader, sma: frozenset[str]
) -> Arssida:
    arets = [rad for rad in rader if rad.manad.year == ar]
    kommer = {nyckel: kronor for nyckel, kronor in inflode.items() if nyckel[0].year == ar}
    alla = {rad.insats for rad in arets} | set(budget)
    namn = sorted(alla - sma, key=lambda ett: svensk_ordning(insats_i_ord(ett)))
    per_insats = [_arsrad(ett, insats_i_ord(ett), {ett}, arets, kommer, budget) for ett in namn]
    if alla & sma:
        per_insats.append(_arsrad("", OVRIGA, sma, arets, kommer, budget))
    summa = _arsrad("", "Summa", alla, arets, kommer, budget)
    return Arssida(ar, per_insats, summa, _andringar(arets, kommer))


def _arsrad(
    insats: str,
    namn: str,
    vilka: Iterable[str],
    rader: Sequence[Prognosrad],
    inflode: Inflodeskronor,
    budget: Budgetmanader,
) -> Arsrad:
    vilka = set(vilka)
    egna = [rad for rad in rader if rad.insats in vilka]
    kommer = sum((kronor for (_, ett), kronor in inflode.items() if ett in vilka), NOLL)
    budgeterat = [sum(manader, NOLL) for ett, manader in budget.items() if ett in vilka]
    return Arsrad(
        insats=insats,
        namn=namn,
        budget=sum(budgeterat, NOLL) if budgeterat else None,
        utfall=sum((rad.belopp for rad in egna if rad.kalla != Prognoskalla.PROGNOS), NOLL),
        rest=sum((rad.forlangt for rad in egna if rad.kalla == Prognoskalla.PROGNOS), kommer),
        beslutat=sum((rad.belopp for rad in egna), NOLL),
    )


def _andringar(rader: Sequence[Prognosrad], inflode: Inflodeskronor) -> list[Andring]:
    """What is known ahead, and how much of the year it is. Nothing is left out that is not zero."""

    def summa(falt: str) -> Decimal:
        return sum((getattr(rad, falt) for rad in rader), NOLL)

    forlangt = sum((rad.forlangt - rad.belopp for rad in rader), NOLL)
    alla = [
        Andring("Kända slut", "beslut och verkställigheter som har ett slutdatum", summa("slut")),
        Andring("Om besluten förlängs", "de som slutar för att beslutet tar slut, och inget annat tar vid", forlangt),
        Andring("Kända starter", "verkställigheter och beställningar som ännu inte har börjat", summa("starter")),
        Andring("Planerade priser", "priser som börjar eller slutar gälla senare, mot dagens", summa("priser")),
        Andring("Ändrade nivåer", "godkända nivåer som börjar gälla senare", summa("nivaer")),
        Andring("Antaget inflöde", "personer som du har antagit", sum(inflode.values(), NOLL)),
    ]
    return [ett for ett in alla if ett.kronor]
