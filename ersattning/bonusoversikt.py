"""What arbetsbonus comes to: each rule's year against its cap, and the bonus against daglig verksamhet not paid for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ersattning import aterkrav
from ersattning.aterkrav import Fall
from ersattning.bonusunderlag import fasta_manader, las_kanda, las_personer, las_regler, las_stoppade, som_regel
from ersattning.kalkyl import bonus as kalkyl
from ersattning.kalkyl.bonuseffekt import Betalt, Manadseffekt, Utan, effekt, per_manad, utan_daglig_verksamhet
from ersattning.kalkyl.person import rakna_person
from ersattning.models import Aterkravsrad, Bonusregel, Ersattningsrad
from ersattning.regler import FAST, Artikel, Prisenhet
from ersattning.underlag_manader import las_manader
from grund.tid import EN_DAG, Manad

VANLIGA_DAGAR = 21  # paid days in a month, as Täby counts: 679 kr a day


@dataclass(frozen=True, slots=True)
class Arsrad:
    """A rule's calendar year. `vantar`: not settled, and due by the year's end as it is known now; `tidigare`: due
    before the first month that is run here, so never paid here, though it counts in the cap (R50).
    """

    regel: Bonusregel
    ar: int
    betalt: Decimal
    vantar: Decimal
    tidigare: Decimal
    over_tak: Decimal
    aterkravt: Decimal

    @property
    def kvar(self) -> Decimal | None:
        """What is left of the cap; what is taken back has been used (R50)."""
        return None if self.regel.arstak is None else max(Decimal(0), self.regel.arstak - self.anvant)

    @property
    def andel(self) -> int:
        """How much of the cap is used, per cent, for a bar."""
        if not self.regel.arstak:
            return 0
        return min(100, int(self.anvant * 100 / self.regel.arstak))

    @property
    def anvant(self) -> Decimal:
        return self.betalt + self.vantar + self.tidigare


def arsrader(idag: date) -> list[Arsrad]:
    """Each rule and year with something in it, and this year of each rule that holds; the latest first."""
    kanda, fasta = las_kanda(), fasta_manader()
    summor: defaultdict[tuple[int, int], defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for (regel, _, _), kand in kanda.items():
        summor[regel, kand.forfallodag.year]["betalt" if kand.betald else "over_tak"] += kand.belopp
    for ett in kalkyl.utfallen(las_personer(), las_regler(), kanda, Manad(idag.year, 12), las_stoppade()):
        nyckel = (ett.betalning.regel.id, ett.betalning.forfallodag.year)
        vantar = "vantar" if kalkyl.betalas_i(ett.betalning.manad, fasta) else "tidigare"
        summor[nyckel][vantar if ett.betald else "over_tak"] += ett.betalning.belopp
    for rad in Aterkravsrad.objects.select_related("rad", "provning"):
        summor[rad.provning.regel_id, rad.rad.fran.year]["aterkravt"] += rad.rad.belopp
    regler = Bonusregel.objects.in_bulk()
    for version in regler.values():
        if version.fran <= idag and (version.till is None or version.till > idag):
            summor.setdefault((version.pk, idag.year), defaultdict(Decimal))  # this year is shown, empty or not
    svar = [
        Arsrad(regler[pk], ar, s["betalt"], s["vantar"], s["tidigare"], s["over_tak"], s["aterkravt"])
        for (pk, ar), s in summor.items()
    ]
    return sorted(svar, key=lambda ett: (-ett.ar, ett.regel.nyckel))


@dataclass(frozen=True, slots=True)
class Pris:
    """What daglig verksamhet cost per unit at the person's last paid day there. None: it cannot be told."""

    belopp: Decimal
    enhet: str
    niva: str


@dataclass(frozen=True, slots=True)
class Personeffekt:
    """A paid bonus: its price before, and the days without daglig verksamhet, `[fran, till)`."""

    fall: Fall
    pris: Pris | None
    fran: date | None
    till: date | None


@dataclass(frozen=True, slots=True)
class Effekt:
    """Month by month, and each bonus that it is made of."""

    manader: list[Manadseffekt]
    personer: list[Personeffekt]
    dagar: int

    @property
    def utan_pris(self) -> int:
        return sum(1 for ett in self.personer if ett.pris is None and ett.fran)

    @property
    def utan_uppehall(self) -> int:
        """Those who have gone on with daglig verksamhet beside the work."""
        return sum(1 for ett in self.personer if ett.fran is None)


def effekten(idag: date, dagar: int = VANLIGA_DAGAR) -> Effekt:
    """`dagar`: the paid days assumed in a whole month. A few queries for each paid bonus, of which there are few."""
    fall = aterkrav.fallen()
    personer = {ett.id: ett for ett in las_personer(bara={f.person.pk for f in fall})}
    alla = [_personeffekt(ett, personer[ett.person.pk]) for ett in fall]
    utan = [Utan(ett.fran, ett.till, _manadspris(ett.pris, dagar)) for ett in alla if ett.fran and ett.pris]
    return Effekt(effekt(_betalt(), utan, Manad.av(idag)), alla, dagar)


def _personeffekt(fall: Fall, person: kalkyl.Bonusperson) -> Personeffekt:
    uppehall = utan_daglig_verksamhet(person, som_regel(fall.regel), fall.start)
    fran, till = uppehall or (None, None)
    return Personeffekt(fall, _pris(person, fall.start), fran, till)


def _pris(person: kalkyl.Bonusperson, start: date) -> Pris | None:
    """From the core's own rows of the last month in daglig verksamhet before `start`, or of the one before that."""
    verk = kalkyl.utpekad_verksamhet(person.verksamheter, start)
    if verk is None:
        return None
    sista = Manad.av(min(start, verk.till or start) - EN_DAG)
    manader = las_manader([sista.plus(-1), sista], [person.id]).get(person.id, {})
    for manad in sorted(manader, reverse=True):
        underlag, bok = manader[manad]
        rader = [r for r in rakna_person(underlag, bok).rader if r.verkstallighet.id == verk.id]
        rader = [r for r in rader if r.artikel in {Artikel.NARVARO, Artikel.MANAD}]
        if rader:
            sist = max(rader, key=lambda r: (r.sista, r.antal))
            return Pris(sist.a_pris, sist.enhet, sist.niva)
    return None


def _manadspris(pris: Pris | None, dagar: int) -> Fraction:
    if pris is None:
        return Fraction(0)
    return Fraction(pris.belopp) if pris.enhet == Prisenhet.MANAD else per_manad(pris.belopp, dagar)


def _betalt() -> Iterable[Betalt]:
    """Settled bonus and what has been taken back, by the month that paid it."""
    rader = Ersattningsrad.objects.filter(artikel=Artikel.ARBETSBONUS, korning__status__in=FAST)
    for manad, belopp in rader.values_list("korning__manad", "belopp"):
        yield Betalt(Manad.av(manad), belopp)
