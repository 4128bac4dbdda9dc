"""Utförare by month: what is, and how a variant differs, with sums that meet."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from ersattning.models import Simulering
from ersattning.simulering.resultat import Avstamning, Korsrad, Resultat, Variantrad, Volym
from ersattning.simulering.tables import Korstabell
from grund.text import HART
from grund.tid import Manad

MARS, APRIL = Manad(2026, 3), Manad(2026, 4)


def _variant(nummer: int, namn: str) -> Variantrad:
    return Variantrad(nummer, namn, [], Decimal(0), Decimal(0), None, None, None, None)


def _resultat() -> Resultat:
    rader = [
        Korsrad("Eken AB", {MARS: {0: Decimal(1000), 1: Decimal(900)}, APRIL: {0: Decimal(10), 1: Decimal(10)}}),
        Korsrad("Öster AB", {APRIL: {1: Decimal(50)}}),
    ]
    return Resultat(
        simulering=Simulering(namn="Test", fran=date(2026, 3, 1), till=date(2026, 5, 1)),
        varianter=[_variant(0, "Som det är"), _variant(1, "Billigare")],
        volym=Volym(9, 9, Fraction(0), 0),
        per_utforare=[],
        per_manad=[],
        per_insats=[],
        per_niva=[],
        punkter=[],
        utforande=[],
        incitament=[],
        avstamning=Avstamning(0, Decimal(0), Decimal(0)),
        korstabell=rader,
    )


def _som_text(nummer: int) -> list[list[str]]:
    tabell = Korstabell(_resultat(), _resultat().varianter[nummer])
    rader = [[str(cell).replace(HART, " ") for cell in rad.cells] for rad in tabell.rows]
    return [*rader, [str(kolumn.footer).replace(HART, " ") for kolumn in tabell.columns]]


def test_what_is_is_told_in_kronor() -> None:
    assert _som_text(0) == [
        ["Eken AB", "1 000", "10", "1 010"],
        ["Öster AB", "0", "0", "0"],
        ["Summa", "1 000", "10", "1 010"],
    ]


def test_a_variant_is_told_as_what_it_differs() -> None:
    assert _som_text(1) == [
        ["Eken AB", "−100", "–", "−100"],
        ["Öster AB", "–", "+50", "+50"],
        ["Summa", "−100", "+50", "−50"],
    ]
