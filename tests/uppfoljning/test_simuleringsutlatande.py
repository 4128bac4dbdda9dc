"""A document about a simulering tells of nobody: small utförare are merged, and too few persons are not told at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from ersattning.models import Simulering
from ersattning.simulering.resultat import Avstamning, Delrad, Resultat, Variantrad, Volym
from grund.text import HART
from uppfoljning.simuleringsutlatande import OVRIGA, Underlag, ekonomi, satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande.innehall import Huvud, Person
from uppfoljning.tjansteutlatande.tabeller import Numrering

NAMN = ("Som det är", "Beställd tid", "Bomtid", "Kapitering", "Uppräkning")


def _variant(nummer: int) -> Variantrad:
    mot = Decimal(nummer * 100) if nummer else None
    return Variantrad(nummer, NAMN[nummer], ["Ändrat"], Decimal(1000 + nummer * 100), Decimal(0), mot, mot, None, None)


def _underlag(*personer: int, varianter: int = 2) -> Underlag:
    simulering = Simulering(namn="Test", fran=date(2026, 1, 1), till=date(2026, 2, 1), avtryck="a" * 64)
    simulering.raknad = datetime(2026, 6, 3, tzinfo=UTC)
    per = [
        Delrad(f"U{nr}", nr, Decimal(1000), [Decimal(10)] * (varianter - 1), personer=antal)
        for nr, antal in enumerate(personer)
    ]
    resultat = Resultat(
        simulering=simulering,
        varianter=[_variant(nummer) for nummer in range(varianter)],
        volym=Volym(sum(personer), sum(personer), Fraction(0), 0),
        per_utforare=per,
        per_manad=[],
        per_insats=[],
        per_niva=[],
        punkter=[],
        utforande=[],
        incitament=[],
        avstamning=Avstamning(0, Decimal(0), Decimal(0)),
    )
    return Underlag(resultat, [])


def _utforare(underlag: Underlag) -> Sequence[tuple[str, str]]:
    """Names and what is paid today, of the first table of utförare."""
    tabeller = [ett for ett in tabeller_att_visa(underlag) if "utförare" in ett.rubrik]
    return [(rad.namn, rad.celler[0]) for rad in tabeller[0].rader] if tabeller else []


def test_utforare_with_five_persons_stand_by_themselves() -> None:
    assert _utforare(_underlag(5, 6)) == [("U0", f"1{HART}000"), ("U1", f"1{HART}000")]


def test_a_small_utforare_is_merged_with_one_that_is_large_enough_alone() -> None:
    """Two small ones may be the same four persons: they are no group."""
    assert _utforare(_underlag(4, 4, 9)) == [(OVRIGA, f"3{HART}000")]
    assert _utforare(_underlag(4, 4, 9, 7)) == [("U3", f"1{HART}000"), (OVRIGA, f"3{HART}000")]


def test_nothing_is_told_per_utforare_when_no_one_is_large_enough() -> None:
    assert _utforare(_underlag(4, 4, 4)) == []


def test_one_utforare_has_no_table_of_its_own() -> None:
    assert _utforare(_underlag(40)) == []


def test_fewer_than_five_persons_have_neither_numbers_nor_amounts() -> None:
    assert tabeller_att_visa(_underlag(4)) == ()
    assert tabeller_att_visa(_underlag(5)) != ()


def test_the_sensitivity_is_a_figure_with_its_figures_in_words() -> None:
    ett = _underlag(9, 9)
    assert ekonomi(ett, Numrering()).figur is None
    resultat = replace(ett.resultat, punkter=[(0, Decimal(900)), (50, Decimal(1450)), (100, Decimal(2000))])
    avsnitt = ekonomi(Underlag(resultat, []), Numrering())
    assert avsnitt.figur is not None
    assert "Vid 50 % 1 450 kr" in avsnitt.figur.alt
    assert avsnitt.figur.svg.count("<circle") == 3
    person = Person("Klara Lind", "controller")
    huvud = Huvud("Ekstad", "", "Nämnden", "SN 1", date(2026, 6, 3), date(2026, 6, 17), person, person, ())
    assert satt_samman(Underlag(resultat, []), huvud).figurer == (avsnitt.figur,)
    assert "som det är" in avsnitt.figur.svg
    assert [rad.namn for rad in avsnitt.tabeller[-1].rader] == [f"{ett}{HART}%" for ett in (0, 50, 100)]
    assert ekonomi(Underlag(replace(resultat, volym=Volym(4, 4, Fraction(0), 0)), []), Numrering()).figur is None


def test_many_variants_are_three_to_a_table() -> None:
    tabeller = [ett for ett in tabeller_att_visa(_underlag(9, 9, varianter=5)) if "utförare" in ett.rubrik]
    assert [ett.kolumner[2:] for ett in tabeller] == [NAMN[1:4], NAMN[4:]]
    assert [ett.nummer for ett in tabeller] == [2, 3]
