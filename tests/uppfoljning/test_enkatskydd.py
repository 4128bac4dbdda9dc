"""What a few have answered cannot be worked out: an attacker with all that is shown tries, in exact fractions."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.uppfoljning.lp import storst
from uppfoljning.brukarundersokning.regler import Kon, Omrade
from uppfoljning.brukarundersokning.skydd import (
    Fragesvar,
    Gruppering,
    Svar,
    far_visa_kon,
    fragor_att_visa,
    gruppera,
    rakna,
)
from uppfoljning.undertryckning import MINST

FRAGOR = {
    "Får du bestämma?": Omrade.SJALVBESTAMMANDE,
    "Hjälper de dig?": Omrade.SJALVBESTAMMANDE,
    "Trivs du?": Omrade.TRIVSEL,
}
KON = (Kon.KVINNOR, Kon.MAN)
Cell = tuple[int, str, str]  # enhet, sex, question
Ekvation = tuple[frozenset[Cell], int]


def enkaten(per_enhet: Sequence[tuple[int, int]], positiva: Sequence[int]) -> list[Svar]:
    """Enheter with so many women and men, all of whom answer every question; best answers by a running list."""
    tal, svar = iter(positiva), []
    for enhet, antal in enumerate(per_enhet):
        delar = [
            Svar(enhet, kon, n, n, tuple(Fragesvar(om, namn, n, min(n, next(tal))) for namn, om in FRAGOR.items()))
            for kon, n in zip(KON, antal, strict=True)
        ]
        svar += [_alla(enhet, delar), *delar]
    return svar


def _alla(enhet: int, delar: Sequence[Svar]) -> Svar:
    fragor = [
        Fragesvar(samma[0].omrade, samma[0].fraga, sum(e.svar for e in samma), sum(e.positiva for e in samma))
        for samma in zip(*(del_.fragor for del_ in delar), strict=True)
    ]
    antal = sum(del_.svarande for del_ in delar)
    return Svar(enhet, Kon.ALLA, antal, antal, tuple(fragor))


def cellerna(svar: Sequence[Svar]) -> dict[Cell, tuple[int, int]]:
    """Persons and best answers of each cell: what the attacker is after."""
    return {
        (ett.enhet, ett.kon, fraga.fraga): (fraga.svar, fraga.positiva)
        for ett in svar
        if ett.kon != Kon.ALLA
        for fraga in ett.fragor
        if fraga.svar
    }


def visat(svar: Sequence[Svar], grupper: Gruppering, *, kon: bool, fragor: Sequence[str]) -> list[Ekvation]:
    """Every sum that stands in the report, exact and not rounded as it is printed: by group and område, all together,
    by sex and område, and by question."""
    if grupper.dolt:
        return []
    celler = cellerna(svar)
    urval = [
        (lambda cell, g=grupp, om=om: cell[0] in g and FRAGOR[cell[2]] == om)
        for grupp in grupper.grupper
        for om in Omrade
    ]
    urval += [(lambda cell, om=om: FRAGOR[cell[2]] == om) for om in Omrade]
    if kon:
        urval += [(lambda cell, k=k, om=om: cell[1] == k and FRAGOR[cell[2]] == om) for k in KON for om in Omrade]
    urval += [(lambda cell, f=fraga: cell[2] == f) for fraga in fragor]
    vilka = [frozenset(filter(ett, celler)) for ett in urval]
    return [(ett, sum(celler[cell][1] for cell in ett)) for ett in dict.fromkeys(vilka) if ett]


def rapporten(svar: Sequence[Svar]) -> list[Ekvation]:
    grupper = gruppera(svar)
    return visat(svar, grupper, kon=far_visa_kon(svar, grupper), fragor=fragor_att_visa(svar, grupper))


def personer(celler: Mapping[Cell, tuple[int, int]], vilka: frozenset[Cell]) -> int:
    """At the least: of an enhet and a sex those who answered the question that most answered."""
    flest: dict[tuple[int, str], int] = {}
    for enhet, kon, fraga in vilka:
        flest[enhet, kon] = max(flest.get((enhet, kon), 0), celler[enhet, kon, fraga][0])
    return sum(flest.values())


def rojda_summor(kanda: Sequence[Ekvation]) -> Iterator[frozenset[Cell]]:
    """Sets of cells that printed sums, added and subtracted, give exactly."""
    alla = sorted(frozenset().union(*(celler for celler, _ in kanda)))
    vektorer = [tuple(int(cell in celler) for cell in alla) for celler, _ in kanda]
    oberoende: list[tuple[int, ...]] = []
    steg: list[tuple[int, list[Fraction]]] = []
    for vektor in sorted(vektorer, key=sum):
        rest = [Fraction(ett) for ett in vektor]
        for plats, rad in steg:
            if faktor := rest[plats]:
                rest = [a - faktor * b for a, b in zip(rest, rad, strict=True)]
        forsta = next((plats for plats, ett in enumerate(rest) if ett), None)
        if forsta is not None:
            steg.append((forsta, [ett / rest[forsta] for ett in rest]))
            oberoende.append(vektor)
    for tecken in product((-1, 0, 1), repeat=len(oberoende)):
        summa = [sum(t * v[plats] for t, v in zip(tecken, oberoende, strict=True)) for plats in range(len(alla))]
        if any(summa) and set(summa) <= {0, 1}:
            yield frozenset(cell for cell, ett in zip(alla, summa, strict=True) if ett)


def spann(svar: Sequence[Svar], kanda: Sequence[Ekvation], sokt: frozenset[Cell]) -> tuple[Fraction, Fraction]:
    """The least and the most best answers that `sokt`, of one område, can have, when nobody has more of them than
    persons. No sum is of two områden, so the others' say nothing of it."""
    om = FRAGOR[next(iter(sokt))[2]]
    celler = {cell: ett for cell, ett in cellerna(svar).items() if FRAGOR[cell[2]] == om}
    kanda = [(vilka, summa) for vilka, summa in kanda if vilka <= celler.keys()]
    alla = sorted(celler)
    plats = {cell: nummer for nummer, cell in enumerate(alla)}
    rader = [{plats[cell]: 1 for cell in vilka} for vilka, _ in kanda] + [
        {plats[cell]: 1, len(alla) + plats[cell]: 1} for cell in alla
    ]
    hoger = [summa for _, summa in kanda] + [celler[cell][0] for cell in alla]
    mal = {plats[cell]: 1 for cell in sokt}
    mest, _ = storst(rader, hoger, 2 * len(alla), mal)
    minst, _ = storst(rader, hoger, 2 * len(alla), dict.fromkeys(mal, -1))
    return -minst, mest


def sma(svar: Sequence[Svar]) -> Iterator[frozenset[Cell]]:
    """What must not come out: what one to four persons answered, of an enhet, or of a sex at one, by område."""
    celler = cellerna(svar)
    for enhet, om in product({cell[0] for cell in celler}, Omrade):
        for kon in (KON, *((ett,) for ett in KON)):
            vilka = frozenset(c for c in celler if c[0] == enhet and c[1] in kon and FRAGOR[c[2]] == om)
            if 0 < personer(celler, vilka) < MINST:
                yield vilka


def lika_svar(svar: Sequence[Svar], kanda: Sequence[Ekvation], sokt: frozenset[Cell]) -> bool:
    """Whether all answered alike in something shown that holds `sokt`: then everybody's answer is known, however large
    the group is. No merging changes that (ADR 0037)."""
    celler = cellerna(svar)
    return all(
        any(cell in vilka and summa in (0, sum(celler[ett][0] for ett in vilka)) for vilka, summa in kanda)
        for cell in sokt
    )


ENHETER = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=4)


@settings(max_examples=20, deadline=None)
@given(ENHETER, st.data())
def test_nothing_that_a_few_have_answered_can_be_worked_out(
    per_enhet: list[tuple[int, int]], data: st.DataObject
) -> None:
    positiva = data.draw(st.lists(st.integers(0, 8), min_size=len(per_enhet) * 6, max_size=len(per_enhet) * 6))
    svar = enkaten(per_enhet, positiva)
    kanda = rapporten(svar)
    celler = cellerna(svar)
    if not kanda:
        return
    assert all(not 0 < personer(celler, vilka) < MINST for vilka in rojda_summor(kanda))
    for sokt in sma(svar):
        minst, mest = spann(svar, kanda, sokt)
        assert minst < mest or lika_svar(svar, kanda, sokt), sokt


def test_the_attacker_finds_what_is_hidden_when_only_the_small_enhet_is_blanked_out() -> None:
    """The total less the enheter that are shown."""
    svar = enkaten([(6, 6), (5, 7), (2, 1)], [3, 4, 2, 5, 1, 6] * 3)
    blankat = Gruppering((0, 1), frozenset(), frozenset({2}))
    kanda = visat(svar, blankat, kon=False, fragor=[])
    (sokt,) = [
        ett for ett in sma(svar) if len({cell[1] for cell in ett}) == 2 and FRAGOR[next(iter(ett))[2]] == Omrade.TRIVSEL
    ]
    minst, mest = spann(svar, kanda, sokt)
    assert minst == mest
    assert any(0 < personer(cellerna(svar), vilka) < MINST for vilka in rojda_summor(kanda))


def test_the_attacker_finds_the_men_when_sexes_are_shown_beside_an_enhet_of_women() -> None:
    svar = enkaten([(8, 0), (6, 2)], [3, 4, 2, 5, 1, 1] * 2)
    grupper = gruppera(svar)
    assert not far_visa_kon(svar, grupper)
    kanda = visat(svar, grupper, kon=True, fragor=[])
    assert any(0 < personer(cellerna(svar), vilka) < MINST for vilka in rojda_summor(kanda))


def test_the_small_are_merged_and_filled_up_in_a_fixed_order() -> None:
    svar = enkaten([(6, 6), (2, 1), (5, 7)], [3] * 18)
    assert gruppera(svar) == Gruppering((2,), frozenset({0, 1}), frozenset({1}))
    tva = gruppera(enkaten([(6, 6), (2, 1), (1, 1), (5, 7)], [3] * 24))
    assert (tva.egna, tva.samman, tva.sma) == ((0, 3), {1, 2}, {1, 2})
    assert gruppera(enkaten([(1, 1), (1, 1)], [1] * 12)).dolt
    ensam = gruppera(enkaten([(4, 4)], [1] * 6))
    assert (ensam.egna, ensam.samman, ensam.dolt) == ((0,), frozenset(), False)


def test_an_omrade_that_few_answered_makes_an_enhet_small() -> None:
    fragor = (Fragesvar(Omrade.TRIVSEL, "Trivs du?", 4, 2), Fragesvar(Omrade.BEMOTANDE, "Lyssnar de?", 9, 9))
    assert not rakna([Svar(1, Kon.ALLA, 12, 9, fragor)]).far_visas
    assert rakna([Svar(1, Kon.ALLA, 12, 9, fragor[1:])]).far_visas
    assert not rakna([Svar(1, Kon.ALLA, 4, 0, ())]).far_visas


@pytest.mark.parametrize(("man", "visas"), [(5, True), (4, False), (0, True)])
def test_women_and_men_are_shown_when_no_group_has_a_few_of_either(man: int, visas: bool) -> None:
    svar = enkaten([(6, man), (7, 9)], [3] * 12)
    assert far_visa_kon(svar, gruppera(svar)) is visas


def test_questions_are_shown_by_omrade_when_every_group_has_answered_each() -> None:
    svar = enkaten([(6, 6), (7, 9)], [3] * 12)
    assert fragor_att_visa(svar, gruppera(svar)) == list(FRAGOR)
    utan = [Svar(e.enhet, e.kon, e.tillfragade, e.svarande, e.fragor if e.enhet else e.fragor[1:]) for e in svar]
    assert fragor_att_visa(utan, gruppera(utan)) == ["Trivs du?"]
