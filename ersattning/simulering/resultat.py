"""What a simulering came to, read for pages, workbook and documents: sums alone, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from ersattning.filer.ord import insats_i_ord
from ersattning.models import (
    Ersattningsrad,
    Simulering,
    Simuleringsbrist,
    Simuleringssumma,
    Simuleringsvariant,
    Simuleringsvolym,
)
from ersattning.regler import FAST, Artikel, Radenhet
from ersattning.simulering.ord import Incitament, brist_i_ord, i_ord, incitament
from ersattning.simulering.utforande import Manadsvolym, Utforande, med_flaggor
from grund.text import svensk_ordning
from grund.tid import Manad
from utforare.models import Prislista, Utforare

NOLL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Variantrad:
    """A variant: what it costs, and against what is. `mot` is None for what is."""

    nummer: int
    namn: str
    andringar: Sequence[str]
    kronor: Decimal
    timmar: Decimal
    mot: Decimal | None
    procent: Decimal | None
    per_personmanad: Decimal | None
    per_utford_timme: Decimal | None
    brister: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Delrad:
    """A part (an utförare, a month, an insats or a level): what is, and how each other variant differs."""

    namn: str
    nyckel: Any
    nu: Decimal
    mot: Sequence[Decimal]
    personer: int | None = None
    utforandegrad: Fraction | None = None
    budget: Decimal | None = None
    avvikelser: Sequence[Decimal] = ()


@dataclass(frozen=True, slots=True)
class Volym:
    """What there was: persons, person-months, and minutes ordered and carried out."""

    personer: int
    personmanader: int
    bestallda: Fraction
    utforda: int

    @property
    def andel(self) -> Fraction | None:
        """Carried out of ordered."""
        return Fraction(self.utforda) / self.bestallda if self.bestallda and self.utforda else None


@dataclass(frozen=True, slots=True)
class Resultat:
    """All of it."""

    simulering: Simulering
    varianter: Sequence[Variantrad]
    volym: Volym
    per_utforare: Sequence[Delrad]
    per_manad: Sequence[Delrad]
    per_insats: Sequence[Delrad]
    per_niva: Sequence[Delrad]
    punkter: Sequence[tuple[int, Decimal]]
    utforande: Sequence[Utforande]
    incitament: Sequence[Incitament]
    avstamning: "Avstamning"
    har_timmar: bool = False
    artiklar: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)

    @property
    def andra(self) -> Sequence[Variantrad]:
        """The variants beside what is."""
        return self.varianter[1:]


@dataclass(frozen=True, slots=True)
class Avstamning:
    """What is simulated as it is, against what is settled: only the months that are."""

    manader: int
    simulerat: Decimal
    faststallt: Decimal

    @property
    def skillnad(self) -> Decimal:
        """What the history has changed since the months were settled (R40 corrects it)."""
        return self.simulerat - self.faststallt


def hamta(simulering: Simulering) -> Resultat:
    """The result of a simulering that is klar."""
    alla = list(simulering.varianter.order_by("nummer"))
    egna, punkter = [v for v in alla if v.punkt is None], [v for v in alla if v.punkt is not None]
    listor = dict(Prislista.objects.values_list("pk", "namn"))
    summor, nummer = _Summor(simulering), [ett.nummer for ett in egna]
    volymer = list(Simuleringsvolym.objects.filter(simulering=simulering).select_related("utforare"))
    volym = _volym(volymer)
    return Resultat(
        simulering=simulering,
        varianter=_variantrader(egna, listor, summor, volym, _brister(simulering)),
        volym=volym,
        per_utforare=_per_utforare(summor, nummer, volymer),
        per_manad=summor.delrader("manad", nummer, lambda dag: str(Manad.av(dag))),
        per_insats=_med_budget(summor.delrader("insats", nummer, insats_i_ord), simulering),
        per_niva=_per_niva(summor, nummer),
        punkter=[(ett.punkt or 0, summor.totalt(ett.nummer)) for ett in punkter],
        utforande=_utforande(volymer),
        incitament=incitament(summor.artiklar(nummer)),
        avstamning=_avstamning(simulering, summor),
        har_timmar=any(summor.timmar(ett) for ett in nummer),
        artiklar=summor.per_artikel(nummer),
    )


class _Summor:
    """The stored sums, grouped once in the database, and added here."""

    _FALT = ("variant__nummer", "manad", "utforare_id", "insats", "niva", "artikel", "enhet")

    def __init__(self, simulering: Simulering) -> None:
        rader = Simuleringssumma.objects.filter(variant__simulering=simulering).order_by()
        grupperade = rader.values_list(*self._FALT).annotate(antal_=Sum("antal"), kronor=Sum("belopp"))
        self.rader = list(grupperade)

    def totalt(self, nummer: int) -> Decimal:
        return sum((rad[8] for rad in self.rader if rad[0] == nummer), NOLL)

    def timmar(self, nummer: int) -> Decimal:
        return sum((rad[7] for rad in self.rader if rad[0] == nummer and rad[6] == Radenhet.TIMME), NOLL)

    def artiklar(self, nummer: Sequence[int]) -> list[str]:
        return sorted({rad[5] for rad in self.rader if rad[0] in nummer})

    def per(self, falt: str) -> dict[tuple[Any, int], Decimal]:
        """Kronor by (value of the field, variant)."""
        plats, svar = self._FALT.index(falt), defaultdict[tuple[Any, int], Decimal](Decimal)
        for rad in self.rader:
            svar[rad[plats], rad[0]] += rad[8]
        return svar

    def per_artikel(self, nummer: Sequence[int]) -> dict[str, list[Decimal]]:
        per = self.per("artikel")
        return {artikel: [per[artikel, ett] for ett in nummer] for artikel in self.artiklar(nummer)}

    def delrader(self, falt: str, nummer: Sequence[int], namn: Any) -> list[Delrad]:
        """A row for each value of the field, in order of the value."""
        per = self.per(falt)
        varden = sorted({varde for varde, ett in per if ett in nummer})
        return [Delrad(namn(ett), ett, per[ett, 0], [per[ett, n] - per[ett, 0] for n in nummer if n]) for ett in varden]


def _volym(volymer: Sequence[Simuleringsvolym]) -> Volym:
    alla = [ett for ett in volymer if ett.utforare_id is None]
    perioden = next((ett for ett in alla if ett.manad is None), None)
    if perioden is None:
        return Volym(0, 0, Fraction(0), 0)
    manader = sum(ett.personer for ett in alla if ett.manad)
    return Volym(perioden.personer, manader, Fraction(perioden.bestallda), perioden.utforda)


def _variantrader(
    varianter: Sequence[Simuleringsvariant],
    listor: Mapping[int, str],
    summor: _Summor,
    volym: Volym,
    brister: Mapping[int, list[str]],
) -> list[Variantrad]:
    nu = summor.totalt(0)
    svar = []
    for ett in varianter:
        belopp = summor.totalt(ett.nummer)
        svar.append(
            Variantrad(
                nummer=ett.nummer,
                namn=ett.namn,
                andringar=i_ord(ett.val, listor) if ett.nummer else ["Avtal och priser som de är"],
                kronor=belopp,
                timmar=summor.timmar(ett.nummer),
                mot=belopp - nu if ett.nummer else None,
                procent=(belopp - nu) * 100 / nu if ett.nummer and nu else None,
                per_personmanad=belopp / volym.personmanader if volym.personmanader else None,
                per_utford_timme=belopp * 60 / volym.utforda if volym.utforda else None,
                brister=brister.get(ett.nummer, []),
            )
        )
    return svar


def _brister(simulering: Simulering) -> dict[int, list[str]]:
    svar: dict[int, list[str]] = defaultdict(list)
    rader = Simuleringsbrist.objects.filter(variant__simulering=simulering).order_by("kod")
    for nummer, kod, antal in rader.values_list("variant__nummer", "kod").annotate(summa=Sum("antal")):
        svar[nummer].append(brist_i_ord(kod, antal))
    return svar


def _per_utforare(summor: _Summor, nummer: Sequence[int], volymer: Sequence[Simuleringsvolym]) -> list[Delrad]:
    perioden = [ett for ett in volymer if ett.manad is None and ett.utforare_id]
    namn = dict(Utforare.objects.values_list("pk", "namn"))
    svar = []
    for rad in summor.delrader("utforare_id", nummer, lambda pk: namn[pk]):
        egna = [ett for ett in perioden if ett.utforare_id == rad.nyckel]
        bestallda = sum((Fraction(ett.bestallda) for ett in egna), Fraction(0))
        utforda = sum(ett.utforda for ett in egna)
        grad = Fraction(utforda) / bestallda if bestallda and utforda else None
        personer = sum(ett.personer for ett in egna)
        svar.append(Delrad(rad.namn, rad.nyckel, rad.nu, rad.mot, personer, grad))
    return sorted(svar, key=lambda rad: svensk_ordning(rad.namn))


def _med_budget(rader: Sequence[Delrad], simulering: Simulering) -> list[Delrad]:
    """What each insats costs more than its budget, as it is and under each variant."""
    budget = dict(simulering.budgetar.values_list("insats", "belopp"))
    svar = []
    for rad in rader:
        egen = budget.get(rad.nyckel)
        avvikelser = [] if egen is None else [rad.nu - egen, *(rad.nu + mot - egen for mot in rad.mot)]
        svar.append(Delrad(rad.namn, rad.nyckel, rad.nu, rad.mot, budget=egen, avvikelser=avvikelser))
    return sorted(svar, key=lambda rad: svensk_ordning(rad.namn))


def _per_niva(summor: _Summor, nummer: Sequence[int]) -> list[Delrad]:
    return summor.delrader("niva", nummer, lambda niva: niva or "Utan nivå")


def _utforande(volymer: Sequence[Simuleringsvolym]) -> list[Utforande]:
    """Those who have ordered and carried-out time, in Swedish order."""
    per: dict[tuple[str, str], dict[Manad, Manadsvolym]] = defaultdict(dict)
    for ett in volymer:
        if ett.utforare and ett.manad and ett.bestallda:
            manad = Manadsvolym(Fraction(ett.bestallda), ett.utforda, ett.efterhand)
            per[ett.utforare.namn, ett.insats][Manad.av(ett.manad)] = manad
    alla = [
        Utforande(namn, insats_i_ord(insats), manader)
        for (namn, insats), manader in per.items()
        if any(ett.utforda for ett in manader.values())
    ]
    return sorted(med_flaggor(alla), key=lambda ett: (svensk_ordning(ett.namn), svensk_ordning(ett.insats)))


def _avstamning(simulering: Simulering, summor: _Summor) -> Avstamning:
    """The settled months of the period, bonus apart: what they have become by now, against what was simulated."""
    fasta = {Manad.las(ett["manad"]).fran for ett in simulering.grund if ett["status"] in FAST}
    rader = Ersattningsrad.objects.filter(avser_manad__in=fasta, korning__status__in=FAST).exclude(
        artikel=Artikel.ARBETSBONUS
    )
    if simulering.insats:
        rader = rader.filter(insats=simulering.insats)
    if utforare := list(simulering.utforare.values_list("pk", flat=True)):
        rader = rader.filter(utforare__in=utforare)
    faststallt = rader.aggregate(summa=Sum("belopp"))["summa"] or NOLL
    per = summor.per("manad")
    return Avstamning(len(fasta), sum((per[dag, 0] for dag in fasta), NOLL), faststallt)
