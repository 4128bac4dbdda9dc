"""What settled months have paid more, or less, because a level was changed: read from the rows that were paid.

Each part of a row names the assessment that priced it. A part that was priced by the change's assessment, or by a later
one, is compared: what it pays at the new level less what it would have paid at the level before, at the prices of its
own avtal and days (R4). For the change's own level the price that was paid counts. Taken back rows count with their
minus sign, so what has been corrected is in it once. Exact; rounded to öre when it is shown. Reads only.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ersattning.kalkyl import typer
from ersattning.kalkyl.bocker import Prisbok
from ersattning.kalkyl.villkor import Villkor
from ersattning.nivaandring import Andring, ordning
from ersattning.regler import FAST, UTAN_BERAKNING
from ersattning.underlag import dagens_villkor, fraga
from grund.tid import Manad

# The parts of settled rows that an assessment of these persons priced, on days from `fran`.
_DELAR = """
SELECT r.id, k.manad, r.avser_manad, r.typ, r.utforare_id, r.person_id, r.insats, r.artikel, r.niva, r.omfattning,
       r.tidsband, r.enhet_for_antal, r.a_pris, r.faktor, r.antal_taljare, r.antal_namnare, r.grund
  FROM ersattning_ersattningsrad r JOIN ersattning_korning k ON k.id = r.korning_id
 WHERE k.status = ANY(%(fasta)s) AND r.artikel <> ALL(%(utan)s) AND r.person_id = ANY(%(personer)s)
   AND r.till > %(fran)s
 ORDER BY r.avser_manad, k.manad, r.id
"""


class Rad(NamedTuple):
    """A settled row, as read."""

    id: int
    korning: date
    avser: date
    typ: str
    utforare_id: int
    person_id: int
    insats: str
    artikel: str
    niva: str
    omfattning: str
    tidsband: str
    enhet: str
    a_pris: Decimal
    faktor: Decimal
    taljare: Decimal
    namnare: Decimal
    grund: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Utfallsrad:
    """A row's share of a change: what was paid for, at which price, and at which it would have been before."""

    rad: Rad
    antal: Fraction
    pris_fore: Decimal | None
    pris_efter: Decimal | None
    skillnad: Fraction


@dataclass(frozen=True, slots=True)
class Utfall:
    """What has been paid more (or less). `utan_pris`: some of it has no price at one of the levels and is not in."""

    rader: Sequence[Utfallsrad] = ()
    utan_pris: bool = False

    @property
    def kronor(self) -> Fraction:
        return sum((ett.skillnad for ett in self.rader), Fraction(0))


class _Jamforelse(NamedTuple):
    fore: Decimal | None
    efter: Decimal | None
    antal: Fraction


def utfall(alla: Sequence[Andring]) -> dict[int, Utfall]:
    """What each has come to in settled months, by its assessment. Five queries, however many."""
    jamforbara = [ett for ett in alla if not ett.ar_forsta]
    rader = _rader(jamforbara)
    if not rader:
        return {ett.ny.id: Utfall() for ett in alla}
    priser = _Priser.av(rader)
    senare = _senare(jamforbara)
    per_person: dict[tuple[int, str], list[Rad]] = defaultdict(list)
    for rad in rader:
        per_person[rad.person_id, rad.insats].append(rad)
    svar = {ett.ny.id: Utfall() for ett in alla}
    for ett in jamforbara:
        egna = per_person.get((ett.person_id, ett.insats), ())
        svar[ett.ny.id] = _utfall(ett, egna, senare[ett.ny.id], priser)
    return svar


def _rader(alla: Sequence[Andring]) -> list[Rad]:
    if not alla:
        return []
    personer, fran = sorted({ett.person_id for ett in alla}), min(ett.ny.fran for ett in alla)
    fasta = [str(status) for status in FAST]
    utan = [str(artikel) for artikel in UTAN_BERAKNING]
    rader = fraga(_DELAR, {"fasta": fasta, "utan": utan, "personer": personer, "fran": fran})
    return [Rad._make((*rad[:-1], json.loads(rad[-1]))) for rad in rader]


def _senare(alla: Sequence[Andring]) -> dict[int, frozenset[int]]:
    """For each change: its own assessment and those of the person's insats that come after it."""
    rader = fraga(
        "SELECT person_id, insats, id, nyckel, niva, fran, godkand FROM beslut_nivabedomning"
        " WHERE status = 'godkand' AND person_id = ANY(%(personer)s)",
        {"personer": sorted({ett.person_id for ett in alla})},
    )
    per_person: dict[tuple[int, str], list[typer.Nivabedomning]] = defaultdict(list)
    for person_id, insats, *resten in rader:
        per_person[person_id, insats].append(typer.Nivabedomning(*resten))
    return {
        ett.ny.id: frozenset(
            annan.id for annan in per_person[ett.person_id, ett.insats] if ordning(annan) >= ordning(ett.ny)
        )
        for ett in alla
    }


class _Priser:
    """The prices of the months that the rows are of, as they are now."""

    def __init__(self, villkor: Villkor, manader: Iterable[Manad]) -> None:
        self._listor = {ett.id: ett.prislista_id for ett in villkor.avtal}
        self._bocker = {manad: bok.priser for manad, bok in villkor.bocker(manader).items()}

    @classmethod
    def av(cls, rader: Sequence[Rad]) -> "_Priser":
        manader = sorted({Manad.av(rad.avser) for rad in rader})
        utforare = sorted({rad.utforare_id for rad in rader})
        return cls(dagens_villkor(manader[0], manader[-1].till, utforare), manader)

    def bok(self, manad: Manad) -> Prisbok:
        return self._bocker[manad]

    def lista(self, avtal_id: int) -> int | None:
        """The avtal's price list; None for an avtal that is no more."""
        return self._listor.get(avtal_id)


def _utfall(andring: Andring, rader: Iterable[Rad], raknas: frozenset[int], priser: _Priser) -> Utfall:
    svar, utan_pris = [], False
    for rad in rader:
        delar = [del_ for del_ in rad.grund if del_.get("niva") in raknas]
        for ett in _jamfor(andring, rad, delar, priser):
            if ett.fore is None or ett.efter is None:
                utan_pris = True
                svar.append(Utfallsrad(rad, ett.antal, ett.fore, ett.efter, Fraction(0)))
            else:
                belopp = ett.antal * Fraction(rad.faktor) * Fraction(ett.efter - ett.fore)
                svar.append(Utfallsrad(rad, ett.antal, ett.fore, ett.efter, belopp))
    return Utfall(tuple(svar), utan_pris)


def _jamfor(andring: Andring, rad: Rad, delar: Sequence[Mapping[str, object]], priser: _Priser) -> list[_Jamforelse]:
    """The row's volume under the level, by the two prices."""
    hela = sum((_mangd(del_) for del_ in rad.grund), Fraction(0))
    per_pris: dict[tuple[Decimal | None, Decimal | None], Fraction] = defaultdict(Fraction)
    for del_ in delar:
        andel = _mangd(del_) / hela * Fraction(rad.taljare) / Fraction(rad.namnare)
        dagar = int(str(del_["dagar"]))
        egen = del_["niva"] == andring.ny.id
        for mask, fore, efter in _dagspriser(andring, rad, del_, priser):
            if dagar & mask:
                nyckel = (fore, rad.a_pris if egen else efter)
                per_pris[nyckel] += andel * (dagar & mask).bit_count() / dagar.bit_count()
    return [_Jamforelse(*nyckel, antal) for nyckel, antal in per_pris.items() if antal]


def _mangd(del_: Mapping[str, object]) -> Fraction:
    return Fraction(str(del_["mangd"]))


def _dagspriser(
    andring: Andring, rad: Rad, del_: Mapping[str, object], priser: _Priser
) -> list[tuple[int, Decimal | None, Decimal | None]]:
    """The days (a mask) with the price at the level before, and at the change's."""
    manad, lista = Manad.av(rad.avser), priser.lista(int(str(del_["avtal"])))
    alla = (1 << manad.dagar) - 1
    if lista is None or andring.gammal is None:
        return [(alla, None, None)]
    fore, efter = (
        _per_dag(priser.bok(manad), lista, rad, niva, alla) for niva in (andring.gammal.niva, andring.ny.niva)
    )
    return [(m0 & m1, pris0, pris1) for m0, pris0 in fore for m1, pris1 in efter if m0 & m1]


def _per_dag(bok: Prisbok, lista: int, rad: Rad, niva: str, alla: int) -> list[tuple[int, Decimal | None]]:
    priser = bok.dagar(lista, rad.insats, rad.enhet, niva, rad.omfattning, rad.tidsband).priser
    har = [(mask, pris.belopp) for mask, pris in priser]
    utan = alla & ~sum(mask for mask, _ in har)
    return [*har, *([(utan, None)] if utan else [])]
