"""A reader who tries to work out what is hidden, with everything that is printed in any number of documents.

The attacker reads the tables of the printed HTML. He knows which insatser are carried out under which forms of contract
in each month (it stands in public contracts), that no cost is negative, and every sum in every document. For each month
he has one unknown a cell and one equation a printed sum. He then tries two things:

- `rojda_summor`: every way to add and subtract printed sums that gives the exact cost of *some* cells.
- `spann`: the least and the most that a cell can be (linear programming in exact fractions, tests/uppfoljning/lp.py).

Sentences and chart are made of the same figures. That they add nothing is shown otherwise: test_undertryckning.py makes
another municipality out of what the attacker cannot exclude, and prints the very same documents.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser
from itertools import product

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad
from tests.uppfoljning.lp import storst

Nyckel = tuple[str, str]  # insats, regi
_REGIORD = {
    "egen regi": "egenregi",
    "valfrihetssystem (LOV)": "lov",
    "ramavtal": "ramavtal",
    "individavtal": "individavtal",
}


@dataclass
class Tryckt:
    """A printed table."""

    rubrik: str
    kolumner: list[str]
    rader: list[list[str]]


class _Lasare(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tabeller: list[Tryckt] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "table":
            self.tabeller.append(Tryckt("", [], []))
        if tag == "tr":
            self.tabeller[-1].rader.append([])
        if tag in ("caption", "th", "td"):
            self._text = []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._text).replace("\xa0", "").split())
        if tag == "caption":
            self.tabeller[-1].rubrik = re.sub(r"^Tabell \d+\. ", "", text)
        if tag in ("th", "td"):
            self.tabeller[-1].rader[-1].append(text)
        if tag == "table":
            self.tabeller[-1].kolumner = self.tabeller[-1].rader.pop(0)


def tabeller(html: str) -> list[Tryckt]:
    lasare = _Lasare()
    lasare.feed(html)
    return lasare.tabeller


@dataclass(frozen=True)
class Summa:
    """A printed sum: of which cells, and how much."""

    celler: frozenset[Nyckel]
    kronor: int


def summor(dokument: Iterable[str], manad: Manad, finns: Sequence[Nyckel]) -> set[Summa]:
    """Every sum of `manad`'s cost in the documents. `finns` are the cells that are known to have something."""
    return {summa for html in dokument for tabell in tabeller(html) for summa in _i_tabell(tabell, manad, finns)}


def _i_tabell(tabell: Tryckt, manad: Manad, finns: Sequence[Nyckel]) -> Iterator[Summa]:
    kolumn = stor_forsta(manad_i_ord(manad))
    if not tabell.rubrik.startswith("Kostnad per") or kolumn not in tabell.kolumner:
        return
    plats, vilka = tabell.kolumner.index(kolumn), _radernas_celler(tabell, finns)
    for rad in tabell.rader:
        yield Summa(vilka[rad[0]], heltal(rad[plats]))


def _radernas_celler(tabell: Tryckt, finns: Sequence[Nyckel]) -> Mapping[str, frozenset[Nyckel]]:
    if tabell.kolumner[0] == "Regi":
        egna = {rad[0]: _med_regi(rad[0], finns) for rad in tabell.rader if rad[0] != "Summa"}
    else:
        namn = {insats_i_ord(kod): kod for kod in Insats.values}
        egna = {rad[0]: frozenset(c for c in finns if c[0] == namn[rad[0]]) for rad in tabell.rader if rad[0] in namn}
        egna["Övriga insatser"] = frozenset(finns) - frozenset().union(*egna.values())
    return egna | {"Summa": frozenset(finns)}


def _med_regi(namn: str, finns: Sequence[Nyckel]) -> frozenset[Nyckel]:
    delar = {_REGIORD[delen[:1].lower() + delen[1:]] for delen in re.split(r", | och ", namn)}
    return frozenset(c for c in finns if c[1] in delar)


def heltal(text: str) -> int:
    return int(text.replace("−", "-").replace("+", ""))


def rojda_summor(kanda: Iterable[Summa]) -> Iterator[frozenset[Nyckel]]:
    """Sets of cells whose exact cost is what some printed sums, added and subtracted, come to."""
    unika = [celler for celler in {summa.celler for summa in kanda} if celler]
    alla = sorted(frozenset().union(*unika))
    vektorer = [tuple(int(c in celler) for c in alla) for celler in unika]
    oberoende = _bas(vektorer)
    for tecken in product((-1, 0, 1), repeat=len(oberoende)):
        summa = [sum(t * v[plats] for t, v in zip(tecken, oberoende, strict=True)) for plats in range(len(alla))]
        if any(summa) and set(summa) <= {0, 1}:
            yield frozenset(c for c, varde in zip(alla, summa, strict=True) if varde)


def _bas(vektorer: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """As many of them as are independent, the sums of fewest cells first."""
    valda: list[tuple[int, ...]] = []
    steg: list[tuple[int, list[Fraction]]] = []
    for vektor in sorted(vektorer, key=sum):
        rest = [Fraction(varde) for varde in vektor]
        for plats, tidigare in steg:
            if faktor := rest[plats]:
                rest = [a - faktor * b for a, b in zip(rest, tidigare, strict=True)]
        forsta = next((plats for plats, varde in enumerate(rest) if varde), None)
        if forsta is not None:
            steg.append((forsta, [varde / rest[forsta] for varde in rest]))
            valda.append(vektor)
    return valda


@dataclass(frozen=True)
class Spann:
    """The least and the most that a cell can be, and costs of all cells that the attacker cannot exclude."""

    minst: Fraction
    mest: Fraction
    vid_minst: Mapping[Nyckel, Fraction]
    vid_mest: Mapping[Nyckel, Fraction]


def spann(kanda: Iterable[Summa], finns: Sequence[Nyckel], sokt: Nyckel) -> Spann:
    """What the printed sums say of one cell, when no cost is negative."""
    lista = sorted(kanda, key=lambda summa: (sorted(summa.celler), summa.kronor))
    plats = {nyckel: nummer for nummer, nyckel in enumerate(finns)}
    rader = [{plats[c]: 1 for c in summa.celler} for summa in lista]
    hoger = [summa.kronor for summa in lista]
    mest, over = storst(rader, hoger, len(finns), {plats[sokt]: 1})
    minst, under = storst(rader, hoger, len(finns), {plats[sokt]: -1})
    return Spann(-minst, mest, dict(zip(finns, under, strict=True)), dict(zip(finns, over, strict=True)))
