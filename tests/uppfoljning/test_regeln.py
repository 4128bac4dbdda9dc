"""The rule by itself: what is merged, in which order, and what somebody who knows it can tell."""

from decimal import Decimal
from itertools import pairwise, product

from hypothesis import assume, given
from hypothesis import strategies as st

from beslut.regler import Insats
from tests.uppfoljning import angrepp
from tests.uppfoljning.kommuner import MAJ, cell, html, manadsdata, underlag
from uppfoljning.regler import FYLLNADSORDNING, REGIINDELNINGAR
from uppfoljning.undertryckning import Skydd, ar_litet, avrunda_till_summa, forena, gemensamt, gruppera
from utforare.regler import Avtalsform

BOST, DV = Insats.BOSTAD_VUXNA, Insats.DAGLIG_VERKSAMHET
EGEN, LOV = Avtalsform.EGENREGI, Avtalsform.LOV


def folk(fran: int, antal: int) -> range:
    return range(fran, fran + antal)


def test_knowing_the_rule_does_not_tell_a_small_number() -> None:
    """All municipalities of four insatser with 0–8 persons each: what is printed never leaves one possibility."""
    mojliga: dict[object, list[tuple[int, ...]]] = {}
    for antal in product(range(9), repeat=4):
        delar = {namn: frozenset(folk(100 * namn, storlek)) for namn, storlek in enumerate(antal)}
        grupp = gruppera(delar)
        tryckt = (grupp.egna, tuple(antal[namn] for namn in grupp.egna))
        vilka = tuple(storlek > 0 for storlek in antal)  # which have anybody at all may be known, where any is shown
        mojliga.setdefault(None if grupp.dolt else (tryckt, vilka), []).append(antal)
    sma = 0
    for lika in mojliga.values():
        for plats in range(4):
            varden = {antal[plats] for antal in lika}
            if any(0 < varde < 5 for varde in varden):
                sma += 1
                assert len(varden) >= 4, lika
    assert sma > 200


def test_a_month_with_fewer_than_five_persons_shows_nothing() -> None:
    data = {MAJ: manadsdata(MAJ, [cell(BOST, EGEN, folk(0, 2), 777), cell(DV, LOV, folk(0, 4), 5555)])}
    text = html(underlag(data))
    assert "777" not in text
    assert "5555" not in text
    assert "6 332" not in text.replace("\xa0", " ")
    assert angrepp.tabeller(text) == []
    assert "Hela månaden avser färre än fem personer" in text


def test_four_persons_with_two_insatser_each_are_still_four() -> None:
    delar = {"A": frozenset(folk(0, 4)), "B": frozenset(folk(0, 4)), "C": frozenset(folk(10, 9))}
    assert gruppera(delar).samman == {"A", "B", "C"}


def test_zero_is_shown_and_fills_no_group() -> None:
    delar = {"A": frozenset(), "B": frozenset(folk(0, 3)), "C": frozenset(folk(5, 9)), "D": frozenset(folk(20, 9))}
    grupp = gruppera(delar)
    assert grupp.egna == ("A", "D")
    assert grupp.samman == {"B", "C"}


def test_every_insats_and_form_of_contract_has_its_place_in_the_rule() -> None:
    assert sorted(FYLLNADSORDNING) == sorted(Insats)
    for finare, grovre in pairwise(REGIINDELNINGAR):
        assert all(any(fin <= grov for grov in grovre) for fin in finare)
    for indelning in REGIINDELNINGAR:
        assert sorted(regi for grupp in indelning for regi in grupp) == sorted(Avtalsform)


def test_months_side_by_side_merge_what_any_of_them_merges() -> None:
    fin, grov = REGIINDELNINGAR[0], REGIINDELNINGAR[2]
    maj = Skydd(frozenset({"A", "B"}), tuple(map(frozenset, fin)))
    april = Skydd(frozenset({"B", "C"}), tuple(map(frozenset, grov)))
    samman = gemensamt([maj, april, Skydd(frozenset({"D"}), (), dold=True)])
    assert samman == Skydd(frozenset({"A", "B", "C"}), tuple(map(frozenset, grov)))


@given(st.lists(st.decimals(min_value=-1000, max_value=1000, places=2), min_size=1, max_size=15))
def test_whole_kronor_add_up_and_stay_within_a_krona(delar: list[Decimal]) -> None:
    summa = sum(delar, Decimal(0)).quantize(Decimal(1), "ROUND_HALF_UP")
    hela = avrunda_till_summa(delar, summa)
    assert sum(hela) == summa
    assert all(abs(hel - del_) < 1 or hel == del_ for hel, del_ in zip(hela, delar, strict=True))


@given(st.lists(st.integers(min_value=0, max_value=9), min_size=2, max_size=6))
def test_a_group_is_never_small_and_never_more_than_needed(storlekar: list[int]) -> None:
    assume(sum(storlekar) >= 5)
    delar = {namn: frozenset(folk(100 * namn, antal)) for namn, antal in enumerate(storlekar)}
    grupp = gruppera(delar)
    assert not ar_litet(forena(delar[namn] for namn in grupp.samman))
    assert not any(ar_litet(delar[namn]) for namn in grupp.egna)
    fyllnad = [namn for namn in grupp.samman if not ar_litet(delar[namn])]
    assert len(fyllnad) <= 1
    assert not fyllnad or ar_litet(forena(delar[namn] for namn in grupp.samman - set(fyllnad)))
