"""Answers become a level: weighted, summed, and never guessed where there is no number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beslut.nivapoang import SVAR, TAL, UTAN_TAL, Grans, Omrade, Skala, berakna

KODER = ("d1", "d2", "d3", "d4", "d5")


def skala(hogst_utan_tal: int = 1, vikter: tuple[str, ...] = ("3", "3", "2", "2.5", "0")) -> Skala:
    omraden = tuple(Omrade(kod, kod.upper(), Decimal(vikt)) for kod, vikt in zip(KODER, vikter, strict=True))
    granser = tuple(Grans(Decimal(minst), niva) for minst, niva in ((0, "1"), (12, "2"), (24, "3"), (36, "grundpeng")))
    return Skala(omraden, granser, hogst_utan_tal)


svar_i_tal = st.fixed_dictionaries({kod: st.sampled_from(TAL) for kod in KODER})
alla_svar = st.fixed_dictionaries({kod: st.sampled_from([*SVAR, None]) for kod in KODER})


@given(svar_i_tal)
def test_the_sum_is_each_answer_times_its_weight(svar: dict[str, int]) -> None:
    vantat = sum((ett.vikt * svar[ett.kod] for ett in skala().omraden), Decimal(0))
    utfall = berakna(skala(), svar)
    assert utfall.summa == vantat
    assert utfall.niva == skala().niva_for(vantat)
    assert not utfall.skal


@given(svar_i_tal, st.sampled_from(KODER))
def test_more_need_never_gives_a_lower_sum(svar: dict[str, int], kod: str) -> None:
    mer = svar | {kod: min(4, svar[kod] + 1)}
    assert berakna(skala(), mer).summa >= berakna(skala(), svar).summa


@given(alla_svar)
def test_there_is_a_level_or_a_reason_never_both_and_never_neither(svar: dict[str, int | None]) -> None:
    utfall = berakna(skala(), svar)
    assert bool(utfall.niva) != bool(utfall.skal)


@given(alla_svar)
def test_8_and_9_are_no_numbers(svar: dict[str, int | None]) -> None:
    """The area is left out: no points, no mean of the others, and the sum is that of the rest."""
    utfall = berakna(skala(), svar)
    tal = {kod: ett for kod, ett in svar.items() if ett in TAL}
    assert {kod for kod, ett in utfall.poang.items() if ett is not None} == set(tal)
    vikt = {ett.kod: ett.vikt for ett in skala().omraden}
    assert utfall.summa == sum((vikt[kod] * ett for kod, ett in tal.items() if ett is not None), Decimal(0))


@given(svar_i_tal, st.sets(st.sampled_from(KODER), min_size=2), st.sampled_from(UTAN_TAL))
def test_too_many_without_a_number_give_no_level(svar: dict[str, int], utan: set[str], kod: int) -> None:
    utfall = berakna(skala(), svar | dict.fromkeys(utan, kod))
    assert utfall.niva == ""
    assert "Högst 1" in utfall.skal


def test_an_unanswered_area_gives_no_level_and_is_named() -> None:
    svar: dict[str, int | None] = dict.fromkeys(KODER, 2)
    assert berakna(skala(), svar | {"d3": None}).skal == "D3 är obesvarat."
    assert berakna(skala(), svar | {"d3": None, "d1": None}).skal == "D1 och D3 är inte besvarade."
    assert berakna(skala(), {}).skal.replace("\xa0", " ") == "5 områden är inte besvarade."


def test_what_is_not_specified_tells_how_high_the_level_might_be() -> None:
    svar: dict[str, int | None] = {"d1": 3, "d2": 3, "d3": 0, "d4": 0, "d5": 0}
    assert (berakna(skala(), svar).niva, berakna(skala(), svar).kan_bli) == ("2", "")
    okant = berakna(skala(), svar | {"d3": 8})
    assert (okant.niva, okant.kan_bli) == ("2", "3")
    ej_aktuellt = berakna(skala(), svar | {"d3": 9})
    assert (ej_aktuellt.niva, ej_aktuellt.kan_bli) == ("2", "")


@pytest.mark.parametrize("summa", ["0", "11.99", "12", "35.99", "36", "99"])
def test_a_limit_belongs_to_the_level_above_it(summa: str) -> None:
    vantat = {"0": "1", "11.99": "1", "12": "2", "35.99": "3", "36": "grundpeng", "99": "grundpeng"}
    assert skala().niva_for(Decimal(summa)) == vantat[summa]


@pytest.mark.parametrize("fel", [5, 7, -1, 10])
def test_an_answer_that_is_none_is_refused(fel: int) -> None:
    with pytest.raises(ValueError, match="inget svar"):
        berakna(skala(), dict.fromkeys(KODER, 1) | {"d1": fel})
