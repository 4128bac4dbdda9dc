"""How earlier prognoser fared: for each settled month, what was said and what it became, and why they differ.

The error is split in three that add up to the öre. *Volym*: more or fewer units than was said, at the price that was
said. *Pris och nivå*: the rest of what ordinary rows differ; a unit cost something else than was said, by price, level,
absence or time of day. *Rättelser, bonus och justeringar*: nobody forecasts them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Sum

from beslut.ord import insats_i_ord
from ersattning.models import Ersattningsrad, Prognos, Prognosrad
from ersattning.prognos.queries import klara
from ersattning.prognos.resultat import infloden, inflodet, sma_av
from ersattning.regler import FAST, Prognoskalla, Radtyp
from grund.pengar import avrunda
from grund.text import svensk_ordning
from grund.tid import Manad

NOLL = Decimal(0)
FLEST = 12  # prognoser that are looked at, the latest


@dataclass(slots=True)
class Sida:
    """Kronor, and [antal, kronor] by unit."""

    kronor: Decimal = NOLL
    ovrigt: Decimal = NOLL
    volym: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(lambda: [NOLL, NOLL]))
    personer: int = 0  # of ordinary rows

    def lagg(self, volym: dict[str, list[str]]) -> None:
        """The volumes of a frozen row."""
        for enhet, (antal, kronor) in volym.items():
            self.volym[enhet][0] += Decimal(antal)
            self.volym[enhet][1] += Decimal(kronor)


@dataclass(frozen=True, slots=True)
class Traff:
    """What was said of a month, or of an insats in it, and what it became."""

    namn: str
    prognos: Decimal
    utfall: Decimal
    volym: Decimal
    pris: Decimal
    ovrigt: Decimal

    @property
    def fel(self) -> Decimal:
        """How much more it became than was said."""
        return self.utfall - self.prognos

    @property
    def procent(self) -> Decimal | None:
        """The same, of what was said."""
        return self.fel * 100 / self.prognos if self.prognos else None


@dataclass(frozen=True, slots=True)
class Manadstraff:
    """A settled month, and a prognos that was made before it was calculated."""

    manad: Manad
    prognos: Prognos
    totalt: Traff
    per_insats: Sequence[Traff]


def traffar(*, visa_sma: bool = True) -> list[Manadstraff]:
    """Each settled month against each of the latest prognoser that had it ahead, the latest month first.

    Who may not see few persons' money gets no rättelser and no bonus, which may be one person's.
    """
    svar: list[Manadstraff] = []
    for prognos in klara()[:FLEST]:
        rader = list(Prognosrad.objects.filter(prognos=prognos, kalla=Prognoskalla.PROGNOS))
        manader = _faststallda({rad.manad for rad in rader})
        if not visa_sma:
            for sida in (sida for blev in manader.values() for sida in blev.values()):
                sida.kronor, sida.ovrigt = sida.kronor - sida.ovrigt, NOLL
        svar += [_traff(prognos, dag, rader, blev, visa_sma=visa_sma) for dag, blev in manader.items()]
    return sorted(svar, key=lambda ett: (ett.manad.fran, ett.prognos.simulering.skapad), reverse=True)


def _faststallda(manader: Iterable[date]) -> dict[date, dict[str, Sida]]:
    """What the settled ones of the months came to, by insats."""
    svar: dict[date, dict[str, Sida]] = defaultdict(lambda: defaultdict(Sida))
    rader = Ersattningsrad.objects.filter(korning__manad__in=list(manader), korning__status__in=FAST).order_by()
    falt = ("korning__manad", "insats", "typ", "enhet_for_antal")
    for manad, insats, typ, enhet, antal, kronor in rader.values_list(*falt).annotate(a=Sum("antal"), b=Sum("belopp")):
        sida = svar[manad][insats]
        sida.kronor += kronor
        if typ == Radtyp.ORDINARIE:
            sida.volym[enhet][0] += antal
            sida.volym[enhet][1] += kronor
        else:
            sida.ovrigt += kronor
    ordinarie = rader.filter(typ=Radtyp.ORDINARIE).values_list("korning__manad", "insats")
    for manad, insats, antal in ordinarie.annotate(a=Count("person", distinct=True)):
        svar[manad][insats].personer = antal
    return svar


def _traff(
    prognos: Prognos, dag: date, rader: Sequence[Prognosrad], blev: dict[str, Sida], *, visa_sma: bool
) -> Manadstraff:
    sagt: dict[str, Sida] = defaultdict(Sida)
    manadens = [rad for rad in rader if rad.manad == dag]
    for rad in manadens:
        sagt[rad.insats].kronor += rad.forlangt
        sagt[rad.insats].lagg(rad.volym)
    sma = frozenset[str]() if visa_sma else _sma(manadens, blev)
    if infloden(prognos):
        for (manad, insats), kronor in inflodet(prognos, rader).items():
            sagt[insats].kronor += kronor if manad == dag else NOLL
    alla = {insats: jamfor(insats_i_ord(insats), sagt[insats], blev[insats]) for insats in {*sagt, *blev}}
    egna = sorted((ett for insats, ett in alla.items() if insats not in sma), key=lambda ett: svensk_ordning(ett.namn))
    if sma & alla.keys():
        egna.append(_ihop("Övriga insatser", [alla[insats] for insats in alla if insats in sma]))
    return Manadstraff(Manad.av(dag), prognos, _ihop("Summa", list(alla.values())), egna)


def _sma(manadens: Sequence[Prognosrad], blev: Mapping[str, Sida]) -> frozenset[str]:
    """What is told of together: what few had, or were said to have. Rättelser and bonus are not told of."""
    storst: dict[str, int] = defaultdict(int)
    for rad in manadens:
        storst[rad.insats] = max(storst[rad.insats], rad.personer)
    antal = {insats: sida.personer for insats, sida in blev.items()}
    return sma_av({insats: min(storst[insats], antal.get(insats, 0)) for insats in {*storst, *blev}})


def jamfor(namn: str, sagt: Sida, blev: Sida) -> Traff:
    """One against the other. What has no volume to compare is volume."""
    volym = NOLL
    for enhet in {*sagt.volym, *blev.volym}:
        antal, kronor = sagt.volym[enhet]
        nu, kostade = blev.volym[enhet]
        volym += (
            avrunda(Fraction(nu - antal) * Fraction(kronor) / Fraction(antal)) if antal and nu else kostade - kronor
        )
    fel = blev.kronor - sagt.kronor
    return Traff(namn, sagt.kronor, blev.kronor, volym, fel - blev.ovrigt - volym, blev.ovrigt)


def _ihop(namn: str, alla: Sequence[Traff]) -> Traff:
    def summa(falt: str) -> Decimal:
        return sum((getattr(ett, falt) for ett in alla), NOLL)

    return Traff(namn, summa("prognos"), summa("utfall"), summa("volym"), summa("pris"), summa("ovrigt"))
