"""Small made-up municipalities, as what is read about their months: random ones, and ones made by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from beslut.regler import Insats
from ersattning.regler import Avvikelsekod, Radenhet
from grund.tid import Manad
from uppfoljning.tjansteutlatande.dokument import som_html
from uppfoljning.tjansteutlatande.innehall import Huvud, Person, Utlatande
from uppfoljning.tjansteutlatande.sammansattning import satt_samman
from uppfoljning.tjansteutlatande.siffror import rakna
from uppfoljning.tjansteutlatande.underlag import (
    Avvikelseslag,
    Korningsfakta,
    Manadsdata,
    Tillagg,
    Underlag,
    Volym,
)
from uppfoljning.undertryckning import Cell
from utforare.regler import Avtalsform

MAJ = Manad(2026, 5)
# Months whose documents show each other: as the month before, and as the same month last year.
MANADER = (Manad(2025, 4), Manad(2025, 5), Manad(2026, 4), MAJ, Manad(2026, 6))
HUVUD = Huvud(
    kommun="Ekstads kommun",
    forvaltning="Socialförvaltningen",
    namnd="Socialnämnden",
    diarienummer="SN 2026/0148",
    datum=date(2026, 7, 3),
    sammantrade=date(2026, 7, 16),
    handlaggare=Person("Karin Holm", "controller", "karin.holm@ekstad.example"),
    undertecknare=Person("Gunnel Ask", "socialdirektör"),
    skickas_till=("Ekonomiavdelningen",),
)

Tidslinje = Mapping[Manad, Underlag]


def cell(insats: str, regi: str, personer: Sequence[int], kronor: int | str) -> Cell:
    return Cell(insats, regi, frozenset(personer), Decimal(kronor))


def fakta(manad: Manad, *, ar_fast: bool = True) -> Korningsfakta:
    steg = "fastställd" if ar_fast else "beräknad"
    return Korningsfakta(manad, 1, ar_fast, steg, manad.plus(1).fran, "Gunnel Ask")


def manadsdata(
    manad: Manad, celler: Sequence[Cell], volymer: Sequence[Volym] = (), *, ar_fast: bool = True
) -> Manadsdata:
    return Manadsdata(fakta(manad, ar_fast=ar_fast), tuple(celler), tuple(volymer))


def underlag(
    data: Mapping[Manad, Manadsdata],
    manad: Manad = MAJ,
    tillagg: Sequence[Tillagg] = (),
    avvikelser: Sequence[Avvikelseslag] = (),
) -> Underlag:
    """What is read for the document about `manad`."""
    jamforda = {annan: data[annan] for annan in (manad.plus(-1), manad.plus(-12)) if annan in data}
    return Underlag(manad, data[manad], jamforda, tuple(tillagg), tuple(avvikelser))


def dokument(underlag: Underlag) -> Utlatande:
    return satt_samman(rakna(underlag), HUVUD)


def html(underlag: Underlag) -> str:
    """All that a reader gets: the text and the figures."""
    utlatande = dokument(underlag)
    return "\n".join([som_html(utlatande), *(figur.svg for figur in utlatande.figurer)])


def slumpad_tidslinje(fro: int, manader: Sequence[Manad] = MANADER) -> dict[Manad, Underlag]:
    """Every month's document material, for a municipality where much is small."""
    slump = Random(fro)
    insatser = slump.sample(list(Insats), slump.randint(2, 5))
    regier = slump.sample(list(Avtalsform), slump.randint(1, 3))
    folk = range(slump.choice((6, 12, 30)))
    monster = [(insats, regi) for insats in insatser for regi in regier if slump.random() < 0.65]
    data = {manad: _slumpad_manad(slump, manad, monster, folk) for manad in manader}
    return {
        manad: underlag(data, manad, _slumpade_tillagg(slump, manad, folk), _slumpade_avvikelser(slump, folk))
        for manad in manader
    }


def _slumpad_manad(slump: Random, manad: Manad, monster: Sequence[tuple[str, str]], folk: range) -> Manadsdata:
    celler, volymer = [], []
    for insats, regi in monster:
        if antal := min(slump.choice((0, 1, 1, 2, 3, 4, 5, 6, 9)), len(folk)):
            celler.append(cell(insats, regi, slump.sample(folk, antal), slump.randint(1, 900)))
    for insats in dict.fromkeys(cell.insats for cell in celler):
        vilka = frozenset().union(*(cell.personer for cell in celler if cell.insats == insats))
        nagra = frozenset(slump.sample(sorted(vilka), slump.randint(1, len(vilka))))
        volymer.append(Volym(insats, Radenhet.DAG, vilka, Decimal(slump.randint(1, 200))))
        if slump.random() < 0.5:
            volymer.append(Volym(insats, Radenhet.MANAD, nagra, Decimal(slump.randint(1, 20))))
    return manadsdata(manad, celler, volymer)


def _slumpade_tillagg(slump: Random, manad: Manad, folk: range) -> list[Tillagg]:
    avser: list[Manad | None] = [manad.plus(-bakat) for bakat in (1, 2, 3) if slump.random() < 0.5]
    avser += [None] if slump.random() < 0.4 else []
    storlekar = [min(slump.choice((1, 2, 4, 5, 8)), len(folk)) for _ in avser]
    return [
        Tillagg(ett, frozenset(slump.sample(folk, antal)), Decimal(slump.randint(-500, 500)))
        for ett, antal in zip(avser, storlekar, strict=True)
    ]


def _slumpade_avvikelser(slump: Random, folk: range) -> list[Avvikelseslag]:
    koder = [kod for kod in Avvikelsekod if slump.random() < 0.4]
    storlekar = [min(slump.choice((1, 2, 3, 5, 7)), len(folk)) for _ in koder]
    return [
        Avvikelseslag(kod, frozenset(slump.sample(folk, antal)), antal + slump.randint(0, 3))
        for kod, antal in zip(koder, storlekar, strict=True)
    ]
