"""What a provider's specification says, before it is set as PDF or Excel: frozen rows and how they are summed.

No personnummer comes in here: a person is shown as `V12` and `ÅÖ 1980`, a protected one as `V12` alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from beslut.regler import Insats
from ersattning.filer.meningar import mening
from ersattning.filer.ord import enhet_kort, insats_i_ord, niva_i_ord
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Artikel, Avvikelsekod, Radenhet, Radtyp
from grund.text import dagar_i_ord, manad_i_ord, stor_forsta
from grund.tid import Manad

RATTAR = (Radtyp.KREDITERING, Radtyp.RATTELSE)


class Rad(NamedTuple):
    """A row that pays, as it is shown. Both days are included."""

    utforare: str
    enhet_id: str
    enhet: str
    verkstallighet: str
    person: str
    insats: str
    artikel: str
    niva: str
    omfattning: str
    tidsband: str
    avser: date
    typ: str
    fran: date
    sista: date
    antal: Decimal
    antalsenhet: str
    underlag: str
    a_pris: Decimal
    faktor: Decimal
    belopp: Decimal

    @property
    def vad(self) -> str:
        """`Närvaro, nivå 2, heltid`: what is paid for within the insats."""
        delar = [Artikel(self.artikel).label, niva_i_ord(self.niva), self.omfattning, tidsband_i_ord(self.tidsband)]
        return stor_forsta(", ".join(filter(None, delar)))

    @property
    def antalsenhet_i_ord(self) -> str:
        """The unit, spelt out."""
        return Radenhet(self.antalsenhet).label

    @property
    def enhet_kort(self) -> str:
        """The unit beside a number."""
        return enhet_kort(self.antalsenhet, self.antal)

    @property
    def insats_i_ord(self) -> str:
        """The insats with its law."""
        return insats_i_ord(self.insats)

    @property
    def typ_i_ord(self) -> str:
        """`Kreditering` or `Rättelse`."""
        return stor_forsta(Radtyp(self.typ).label)

    @property
    def dagar(self) -> str:
        """`1–31 maj`."""
        return dagar_i_ord(self.fran, self.sista)


class Avvik(NamedTuple):
    """Something that a person must look at, as it is shown. Both days are included."""

    utforare: str
    verkstallighet: str
    person: str
    kod: str
    manad: date
    fran: date
    sista: date
    besok: str
    varde: str

    @property
    def rubrik(self) -> str:
        """The deviation's name."""
        return Avvikelsekod(self.kod).label

    @property
    def dagar(self) -> str:
        """`3–9 maj 2026`: they may be of an earlier month."""
        return f"{dagar_i_ord(self.fran, self.sista)} {self.sista.year}"

    @property
    def mening(self) -> str:
        """What it means for the one who is paid."""
        return mening(self.kod, self.varde)


@dataclass(frozen=True)
class Delsumma:
    """What several rows come to: so many units and kronor."""

    enhet_id: str
    enhet: str
    insats: str
    artikel: str
    niva: str
    antal: Decimal
    antalsenhet: str
    belopp: Decimal

    @property
    def vad(self) -> str:
        """`Närvaro, nivå 2`."""
        return stor_forsta(", ".join(filter(None, [Artikel(self.artikel).label, niva_i_ord(self.niva)])))

    @property
    def antalsenhet_i_ord(self) -> str:
        """The unit, spelt out."""
        return Radenhet(self.antalsenhet).label

    @property
    def enhet_kort(self) -> str:
        """The unit beside a number."""
        return enhet_kort(self.antalsenhet, self.antal)

    @property
    def insats_i_ord(self) -> str:
        """The insats with its law."""
        return insats_i_ord(self.insats)


@dataclass(frozen=True)
class Grupp:
    """Rows under one heading, and what they come to. `insats` when all are of one."""

    rubrik: str
    rader: Sequence[Rad]
    insats: str = ""

    @property
    def belopp(self) -> Decimal:
        """Their sum."""
        return summa(self.rader)

    @property
    def har_underlag(self) -> bool:
        """If any row tells what its antal was made of."""
        return any(rad.underlag for rad in self.rader)

    @property
    def delsummor(self) -> list[Delsumma]:
        """Its rows, summed by insats, artikel and nivå."""
        return delsummor(self.rader)

    @property
    def per_insats(self) -> list["Grupp"]:
        """Its rows in one group for each insats."""
        return [Grupp(self.rubrik, rader, insats_i_ord(kod)) for kod, rader in _grupperat(self.rader, "insats")]


@dataclass(frozen=True)
class Mottagare:
    """Whom a specification is for."""

    namn: str
    organisationsnummer: str


@dataclass(frozen=True)
class Specifikation:
    """All that a provider is paid in a month, and what it must look at. `status` tells if the month is settled."""

    kommun: str
    manad: Manad
    status: str
    preliminar: bool
    mottagare: Mottagare
    rader: Sequence[Rad]
    avvikelser: Sequence[Avvik]

    @cached_property
    def ordinarie(self) -> list[Rad]:
        """The month's own rows."""
        return [rad for rad in self.rader if rad.typ == Radtyp.ORDINARIE]

    @cached_property
    def per_enhet(self) -> list[Grupp]:
        """The month's own rows, by enhet."""
        return [Grupp(rader[0].enhet, rader) for _, rader in _grupperat(self.ordinarie, "enhet_id")]

    @cached_property
    def rattelser(self) -> list[Rad]:
        """Rows that correct earlier months: what is taken back and what comes instead."""
        return [rad for rad in self.rader if rad.typ in RATTAR]

    @cached_property
    def rattelser_per_manad(self) -> list[Grupp]:
        """The corrections of each earlier month, the earliest first."""
        manader = sorted({rad.avser for rad in self.rattelser})
        return [Grupp(manad_i_ord(manad), [rad for rad in self.rattelser if rad.avser == manad]) for manad in manader]

    @cached_property
    def bonus(self) -> list[Rad]:
        """Arbetsbonus."""
        return [rad for rad in self.rader if rad.typ == Radtyp.BONUS]

    @cached_property
    def justeringar(self) -> list[Rad]:
        """What two persons have decided by hand (R51)."""
        return [rad for rad in self.rader if rad.typ == Radtyp.JUSTERING]

    @property
    def poster(self) -> list[tuple[str, Decimal]]:
        """What the total is made of: the month itself, each month that is corrected, bonus, and justeringar."""
        poster = [(stor_forsta(manad_i_ord(self.manad)), summa(self.ordinarie))]
        poster += [(f"Rättelse av {grupp.rubrik}", grupp.belopp) for grupp in self.rattelser_per_manad]
        poster += [("Arbetsbonus", summa(self.bonus))] if self.bonus else []
        return poster + ([("Justeringar", summa(self.justeringar))] if self.justeringar else [])

    @property
    def ordinarie_belopp(self) -> Decimal:
        """The month's own rows."""
        return summa(self.ordinarie)

    @property
    def bonus_belopp(self) -> Decimal:
        """All bonus."""
        return summa(self.bonus)

    @property
    def justerat_belopp(self) -> Decimal:
        """All justeringar."""
        return summa(self.justeringar)

    @property
    def belopp(self) -> Decimal:
        """The month's total (R0: the sum of the rounded rows)."""
        return summa(self.rader)


def summa(rader: Iterable[Rad]) -> Decimal:
    """Sum of the rows' rounded amounts."""
    return sum((rad.belopp for rad in rader), Decimal("0.00"))


def delsummor(rader: Iterable[Rad]) -> list[Delsumma]:
    """Sums by enhet (in the order in which they first come), insats, artikel and nivå."""
    antal: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    belopp: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for rad in rader:
        nyckel = (rad.enhet_id, rad.enhet, rad.insats, rad.artikel, rad.niva, rad.antalsenhet)
        antal[nyckel] += rad.antal
        belopp[nyckel] += rad.belopp
    enheter = list(dict.fromkeys(enhet_id for enhet_id, *_ in antal))
    ordnade = sorted(antal, key=lambda nyckel: (enheter.index(nyckel[0]), *insatsordning(*nyckel[2:])))
    return [
        Delsumma(
            enhet_id=nyckel[0],
            enhet=nyckel[1],
            insats=nyckel[2],
            artikel=nyckel[3],
            niva=nyckel[4],
            antal=antal[nyckel],
            antalsenhet=nyckel[5],
            belopp=belopp[nyckel],
        )
        for nyckel in ordnade
    ]


def insatsordning(insats: str, artikel: str, niva: str, antalsenhet: str) -> tuple[int, int, int, str, str]:
    """As the law and the price list count: by paragraph, then what is paid for, then level 2 before level 10."""
    siffra = int(niva) if niva.isdecimal() else 0
    return Insats.values.index(insats), Artikel.values.index(artikel), siffra, niva, antalsenhet


def _grupperat(rader: Iterable[Rad], falt: str) -> Iterator[tuple[Any, list[Rad]]]:
    """Rows that are alike in `falt`, in the order in which they first come."""
    per_varde: dict[Any, list[Rad]] = {}
    for rad in rader:
        per_varde.setdefault(getattr(rad, falt), []).append(rad)
    yield from per_varde.items()
