"""What invoices are held against: the settled rows of one utförare, and which of them are already invoiced."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Radstatus(StrEnum):
    """What became of a line of an invoice."""

    STAMMER = "stammer"
    AVVIKER = "avviker"
    SAKNAS = "saknas"
    DUBBLETT = "dubblett"
    VANTAR = "vantar"
    KREDITERAD = "krediterad"


@dataclass(frozen=True, slots=True)
class Underlagsrad:
    """A settled row. `manad`: the körning's; `avser`: the month that it pays for. Both are first days.

    `verk`: the verkställighet; for a justering of none, its number. `enhet` None: one that is of no enhet.
    """

    id: int
    manad: date
    avser: date
    verk: str
    enhet: int | None
    insats: str
    artikel: str
    niva: str
    antal: Decimal
    antalsenhet: str
    pris: Decimal
    belopp: Decimal
    fran: date
    sista: date


@dataclass(frozen=True, slots=True)
class Kravrad:
    """A line of an invoice, with its sign: what gives money back is negative. `avser`: the invoices that are credited.

    `referens`: the verkställighet that it names, or the text that names none. `manad` None = it does not say.
    `oren`: it is the invoice's own rounding to whole kronor. `rattar`: the document names an invoice, whether or not
    that has come.
    """

    id: int
    faktura: int
    nummer: str
    rad: str
    datum: date
    referens: str
    kand: bool
    manad: date | None
    belopp: Decimal
    antal: Decimal
    pris: Decimal
    oren: bool = False
    kreditnota: bool = False
    rattar: bool = False
    avser: tuple[int, ...] = ()
    benamning: str = ""

    @property
    def namn(self) -> str:
        """`faktura 1001, rad 3`."""
        return f"{'kreditnota' if self.kreditnota else 'faktura'} {self.nummer}, rad {self.rad}"

    @property
    def tar_tillbaka(self) -> bool:
        """Whether it takes back what was invoiced: a credit note, or a negative line that names an earlier invoice."""
        return self.kreditnota or (self.belopp < 0 and self.rattar)


@dataclass(frozen=True, slots=True)
class Forslag:
    """Rows that a line may be about, why, and how much more it is than they."""

    rader: tuple[int, ...]
    skal: tuple[str, ...]
    differens: Decimal


@dataclass(frozen=True, slots=True)
class Utfall:
    """What became of a line: the rows that it takes, how much more it is than they, and why, in sentences.

    `krediterar`: the earlier line that it takes back; `minskar`: the one whose difference it makes good.
    """

    rad: int
    status: Radstatus
    skal: tuple[str, ...]
    tacker: tuple[int, ...] = ()
    differens: Decimal = Decimal(0)
    forslag: tuple[Forslag, ...] = ()
    krediterar: int | None = None
    minskar: int | None = None


Nyckel = tuple[str, date]


class Underlag:
    """The rows, and who has taken which. A row is taken by one line or by none."""

    def __init__(
        self,
        rader: Iterable[Underlagsrad],
        fasta: Iterable[date],
        tagna: Mapping[int, Kravrad],
        i_hela: Iterable[date] = (),
    ) -> None:
        """`fasta`: months that are settled. `i_hela`: those of them whose total is paid in whole kronor."""
        self.rader = {rad.id: rad for rad in rader}
        self.fasta, self.i_hela = frozenset(fasta), frozenset(i_hela)
        self.tagna = dict(tagna)
        self._per_avser: dict[Nyckel, list[Underlagsrad]] = defaultdict(list)
        self._per_manad: dict[date, list[Underlagsrad]] = defaultdict(list)
        for rad in sorted(self.rader.values(), key=lambda ett: ett.id):
            self._per_avser[rad.verk, rad.avser].append(rad)
            self._per_manad[rad.manad].append(rad)
        self._per_verk: dict[str, list[Underlagsrad]] = defaultdict(list)
        for rad in self.rader.values():
            self._per_verk[rad.verk].append(rad)

    def fria(self, rader: Iterable[Underlagsrad]) -> list[Underlagsrad]:
        """Those that nobody has taken."""
        return [rad for rad in rader if rad.id not in self.tagna]

    def om(self, verk: str, manad: date) -> list[list[Underlagsrad]]:
        """What a line about `verk` in `manad` may mean: what the month is paid, else what was paid in it."""
        egna = self._per_avser.get((verk, manad), [])
        korda = [rad for rad in self._per_verk.get(verk, []) if rad.manad == manad]
        return [egna, sorted(korda, key=lambda ett: ett.id)]

    def manadens(self, manad: date) -> list[Underlagsrad]:
        """All that was paid in `manad`."""
        return self._per_manad.get(manad, [])

    def andra_manader(self, verk: str, manad: date) -> list[Underlagsrad]:
        """What `verk` was paid in other months."""
        return [rad for rad in self._per_verk.get(verk, []) if manad not in {rad.manad, rad.avser}]

    def ta(self, krav: Kravrad, rader: Sequence[Underlagsrad]) -> tuple[int, ...]:
        """Let the line take rows that are free."""
        for rad in rader:
            if rad.id in self.tagna:
                msg = f"rad {rad.id} är redan tagen"
                raise ValueError(msg)
            self.tagna[rad.id] = krav
        return tuple(rad.id for rad in rader)

    def slapp(self, krav: int) -> list[int]:
        """Let go of the line's rows."""
        slappta = [rad for rad, tagare in self.tagna.items() if tagare.id == krav]
        for rad in slappta:
            del self.tagna[rad]
        return slappta


def summa(rader: Iterable[Underlagsrad]) -> Decimal:
    """What the rows come to."""
    return sum((rad.belopp for rad in rader), Decimal(0))


def grupper(rader: Sequence[Underlagsrad], *falt: str) -> Iterator[list[Underlagsrad]]:
    """The rows, by these fields."""
    delar: dict[tuple[object, ...], list[Underlagsrad]] = defaultdict(list)
    for rad in rader:
        delar[tuple(getattr(rad, ett) for ett in falt)].append(rad)
    yield from delar.values()
