"""Small numbers cannot be worked out: a reader with every document tries, and is shown to be able to when they are not
protected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from beslut.regler import Insats
from ersattning.regler import Avvikelsekod
from grund.tid import Manad
from tests.uppfoljning import angrepp
from tests.uppfoljning.kommuner import MAJ, cell, html, manadsdata, slumpad_tidslinje, underlag
from uppfoljning.regler import FYLLNADSORDNING, REGIINDELNINGAR
from uppfoljning.tjansteutlatande import siffror
from uppfoljning.tjansteutlatande.siffror import manadens_skydd
from uppfoljning.tjansteutlatande.underlag import Avvikelseslag, Manadsdata, Tillagg, Underlag
from uppfoljning.undertryckning import (
    Cell,
    Personer,
    Skydd,
    ar_litet,
    avrunda_till_summa,
    forena,
    gemensamt,
    gruppera,
)
from utforare.regler import Avtalsform

APRIL = MAJ.plus(-1)
NAGON_ANNAN = 10_000
FRON = st.integers(min_value=0, max_value=10**9)
BOST, DV, BOSTOD = Insats.BOSTAD_VUXNA, Insats.DAGLIG_VERKSAMHET, Insats.BOENDESTOD
LEDS, AVLOS = Insats.LEDSAGNING, Insats.AVLOSNING
EGEN, LOV, RAM = Avtalsform.EGENREGI, Avtalsform.LOV, Avtalsform.RAMAVTAL


def folk(fran: int, antal: int) -> range:
    return range(fran, fran + antal)


def dokumenten(tidslinje: Mapping[Manad, Underlag]) -> list[str]:
    return [html(material) for material in tidslinje.values()]


def finns(data: Manadsdata) -> list[angrepp.Nyckel]:
    return sorted((ett.insats, ett.regi) for ett in data.celler)


def personer(data: Manadsdata, celler: frozenset[angrepp.Nyckel]) -> Personer:
    return forena(ett.personer for ett in data.celler if (ett.insats, ett.regi) in celler)


def rojda(tidslinje: Mapping[Manad, Underlag]) -> Iterator[tuple[Manad, frozenset[angrepp.Nyckel]]]:
    """What the attacker gets to know exactly of few persons: sums that come out, and cells with one possible cost."""
    trycket = dokumenten(tidslinje)
    for manad, material in tidslinje.items():
        data = material.data
        kanda = angrepp.summor(trycket, manad, finns(data))
        if kanda:
            for celler in angrepp.rojda_summor(kanda):
                if ar_litet(personer(data, celler)):
                    yield manad, celler
            for nyckel in finns(data):
                ar = angrepp.spann(kanda, finns(data), nyckel)
                if ar.minst == ar.mest and ar_litet(personer(data, frozenset({nyckel}))):
                    yield manad, frozenset({nyckel})


# ---- the attack fails ---------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(FRON)
def test_no_cost_that_rests_on_few_persons_can_be_worked_out(fro: int) -> None:
    assert list(rojda(slumpad_tidslinje(fro))) == []


@settings(max_examples=40, deadline=None)
@given(FRON)
def test_what_the_attacker_cannot_exclude_gives_the_same_documents(fro: int) -> None:
    """Costs are changed to the least and the most that each small cell could be. Not a letter changes anywhere."""
    tidslinje = slumpad_tidslinje(fro)
    trycket = dokumenten(tidslinje)
    for manad, material in tidslinje.items():
        data, kanda = material.data, angrepp.summor(trycket, manad, finns(material.data))
        for cellen in data.celler if kanda else ():
            if ar_litet(cellen.personer):
                ar = angrepp.spann(kanda, finns(data), (cellen.insats, cellen.regi))
                assert ar.minst < ar.mest
                for andra in (ar.vid_minst, ar.vid_mest):
                    assert dokumenten(med_kostnader(tidslinje, manad, andra)) == trycket


@settings(max_examples=60, deadline=None)
@given(FRON)
def test_no_small_number_of_persons_can_be_told_from_another(fro: int) -> None:
    """For each insats with few persons there is a municipality with another number and the same documents."""
    tidslinje = slumpad_tidslinje(fro)
    trycket = dokumenten(tidslinje)
    for manad, material in tidslinje.items():
        skydd = manadens_skydd(material.data.celler)
        for insats in sorted(skydd.ovriga):
            if not skydd.dold and ar_litet(av_insats(material.data.celler, insats)):
                assert _ett_annat(tidslinje, manad, insats, skydd) == trycket, (manad, insats)


def _ett_annat(tidslinje: Mapping[Manad, Underlag], manad: Manad, insats: str, skydd: Skydd) -> list[str] | None:
    """The documents of a municipality with another number of persons in the insats, if the month is grouped alike."""
    data = tidslinje[manad].data
    antal = len(av_insats(data.celler, insats))
    for ny in andra_antal(data, insats, skydd.ovriga):
        if manadens_skydd(ny.celler) == skydd and len(av_insats(ny.celler, insats)) != antal:
            return dokumenten(med_data(tidslinje, manad, ny))
    return None


@settings(max_examples=60, deadline=None)
@given(FRON)
def test_hidden_units_corrections_and_avvikelser_may_be_anything(fro: int) -> None:
    """Units for few persons, and parts of merged corrections and avvikelser, change without a letter changing."""
    tidslinje = slumpad_tidslinje(fro)
    trycket = dokumenten(tidslinje)
    for manad, material in tidslinje.items():
        volymer = tuple(
            replace(volym, antal=volym.antal + 7) if ar_litet(volym.personer) else volym
            for volym in material.data.volymer
        )
        andrat = med_data(tidslinje, manad, replace(material.data, volymer=volymer))
        andrat[manad] = _utan_att_synas(andrat[manad])
        assert dokumenten(andrat) == trycket


def _utan_att_synas(material: Underlag) -> Underlag:
    """Seven kronor from one merged correction to another, and one avvikelse from one merged kind to another."""
    tillagg, avvikelser = list(material.tillagg), list(material.avvikelser)
    grupp = gruppera({ett.avser: ett.personer for ett in sorted(tillagg, key=_ordning)}).samman
    platser = [nr for nr, ett in enumerate(tillagg) if ett.avser in grupp]
    if len(platser) > 1:
        for nr, kronor in zip(platser[:2], (7, -7), strict=True):
            tillagg[nr] = replace(tillagg[nr], belopp=tillagg[nr].belopp + kronor)
    koder = gruppera({ett.kod: ett.personer for ett in sorted(avvikelser, key=_kodordning)}).samman
    flera = [nr for nr, ett in enumerate(avvikelser) if ett.kod in koder]
    if len(flera) > 1:
        for nr, antal in zip(flera[:2], (1, -1), strict=True):
            avvikelser[nr] = replace(avvikelser[nr], antal=avvikelser[nr].antal + antal)
    return replace(material, tillagg=tuple(tillagg), avvikelser=tuple(avvikelser))


def _ordning(ett: Tillagg) -> tuple[bool, Manad]:
    return ett.avser is None, ett.avser or MAJ


def _kodordning(ett: Avvikelseslag) -> int:
    return Avvikelsekod.values.index(ett.kod)


def med_data(tidslinje: Mapping[Manad, Underlag], manad: Manad, ny: Manadsdata) -> dict[Manad, Underlag]:
    """The same municipality, but for one month's data, wherever that month is shown."""
    svar = {}
    for egen, material in tidslinje.items():
        data = ny if egen == manad else material.data
        jamforda = {annan: ny if annan == manad else gammal for annan, gammal in material.jamforda.items()}
        svar[egen] = replace(material, data=data, jamforda=jamforda)
    return svar


def med_kostnader(
    tidslinje: Mapping[Manad, Underlag], manad: Manad, kronor: Mapping[angrepp.Nyckel, object]
) -> dict[Manad, Underlag]:
    data = tidslinje[manad].data
    celler = [replace(ett, belopp=Decimal(str(kronor[ett.insats, ett.regi]))) for ett in data.celler]
    return med_data(tidslinje, manad, replace(data, celler=tuple(celler)))


def av_insats(celler: Sequence[Cell], insats: str) -> Personer:
    return forena(ett.personer for ett in celler if ett.insats == insats)


def andra_antal(data: Manadsdata, insats: str, ovriga: frozenset[str]) -> Iterator[Manadsdata]:
    """The month with other persons in `insats`; then also in another merged one, or between forms of contract."""
    for en in _andrade(data, insats):
        yield en
        for annan in sorted(ovriga - {insats}):
            yield from _andrade(en, annan)
        for plats, ett in enumerate(en.celler):
            if ett.insats not in ovriga:
                for person in sorted(av_insats(en.celler, ett.insats) - ett.personer):
                    yield _med_cell(en, plats, ett.personer | {person})


def _andrade(data: Manadsdata, insats: str) -> Iterator[Manadsdata]:
    """The month with one more in a cell of the insats, or with one of its persons instead of another."""
    vilka = sorted(av_insats(data.celler, insats))
    alla = sorted(forena(ett.personer for ett in data.celler))
    for (plats, ett), ny in product(enumerate(data.celler), (NAGON_ANNAN, *alla)):
        if ett.insats == insats and ny not in vilka:
            yield _med_cell(data, plats, ett.personer | {ny})
    for ut, in_ in permutations(vilka, 2):
        celler = [
            replace(ett, personer=(ett.personer - {ut}) | {in_}) if ett.insats == insats and ut in ett.personer else ett
            for ett in data.celler
        ]
        yield replace(data, celler=tuple(celler))


def _med_cell(data: Manadsdata, plats: int, personer: Personer) -> Manadsdata:
    celler = list(data.celler)
    celler[plats] = replace(celler[plats], personer=personer)
    return replace(data, celler=tuple(celler))


# ---- the rule is known, and that does not help ----------------------------------------------------------------------


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


# ---- the attack succeeds when it should ------------------------------------------------------------------------------

OSKYDDAD = Skydd(frozenset(), tuple(map(frozenset, REGIINDELNINGAR[0])))


def _utan_skydd(_: Sequence[Cell]) -> Skydd:
    return OSKYDDAD


def _bara_insatser(celler: Sequence[Cell]) -> Skydd:
    """Merges insatser but gives no thought to what sums by regi tell beside them."""
    return replace(manadens_skydd(celler), regier=OSKYDDAD.regier)


@pytest.fixture
def med_skydd(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Sequence[Cell]], Skydd]], None]:
    return lambda skydd: monkeypatch.setattr(siffror, "manadens_skydd", skydd)


def test_the_attack_sees_what_is_not_protected_at_all(med_skydd) -> None:
    data = {MAJ: manadsdata(MAJ, [cell(AVLOS, EGEN, folk(0, 3), 300), cell(DV, EGEN, folk(10, 40), 9000)])}
    tidslinje = {MAJ: underlag(data)}
    assert list(rojda(tidslinje)) == []
    med_skydd(_utan_skydd)
    assert (MAJ, frozenset({(AVLOS, EGEN)})) in set(rojda(tidslinje))


def test_the_attack_finds_the_only_row_that_is_blanked_beside_a_total(med_skydd) -> None:
    """Blanking instead of merging: the row is gone, the total stands."""
    celler = [cell(AVLOS, EGEN, folk(0, 3), 300), cell(DV, LOV, folk(10, 40), 9000), cell(BOST, LOV, folk(10, 9), 700)]
    data = manadsdata(MAJ, celler)
    med_skydd(_utan_skydd)
    struket = [s for s in angrepp.summor([html(underlag({MAJ: data}))], MAJ, finns(data)) if s.kronor != 300]
    ar = angrepp.spann(struket, finns(data), (AVLOS, EGEN))
    assert (ar.minst, ar.mest) == (300, 300)
    assert frozenset({(AVLOS, EGEN)}) in set(angrepp.rojda_summor(struket))


def test_the_attack_finds_what_sums_by_regi_tell_of_sums_by_insats(med_skydd) -> None:
    """All LOV is daglig verksamhet, which two persons have in egen regi: their cost is the difference."""
    celler = [
        cell(DV, LOV, folk(0, 30), 9000),
        cell(DV, EGEN, folk(40, 2), 250),
        cell(BOSTOD, EGEN, folk(50, 30), 5000),
    ]
    tidslinje = {MAJ: underlag({MAJ: manadsdata(MAJ, celler)})}
    assert list(rojda(tidslinje)) == []
    assert "visas inte. Den skulle röja" in html(tidslinje[MAJ])
    med_skydd(_bara_insatser)
    assert (MAJ, frozenset({(DV, EGEN)})) in set(rojda(tidslinje))


def test_the_attack_finds_what_two_documents_tell_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the grouping of a document that of its own month alone, the next month's would show what this one merged."""
    nu = [cell(AVLOS, EGEN, folk(0, 3), 300), cell(LEDS, EGEN, folk(10, 9), 700), cell(DV, EGEN, folk(20, 9), 9000)]
    sedan = [cell(AVLOS, EGEN, folk(0, 8), 800), cell(LEDS, EGEN, folk(10, 9), 700), cell(DV, EGEN, folk(20, 9), 9000)]
    data = {APRIL: manadsdata(APRIL, nu), MAJ: manadsdata(MAJ, sedan)}
    tidslinje = {manad: underlag(data, manad) for manad in data}
    assert list(rojda(tidslinje)) == []
    monkeypatch.setattr(siffror, "gemensamt", lambda skydden: next(iter(skydden)))
    assert (APRIL, frozenset({(AVLOS, EGEN)})) in set(rojda(tidslinje))


def test_random_municipalities_without_protection_give_themselves_away(med_skydd) -> None:
    """The same attack on the same kind of municipalities: nearly every one leaks when nothing is merged."""
    med_skydd(_utan_skydd)
    lackor = sum(bool(list(rojda(slumpad_tidslinje(fro)))) for fro in range(20))
    assert lackor >= 18


# ---- rounding --------------------------------------------------------------------------------------------------------


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
