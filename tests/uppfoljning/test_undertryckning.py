"""Small numbers cannot be worked out: a reader with every document tries, and is shown to be able to when they are not
protected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beslut.regler import Insats
from demokommun import skriv_paket
from ersattning.regler import Avvikelsekod
from grund.tid import Manad
from tests.kedja import direkt
from tests.uppfoljning import angrepp
from tests.uppfoljning.kommuner import MAJ, cell, dokument, html, manadsdata, slumpad_tidslinje, underlag
from uppfoljning.regler import REGIINDELNINGAR
from uppfoljning.tjansteutlatande import siffror
from uppfoljning.tjansteutlatande.innehall import Utlatande
from uppfoljning.tjansteutlatande.queries import hamta_underlag
from uppfoljning.tjansteutlatande.siffror import manadens_skydd
from uppfoljning.tjansteutlatande.underlag import Avvikelseslag, Manadsdata, Tillagg, Underlag
from uppfoljning.undertryckning import (
    Cell,
    Personer,
    Skydd,
    ar_litet,
    forena,
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


def utlatanden(tidslinje: Mapping[Manad, Underlag]) -> list[Utlatande]:
    """All that the documents say, tables, sentences and charts: the printing adds nothing of its own."""
    return [dokument(material) for material in tidslinje.values()]


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
    trycket, sagt = dokumenten(tidslinje), utlatanden(tidslinje)
    for manad, material in tidslinje.items():
        data, kanda = material.data, angrepp.summor(trycket, manad, finns(material.data))
        for cellen in data.celler if kanda else ():
            if ar_litet(cellen.personer):
                ar = angrepp.spann(kanda, finns(data), (cellen.insats, cellen.regi))
                assert ar.minst < ar.mest
                for andra in (ar.vid_minst, ar.vid_mest):
                    assert utlatanden(med_kostnader(tidslinje, manad, andra)) == sagt


@settings(max_examples=60, deadline=None)
@given(FRON)
def test_no_small_number_of_persons_can_be_told_from_another(fro: int) -> None:
    """For each insats with few persons there is a municipality with another number and the same documents."""
    tidslinje = slumpad_tidslinje(fro)
    sagt = utlatanden(tidslinje)
    for manad, material in tidslinje.items():
        skydd = manadens_skydd(material.data.celler)
        for insats in sorted(skydd.ovriga):
            if not skydd.dold and ar_litet(av_insats(material.data.celler, insats)):
                assert _ett_annat(tidslinje, manad, insats, skydd) == sagt, (manad, insats)


def _ett_annat(tidslinje: Mapping[Manad, Underlag], manad: Manad, insats: str, skydd: Skydd) -> list[Utlatande] | None:
    """The documents of a municipality with another number of persons in the insats, if the month is grouped alike."""
    data = tidslinje[manad].data
    antal = len(av_insats(data.celler, insats))
    for ny in andra_antal(data, insats, skydd.ovriga):
        if manadens_skydd(ny.celler) == skydd and len(av_insats(ny.celler, insats)) != antal:
            return utlatanden(med_data(tidslinje, manad, ny))
    return None


@settings(max_examples=60, deadline=None)
@given(FRON)
def test_hidden_units_corrections_and_avvikelser_may_be_anything(fro: int) -> None:
    """Units for few persons, and parts of merged corrections and avvikelser, change without a letter changing."""
    tidslinje = slumpad_tidslinje(fro)
    sagt = utlatanden(tidslinje)
    for manad, material in tidslinje.items():
        volymer = tuple(
            replace(volym, antal=volym.antal + 7) if ar_litet(volym.personer) else volym
            for volym in material.data.volymer
        )
        andrat = med_data(tidslinje, manad, replace(material.data, volymer=volymer))
        andrat[manad] = _utan_att_synas(andrat[manad])
        assert utlatanden(andrat) == sagt


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
    """The month with other persons in `insats`; then also in another merged one, under another regi, or both."""
    yield from _andrade(data, insats)
    for en in _andrade(data, insats):
        yield from _andra_regier(en, ovriga)
        for annan in sorted(ovriga - {insats}):
            yield from _andrade(en, annan)
    for en in _andrade(data, insats):
        for annan in sorted(ovriga - {insats}):
            for tva in _andrade(en, annan):
                yield from _andra_regier(tva, ovriga)


def _andra_regier(data: Manadsdata, ovriga: frozenset[str]) -> Iterator[Manadsdata]:
    """The month with a person of an insats that is shown under one more form of contract."""
    for plats, ett in enumerate(data.celler):
        if ett.insats not in ovriga:
            for person in sorted(av_insats(data.celler, ett.insats) - ett.personer):
                yield _med_cell(data, plats, ett.personer | {person})


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


@pytest.mark.django_db
def test_nothing_small_of_the_demo_municipality_can_be_worked_out(tmp_path: Path) -> None:
    """Ekstad with some forty persons, read in, calculated and settled: nearly every insats is small there."""
    skriv_paket(tmp_path / "ekstad", till_manad=str(MAJ), manader=2, skala=0.03)
    direkt.las_in(tmp_path / "ekstad")
    direkt.kor(str(APRIL))
    direkt.faststall(str(APRIL))
    direkt.kor(str(MAJ))
    tidslinje = {manad: i_hela_kronor(hamta_underlag(manad)) for manad in (APRIL, MAJ)}
    trycket, sagt, sma = dokumenten(tidslinje), utlatanden(tidslinje), 0
    for manad, material in tidslinje.items():
        kanda = angrepp.summor(trycket, manad, finns(material.data))
        for cellen in filter(lambda ett: ar_litet(ett.personer), material.data.celler):
            ar = angrepp.spann(kanda, finns(material.data), (cellen.insats, cellen.regi))
            assert ar.minst < ar.mest
            assert utlatanden(med_kostnader(tidslinje, manad, ar.vid_mest)) == sagt
            sma += 1
    assert sma > 10


def i_hela_kronor(material: Underlag) -> Underlag:
    """So that what is printed is exact, and the attacker knows even more."""

    def hela(data: Manadsdata) -> Manadsdata:
        return replace(data, celler=tuple(replace(ett, belopp=ett.belopp.quantize(Decimal(1))) for ett in data.celler))

    jamforda = {manad: hela(data) for manad, data in material.jamforda.items()}
    return replace(material, data=hela(material.data), jamforda=jamforda)


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
