"""R50: arbetsbonus to the provider of daglig verksamhet when a person gets a job."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from grund.pengar import avrunda
from grund.tid import Manad, lagg_till_manader

START, REST = "start", "rest"
GLAPP_DAGAR = 31  # (a), (b): as long may pass between a verkställighet and what follows
_LANGST = 12 * 200  # months; a limit beyond that is no limit


@dataclass(frozen=True, slots=True)
class Regel:
    """A version of the terms. None = no limit; empty anstallningsformer = all."""

    id: int
    belopp: Decimal
    tidigast_manader: int | None
    senast_manader: int | None
    kvalificering_manader: int
    andel_vid_start: Fraction
    anstallningsformer: frozenset[str]
    minst_sysselsattningsgrad: Decimal | None
    arstak: Decimal | None
    fran: date
    till: date | None


@dataclass(frozen=True, slots=True)
class Anstallning:
    """An employment, `[fran, till)`; sysselsattningsgrad in percent."""

    id: int
    nyckel: str
    fran: date
    till: date | None
    sysselsattningsgrad: Decimal
    anstallningsform: str


@dataclass(frozen=True, slots=True)
class Verksamhet:
    """A verkställighet of daglig verksamhet, `[fran, till)`."""

    id: int
    nyckel: str
    utforare_id: int
    enhet_id: int
    beslut_id: int
    fran: date
    till: date | None


@dataclass(frozen=True, slots=True)
class Bonusperson:
    """A person with employments."""

    id: int
    nyckel: str
    anstallningar: tuple[Anstallning, ...]
    verksamheter: tuple[Verksamhet, ...]


@dataclass(frozen=True, slots=True)
class Betalning:
    """A payment that falls due, and what led to it."""

    regel: Regel
    person: Bonusperson
    verksamhet: Verksamhet
    anstallning: Anstallning
    forsta_dag: date
    del_av_bonus: str
    forfallodag: date
    belopp: Decimal

    @property
    def nyckel(self) -> tuple[int, int, str]:
        """What a payment is known by."""
        return self.regel.id, self.person.id, self.del_av_bonus

    @property
    def manad(self) -> Manad:
        return Manad.av(self.forfallodag)


@dataclass(frozen=True, slots=True)
class Kand:
    """What a settled month made of a payment: paid, or skipped for good."""

    forfallodag: date
    belopp: Decimal
    betald: bool


@dataclass(frozen=True, slots=True)
class Utfall:
    """What this run makes of a payment."""

    betalning: Betalning
    betald: bool


def manadens_utfall(
    personer: Iterable[Bonusperson],
    regler: Iterable[Regel],
    kanda: Mapping[tuple[int, int, str], Kand],
    manad: Manad,
    aldre_fasta: frozenset[Manad],
) -> list[Utfall]:
    """The payments of the run of `manad`: those due in it, and late ones due in `aldre_fasta`.

    `aldre_fasta`: the settled months whose late payments this run carries. `kanda`: what is settled already.
    """
    regellista = list(regler)
    nya = [
        betalning
        for person in personer
        for regel in regellista
        for betalning in betalningar(person, regel)
        if betalning.nyckel not in kanda and betalning.manad <= manad
    ]
    nya.sort(key=lambda b: (b.forfallodag, b.person.nyckel))
    anvant = _anvant(kanda)
    svar = []
    for betalning in nya:
        regel, ar = betalning.regel, (betalning.regel.id, betalning.forfallodag.year)
        betald = regel.arstak is None or anvant[ar] + betalning.belopp <= regel.arstak
        anvant[ar] += betalning.belopp if betald else 0
        if betalning.manad == manad or betalning.manad in aldre_fasta:
            svar.append(Utfall(betalning, betald))
    return svar


def _anvant(kanda: Mapping[tuple[int, int, str], Kand]) -> defaultdict[tuple[int, int], Decimal]:
    """What settled payments have used of each rule's year."""
    anvant: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for (regel_id, _, _), kand in kanda.items():
        if kand.betald:
            anvant[regel_id, kand.forfallodag.year] += kand.belopp
    return anvant


def betalningar(person: Bonusperson, regel: Regel) -> Iterator[Betalning]:
    """The payments of the first employment that meets (a)–(d); none of 0 kronor."""
    for anstallning in sorted(person.anstallningar, key=lambda a: (a.fran, a.nyckel)):
        verksamhet = utpekad_verksamhet(person.verksamheter, anstallning.fran)
        if verksamhet is None or not uppfyller_c(anstallning, regel) or not _galler(regel, anstallning.fran):
            continue
        forsta = kedjans_forsta_dag(person.verksamheter, anstallning.fran)
        if not i_ratt_tid(forsta, anstallning.fran, regel):
            continue
        for del_av_bonus, dag, belopp in _delar(person, regel, anstallning.fran):
            if belopp:
                yield Betalning(regel, person, verksamhet, anstallning, forsta, del_av_bonus, dag, belopp)
        return


def _delar(person: Bonusperson, regel: Regel, start: date) -> Iterator[tuple[str, date, Decimal]]:
    if not regel.kvalificering_manader:
        yield START, start, regel.belopp
        return
    vid_start, rest = dela(regel.belopp, regel.andel_vid_start)
    yield START, start, vid_start
    dag = _plus(start, regel.kvalificering_manader)
    if anstalld_hela_tiden(person.anstallningar, regel, start, dag):
        yield REST, dag, rest


def dela(belopp: Decimal, andel_vid_start: Fraction) -> tuple[Decimal, Decimal]:
    """What is due at the start, rounded to öre, and the rest."""
    vid_start = avrunda(Fraction(belopp) * andel_vid_start)
    return vid_start, belopp - vid_start


def utpekad_verksamhet(verksamheter: Iterable[Verksamhet], start: date) -> Verksamhet | None:
    """(a): the one that covers `start`, else the one that ended last, at most 31 days before."""
    bevakande = [v for v in verksamheter if v.fran <= start and (v.till is None or start < v.till)]
    if not bevakande:
        slutade = [(_sista(v), v) for v in verksamheter if _sista(v) < start]
        senast = max((dag for dag, _ in slutade if (start - dag).days <= GLAPP_DAGAR), default=None)
        bevakande = [v for dag, v in slutade if dag == senast]
    return max(bevakande, key=lambda v: (v.fran, v.nyckel), default=None)


def _sista(verksamhet: Verksamhet) -> date:
    return date.max if verksamhet.till is None else verksamhet.till - timedelta(days=1)


def kedjans_forsta_dag(verksamheter: Iterable[Verksamhet], start: date) -> date:
    """(b): the first day of the chain of verkställigheter that leads to `start`, at any provider."""
    forsta = slut = None
    for ett in sorted((v for v in verksamheter if v.fran <= start), key=lambda v: v.fran):
        if forsta is None or slut is None or (ett.fran - slut).days > GLAPP_DAGAR:
            forsta, slut = ett.fran, _sista(ett)
        slut = max(slut, _sista(ett))
    if forsta is None:
        msg = "ingen verkställighet leder fram till dagen"
        raise ValueError(msg)
    return forsta


def i_ratt_tid(forsta: date, start: date, regel: Regel) -> bool:
    """(b): first day + tidigast ≤ start ≤ first day + senast."""
    for_tidigt = regel.tidigast_manader is not None and start < _plus(forsta, regel.tidigast_manader)
    for_sent = regel.senast_manader is not None and start > _plus(forsta, regel.senast_manader)
    return not for_tidigt and not for_sent


def _plus(dag: date, manader: int) -> date:
    return lagg_till_manader(dag, manader) if manader <= _LANGST else date.max


def uppfyller_c(anstallning: Anstallning, regel: Regel) -> bool:
    """(c): the form and the degree."""
    ratt_form = not regel.anstallningsformer or anstallning.anstallningsform in regel.anstallningsformer
    minst = regel.minst_sysselsattningsgrad
    return ratt_form and (minst is None or anstallning.sysselsattningsgrad >= minst)


def _galler(regel: Regel, dag: date) -> bool:
    """(d)."""
    return regel.fran <= dag and (regel.till is None or dag < regel.till)


def anstalld_hela_tiden(anstallningar: Iterable[Anstallning], regel: Regel, start: date, slut: date) -> bool:
    """Employed on every day from `start` to `slut`, both included, in employments that meet (c)."""
    tackt = start  # first day not yet covered
    for ett in sorted((a for a in anstallningar if uppfyller_c(a, regel)), key=lambda a: a.fran):
        if ett.fran > tackt:
            break
        tackt = max(tackt, date.max if ett.till is None else ett.till)
    return tackt > slut
