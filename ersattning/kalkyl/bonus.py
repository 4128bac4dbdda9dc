"""R50: arbetsbonus to the provider of daglig verksamhet when a person gets a job.

`prova` says which of the conditions an employment meets, and is the only reading of them: the körning pays by it, and
the page of a claim shows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
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


class Villkor(StrEnum):
    """The conditions (a)–(d), the two ends of (b) and the two things of (c) by themselves."""

    VERKSAMHET = "verksamhet"
    TIDIGAST = "tidigast"
    SENAST = "senast"
    FORM = "form"
    GRAD = "grad"
    REGEL = "regel"


@dataclass(frozen=True, slots=True)
class Provning:
    """An employment under a rule: which conditions hold, and the verkställighet and first day that they are read from.

    `forsta_dag` None: no daglig verksamhet leads to the employment.
    """

    regel: Regel
    person: Bonusperson
    anstallning: Anstallning
    verksamhet: Verksamhet | None
    forsta_dag: date | None
    villkor: tuple[tuple[Villkor, bool], ...]

    @property
    def ger_bonus(self) -> bool:
        """Whether all of (a)–(d) hold."""
        return all(uppfyllt for _, uppfyllt in self.villkor)


@dataclass(frozen=True, slots=True)
class Del:
    """A part of the bonus. `forfaller`: False when the person is not, as far as is known, employed until its day."""

    del_av_bonus: str
    dag: date
    belopp: Decimal
    forfaller: bool


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
    """What becomes of a payment. `anvant_fore`: what the rule's year had paid before it came to this one."""

    betalning: Betalning
    betald: bool
    anvant_fore: Decimal


Nyckel = tuple[int, int, str]  # what a payment is known by: rule, person, part
Bonus = tuple[int, int]  # rule and person


def manadens_utfall(
    personer: Iterable[Bonusperson],
    regler: Iterable[Regel],
    kanda: Mapping[Nyckel, Kand],
    manad: Manad,
    aldre_fasta: frozenset[Manad],
    stoppade: AbstractSet[Bonus] = frozenset(),
) -> list[Utfall]:
    """The payments of the run of `manad`: those due in it, and late ones due in `aldre_fasta`.

    `aldre_fasta`: the settled months whose late payments this run carries. The rest as in `utfallen`.
    """
    return [
        ett
        for ett in utfallen(personer, regler, kanda, manad, stoppade)
        if ett.betalning.manad == manad or ett.betalning.manad in aldre_fasta
    ]


def utfallen(
    personer: Iterable[Bonusperson],
    regler: Iterable[Regel],
    kanda: Mapping[Nyckel, Kand],
    till_och_med: Manad,
    stoppade: AbstractSet[Bonus] = frozenset(),
) -> Iterator[Utfall]:
    """Every payment that is not settled and falls due by `till_och_med`, in the order in which the cap tries them.

    `kanda`: what is settled already. `stoppade`: the bonuses that a person has decided to take back.
    """
    regellista = list(regler)
    nya = [
        betalning
        for person in personer
        for regel in regellista
        if (regel.id, person.id) not in stoppade
        for betalning in betalningar(person, regel)
        if betalning.nyckel not in kanda and betalning.manad <= till_och_med
    ]
    nya.sort(key=lambda b: (b.forfallodag, b.person.nyckel))
    anvant = _anvant(kanda)
    for betalning in nya:
        regel, ar = betalning.regel, (betalning.regel.id, betalning.forfallodag.year)
        fore = anvant[ar]
        betald = regel.arstak is None or fore + betalning.belopp <= regel.arstak
        anvant[ar] += betalning.belopp if betald else 0
        yield Utfall(betalning, betald, fore)


def betalas_i(manad: Manad, fasta: AbstractSet[Manad]) -> Manad | None:
    """The month whose run makes a payment due in `manad`: its own, or the next open one when it is settled.

    None: it lies before the settled months without being one of them, and is never run.
    """
    if not fasta or manad > max(fasta):
        return manad
    return max(fasta).plus(1) if manad in fasta else None


def _anvant(kanda: Mapping[Nyckel, Kand]) -> defaultdict[tuple[int, int], Decimal]:
    """What settled payments have used of each rule's year."""
    anvant: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for (regel_id, _, _), kand in kanda.items():
        if kand.betald:
            anvant[regel_id, kand.forfallodag.year] += kand.belopp
    return anvant


def betalningar(person: Bonusperson, regel: Regel) -> Iterator[Betalning]:
    """The payments of the first employment that meets (a)–(d); none of 0 kronor."""
    forst = forsta_som_ger_bonus(person, regel)
    if forst is None or forst.verksamhet is None or forst.forsta_dag is None:
        return
    for del_ in delar(person.anstallningar, regel, forst.anstallning.fran):
        if del_.belopp and del_.forfaller:
            yield Betalning(
                regel,
                person,
                forst.verksamhet,
                forst.anstallning,
                forst.forsta_dag,
                del_.del_av_bonus,
                del_.dag,
                del_.belopp,
            )


def forsta_som_ger_bonus(person: Bonusperson, regel: Regel) -> Provning | None:
    """The first employment (fran, anstallning_id) that meets (a)–(d): the only one that gives anything."""
    i_ordning = sorted(person.anstallningar, key=lambda a: (a.fran, a.nyckel))
    return next((ett for a in i_ordning if (ett := prova(person, regel, a)).ger_bonus), None)


def prova(person: Bonusperson, regel: Regel, anstallning: Anstallning) -> Provning:
    """Each of (a)–(d) for one employment."""
    start = anstallning.fran
    verksamhet = utpekad_verksamhet(person.verksamheter, start)
    forsta = kedjans_forsta_dag(person.verksamheter, start) if verksamhet else None
    return Provning(
        regel,
        person,
        anstallning,
        verksamhet,
        forsta,
        (
            (Villkor.VERKSAMHET, verksamhet is not None),
            (Villkor.TIDIGAST, tidigt_nog(forsta, start, regel)),
            (Villkor.SENAST, sent_nog(forsta, start, regel)),
            (Villkor.FORM, ratt_form(anstallning, regel)),
            (Villkor.GRAD, ratt_grad(anstallning, regel)),
            (Villkor.REGEL, _galler(regel, start)),
        ),
    )


def delar(anstallningar: Sequence[Anstallning], regel: Regel, start: date) -> tuple[Del, ...]:
    """The parts of the bonus for an employment that starts on `start`, with their days."""
    if not regel.kvalificering_manader:
        return (Del(START, start, regel.belopp, forfaller=True),)
    vid_start, rest = dela(regel.belopp, regel.andel_vid_start)
    dag = kvalificeringsdag(regel, start)
    bestar = anstalld_hela_tiden(anstallningar, regel, start, dag)
    return Del(START, start, vid_start, forfaller=True), Del(REST, dag, rest, forfaller=bestar)


def kvalificeringsdag(regel: Regel, start: date) -> date:
    """The day on which the rest is due."""
    return _plus(start, regel.kvalificering_manader)


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


def tidigt_nog(forsta: date | None, start: date, regel: Regel) -> bool:
    """(b): first day + tidigast ≤ start. Without a first day only a rule without the limit is met."""
    if regel.tidigast_manader is None:
        return True
    return forsta is not None and start >= _plus(forsta, regel.tidigast_manader)


def sent_nog(forsta: date | None, start: date, regel: Regel) -> bool:
    """(b): start ≤ first day + senast."""
    if regel.senast_manader is None:
        return True
    return forsta is not None and start <= _plus(forsta, regel.senast_manader)


def _plus(dag: date, manader: int) -> date:
    return lagg_till_manader(dag, manader) if manader <= _LANGST else date.max


def ratt_form(anstallning: Anstallning, regel: Regel) -> bool:
    """(c): the form."""
    return not regel.anstallningsformer or anstallning.anstallningsform in regel.anstallningsformer


def ratt_grad(anstallning: Anstallning, regel: Regel) -> bool:
    """(c): the degree."""
    minst = regel.minst_sysselsattningsgrad
    return minst is None or anstallning.sysselsattningsgrad >= minst


def uppfyller_c(anstallning: Anstallning, regel: Regel) -> bool:
    """(c): the form and the degree."""
    return ratt_form(anstallning, regel) and ratt_grad(anstallning, regel)


def _galler(regel: Regel, dag: date) -> bool:
    """(d)."""
    return regel.fran <= dag and (regel.till is None or dag < regel.till)


def anstalld_hela_tiden(anstallningar: Iterable[Anstallning], regel: Regel, start: date, slut: date) -> bool:
    """Employed on every day from `start` to `slut`, both included, in employments that meet (c)."""
    return anstalld_till(anstallningar, regel, start) > slut


def anstalld_till(anstallningar: Iterable[Anstallning], regel: Regel, start: date) -> date:
    """The first day from `start` without an employment that meets (c); date.max when none is known."""
    tackt = start
    for ett in sorted((a for a in anstallningar if uppfyller_c(a, regel)), key=lambda a: a.fran):
        if ett.fran > tackt:
            break
        tackt = max(tackt, date.max if ett.till is None else ett.till)
    return tackt
