"""Lines of invoices and the rows that they are about: exact, explained, and never twice."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ersattning.faktura.kredit import Tidigare
from ersattning.faktura.matchning import matcha
from ersattning.faktura.oren import ar_oresutjamning
from ersattning.faktura.rattad import rattade
from ersattning.faktura.underlag import Kravrad, Radstatus, Underlag, Underlagsrad, Utfall

MAJ, APRIL, JUNI = date(2026, 5, 1), date(2026, 4, 1), date(2026, 6, 1)
S = Radstatus


def rad(id_: int, verk: str = "V-1", antal: int | str = 20, pris: int | str = 100, **andrat: Any) -> Underlagsrad:
    antalet, priset = Decimal(antal), Decimal(pris)
    falt: dict[str, Any] = {
        "manad": MAJ,
        "avser": MAJ,
        "enhet": 1,
        "insats": "LSS-10",
        "artikel": "narvaro",
        "niva": "3",
        "antalsenhet": "dag",
        "belopp": antalet * priset,
        "fran": MAJ,
        "sista": date(2026, 5, 31),
    }
    return Underlagsrad(id=id_, verk=verk, antal=antalet, pris=priset, **(falt | andrat))


def krav(id_: int, verk: str = "V-1", antal: int | str = 20, pris: int | str = 100, **andrat: Any) -> Kravrad:
    antalet, priset = Decimal(antal), Decimal(pris)
    falt: dict[str, Any] = {
        "faktura": id_,
        "nummer": str(1000 + id_),
        "rad": "1",
        "datum": date(2026, 6, 8) + timedelta(days=id_),
        "kand": bool(verk),
        "manad": MAJ,
        "belopp": antalet * priset,
    }
    return Kravrad(id=id_, referens=verk, antal=antalet, pris=priset, **(falt | andrat))


def kredit(id_: int, av: Kravrad, **andrat: Any) -> Kravrad:
    falt = {"id": id_, "faktura": id_, "nummer": f"K{id_}", "kreditnota": True, "avser": (av.faktura,)}
    falt |= {"belopp": -av.belopp, "antal": -av.antal, "datum": av.datum + timedelta(days=1)}
    return replace(av, **(falt | andrat))


def kor(
    krav: Iterable[Kravrad], rader: Iterable[Underlagsrad], fasta: Iterable[date] = (APRIL, MAJ)
) -> dict[int, Utfall]:
    underlag = Underlag(rader, fasta, {})
    return {ett.rad: ett for ett in matcha(krav, underlag)}


def test_the_row_with_the_same_person_month_and_amount() -> None:
    ett = kor([krav(1)], [rad(1, "V-2"), rad(2)])[1]
    assert (ett.status, ett.tacker, ett.differens) == (S.STAMMER, (2,), 0)
    assert "Samma person, period och belopp" in ett.skal[0]


def test_a_line_may_be_the_sum_of_a_persons_rows() -> None:
    rader = [rad(1), rad(2, antal=3, artikel="franvaro"), rad(3, antal=1, artikel="franvaro", niva="4")]
    assert kor([krav(1, antal=24)], rader)[1].tacker == (1, 2, 3)
    tva = kor([krav(1, antal=4), krav(2)], rader)
    assert (tva[1].tacker, tva[2].tacker) == ((2, 3), (1,))


def test_a_difference_is_explained_by_days_and_price() -> None:
    ett = kor([krav(1, antal=22)], [rad(1)])[1]
    assert (ett.status, ett.differens, ett.tacker) == (S.AVVIKER, 200, (1,))
    assert ett.skal[:2] == ("Samma person och period.", "2\N{NO-BREAK SPACE}dagar mer än underlaget.")
    dyrare = kor([krav(1, pris=110)], [rad(1)])[1]
    assert "À-priset är 110,00" in dyrare.skal[1]
    assert "högre än underlaget" in dyrare.skal[-1]


def test_the_same_again_is_a_double() -> None:
    tva = kor([krav(1), krav(2)], [rad(1)])
    assert [tva[1].status, tva[2].status] == [S.STAMMER, S.DUBBLETT]
    assert tva[2].skal == ("Redan fakturerat på faktura 1001, rad 1.",)
    assert not tva[2].tacker


def test_one_that_fits_goes_before_one_that_nearly_does() -> None:
    tva = kor([krav(1, antal=21), krav(2)], [rad(1)])
    assert [tva[1].status, tva[2].status] == [S.DUBBLETT, S.STAMMER]


def test_what_the_underlag_does_not_have() -> None:
    ingen = kor([krav(1, "V-9")], [rad(1)])[1]
    assert (ingen.status, ingen.differens) == (S.SAKNAS, 2000)
    fel_manad = kor([krav(1)], [rad(1, manad=APRIL, avser=APRIL)])[1]
    assert fel_manad.status is S.SAKNAS
    assert fel_manad.forslag[0].rader == (1,)
    assert "Samma person, men underlaget gäller april 2026." in fel_manad.forslag[0].skal
    okand = kor([krav(1, "X", kand=False)], [rad(1), rad(2)])[1]
    assert "ingen verkställighet som heter X" in okand.skal[0]
    assert [ett.rader for ett in okand.forslag] == [(1,), (2,)]


def test_a_month_that_is_not_settled_is_waited_for() -> None:
    assert kor([krav(1, manad=JUNI)], [rad(1)])[1].status is S.VANTAR
    assert kor([krav(1, manad=None)], [rad(1)])[1].status is S.SAKNAS


def test_one_line_for_a_whole_enhet() -> None:
    rader = [rad(1), rad(2, "V-2", antal=10), rad(3, "V-3", antal=7, enhet=2), rad(4, "V-4", antal=7, enhet=2)]
    ett = kor([krav(1, "", antal=30)], rader)[1]
    assert (ett.status, ett.tacker) == (S.STAMMER, (1, 2))
    assert kor([krav(1, "", antal=44)], rader)[1].tacker == (1, 2, 3, 4)


def test_a_sum_that_several_groups_have_is_not_guessed() -> None:
    rader = [rad(1), rad(2, "V-2", antal=10), rad(3, "V-3", antal=20, enhet=2), rad(4, "V-4", antal=10, enhet=2)]
    assert kor([krav(1, "", antal=30)], rader)[1].status is S.SAKNAS
    ett = kor([krav(1, "", antal=20)], rader)[1]  # one row alone is no group: two persons have it
    assert ett.status is S.SAKNAS
    assert len(ett.forslag) == 2


def test_a_correction_is_found_by_the_month_that_it_is_about_and_the_one_it_was_paid_in() -> None:
    tillbaka = rad(5, antal=-20, avser=APRIL)
    for manad in (APRIL, MAJ):
        ett = kor([krav(1, antal=-20, manad=manad)], [tillbaka])[1]
        assert (ett.status, ett.tacker) == (S.STAMMER, (5,))


def test_a_credit_note_takes_back_its_invoice() -> None:
    ett = krav(1)
    tva = kor([ett, kredit(2, ett)], [rad(1)])
    assert (tva[1].status, tva[1].tacker) == (S.KREDITERAD, ())
    assert (tva[2].status, tva[2].krediterar) == (S.STAMMER, 1)


def test_what_is_credited_may_be_invoiced_again() -> None:
    ett = krav(1)
    tre = kor([ett, krav(2), kredit(3, ett)], [rad(1)])
    assert [tre[pk].status for pk in (1, 2, 3)] == [S.KREDITERAD, S.STAMMER, S.STAMMER]
    assert tre[2].tacker == (1,)


def test_a_credit_note_may_make_a_difference_good() -> None:
    ett = krav(1, antal=22)
    tva = kor([ett, kredit(2, ett, belopp=Decimal(-200), antal=Decimal(-2))], [rad(1)])
    assert (tva[1].status, tva[1].differens, tva[1].tacker) == (S.STAMMER, 0, (1,))
    assert tva[2].minskar == 1


def test_a_credit_note_of_a_correction_takes_the_kreditering() -> None:
    """The underlag gives back April; so does the credit note: both are done."""
    aprils = krav(1, manad=APRIL)
    rader = [rad(1, manad=APRIL, avser=APRIL), rad(2, antal=-20, avser=APRIL)]
    tva = kor([aprils, kredit(2, aprils)], rader)
    assert (tva[1].status, tva[2].status, tva[2].tacker) == (S.STAMMER, S.STAMMER, (2,))


def test_what_is_given_back_already_is_not_given_back_again() -> None:
    """22 days are invoiced, two are credited: then twenty are left to credit, and not 22."""
    ett = krav(1, antal=22)
    tva = kredit(2, ett, belopp=Decimal(-200), antal=Decimal(-2))
    allt = kor([ett, tva, kredit(3, ett, datum=date(2026, 7, 1))], [rad(1)])
    assert (allt[1].status, allt[1].tacker, allt[3].status) == (S.STAMMER, (1,), S.AVVIKER)
    assert "200,00\N{NO-BREAK SPACE}kr är redan krediterat" in allt[3].skal[0]
    resten = kredit(3, ett, belopp=Decimal(-2000), antal=Decimal(-20), datum=date(2026, 7, 1))
    allt = kor([ett, tva, resten], [rad(1)])
    assert (allt[1].status, allt[1].tacker, allt[3].krediterar) == (S.KREDITERAD, (), 1)


def test_a_line_of_nothing_asks_for_nothing_and_takes_nothing() -> None:
    """A line of text in an invoice: the row is left to whoever asks for it later."""
    text = krav(1, antal=0)
    assert (kor([text], [rad(1)])[1].status, kor([text], [rad(1)])[1].tacker) == (S.STAMMER, ())
    jamnt = [rad(1), rad(2, antal=-20, artikel="franvaro")]
    assert kor([text], jamnt)[1].tacker == ()
    assert kor([replace(text, manad=None), kredit(2, text)], [rad(1)])[2].status is S.STAMMER
    gratis = kor([text], [rad(1), rad(2, antal=0)])[1]
    assert gratis.tacker == (2,)


def test_a_whole_month_may_be_asked_for_in_whole_kronor_where_it_is_paid_so() -> None:
    rader = [rad(1, pris="10.01"), rad(2, "V-2", antal=3, pris="5.05"), rad(3, "V-3", antal=1, pris="0.10")]
    ett = krav(1, "", antal=1, pris=215)  # 215,45
    i_hela = {utfall.rad: utfall for utfall in matcha([ett], Underlag(rader, [MAJ], {}, [MAJ]))}
    assert (i_hela[1].status, i_hela[1].tacker, i_hela[1].differens) == (S.STAMMER, (1, 2, 3), 0)
    assert "215,45\N{NO-BREAK SPACE}kr, avrundad till hela kronor" in i_hela[1].skal[0]
    assert kor([ett], rader)[1].status is S.SAKNAS
    (fel,) = matcha([krav(1, "", antal=1, pris=216)], Underlag(rader, [MAJ], {}, [MAJ]))
    assert fel.status is S.SAKNAS
    (del_,) = matcha([ett], Underlag(rader, [MAJ], {3: krav(9)}, [MAJ]))
    assert del_.status is S.SAKNAS


@pytest.mark.parametrize(
    ("oren", "att_betala", "ar"),
    [
        *(("0.25", "72", True), ("-0.49", "71", True), ("0.50", "72", True), ("-0.50", "71", False)),
        *(("0", "71", False), ("0.50", "71.50", False), ("-0.50", "-72", True), ("1", "72", False)),
    ],
)
def test_rounding_is_just_what_makes_whole_kronor(oren: str, att_betala: str, ar: bool) -> None:
    assert ar_oresutjamning(Decimal(oren), Decimal(att_betala)) is ar


def test_a_difference_that_a_later_month_corrects_is_closed_and_not_paid_again() -> None:
    """22 days were invoiced and the underlag had 20; June gives 20 days back and pays 22."""
    ett = krav(1, antal=22)
    forst = kor([ett], [rad(1)])[1]
    rader = [rad(1), rad(2, manad=JUNI, antal=-20), rad(3, manad=JUNI, antal=22)]
    underlag = Underlag(rader, [MAJ, JUNI], {1: ett})
    (rattad,) = rattade([Tidigare(ett, forst)], underlag)
    assert (rattad.status, rattad.tacker, rattad.differens) == (S.STAMMER, (1, 2, 3), 0)
    assert rattad.skal == ("Skillnaden på 200,00\N{NO-BREAK SPACE}kr är rättad i underlaget i juni 2026.",)
    (igen,) = matcha([krav(2, antal=2, manad=JUNI)], underlag)
    assert igen.status is S.DUBBLETT
    for fel in (rad(3, manad=JUNI, antal=23), rad(3, "V-2", manad=JUNI, antal=22)):
        underlag = Underlag([*rader[:2], fel], [MAJ, JUNI], {1: ett})
        assert rattade([Tidigare(ett, forst)], underlag) == []


def test_a_negative_invoice_takes_back_as_a_credit_note_does() -> None:
    ett = krav(1, antal=22)
    ratt = {"datum": date(2026, 7, 1), "rattar": True, "avser": (1,), "faktura": 2}
    allt = kor([ett, krav(2, antal=-22, **ratt), krav(3, **ratt)], [rad(1)])
    assert [allt[pk].status for pk in (1, 2, 3)] == [S.KREDITERAD, S.STAMMER, S.STAMMER]
    assert allt[3].tacker == (1,)
    okand = kor([krav(1, antal=-20, rattar=True)], [rad(1)])[1]
    assert "inte kommit in" in okand.skal[0]


def test_a_credit_note_twice_or_of_nothing_is_asked_about() -> None:
    ett = krav(1)
    tre = kor([ett, kredit(2, ett), kredit(3, ett)], [rad(1)])
    assert (tre[2].status, tre[3].status) == (S.STAMMER, S.SAKNAS)
    assert "redan är krediterat" in tre[3].skal[0]
    assert "inte kommit in" in kor([kredit(2, ett, avser=())], [rad(1)])[2].skal[0]
    annat = kor([ett, kredit(2, ett, belopp=Decimal(-50))], [rad(1)])[2]
    assert (annat.status, annat.differens) == (S.AVVIKER, -50)


_RADER = st.lists(
    st.builds(
        lambda verk, antal, pris, avser, enhet: (f"V-{verk}", antal, pris, avser, enhet),
        st.integers(1, 4),
        st.integers(-3, 5).filter(bool),
        st.sampled_from([10, 20]),
        st.sampled_from([APRIL, MAJ]),
        st.integers(1, 2),
    ),
    max_size=12,
)
_KRAV = st.lists(
    st.builds(
        lambda verk, antal, pris, manad, faktura: (verk, antal, pris, manad, faktura),
        st.sampled_from(["V-1", "V-2", "V-3", "", "X"]),
        st.integers(-3, 8).filter(bool),
        st.sampled_from([10, 20]),
        st.sampled_from([APRIL, MAJ, JUNI, None]),
        st.integers(1, 5),
    ),
    max_size=15,
)


def _underlag(data: Any) -> list[Underlagsrad]:
    return [
        rad(nr, verk, antal, pris, avser=avser, enhet=enhet)
        for nr, (verk, antal, pris, avser, enhet) in enumerate(data, 1)
    ]


def _kraven(data: Any) -> list[Kravrad]:
    return [
        krav(nr, verk, antal, pris, manad=manad, faktura=faktura, kand=verk.startswith("V"), nummer=str(faktura))
        for nr, (verk, antal, pris, manad, faktura) in enumerate(data, 1)
    ]


@given(_RADER, _KRAV, st.data())
def test_no_row_is_ever_taken_twice_and_every_line_is_answered(rader: Any, krav_: Any, data: st.DataObject) -> None:
    alla = _kraven(krav_)
    krediterade = data.draw(st.lists(st.sampled_from(alla), max_size=5)) if alla else []
    alla += [kredit(100 + nr, ett) for nr, ett in enumerate(krediterade)]
    underlag = _underlag(rader)
    utfall = kor(alla, underlag)
    tagna = Counter(pk for ett in utfall.values() for pk in ett.tacker)
    assert set(utfall) == {ett.id for ett in alla}
    assert all(antal == 1 for antal in tagna.values())
    belopp = {ett.id: ett.belopp for ett in underlag}
    for ett in alla:  # what a line takes and how much more it is come to the line
        svar = utfall[ett.id]
        if svar.tacker and svar.status in {S.STAMMER, S.AVVIKER} and not _reglerad(ett, utfall):
            assert sum(belopp[pk] for pk in svar.tacker) + svar.differens == ett.belopp
        assert svar.skal


def _reglerad(krav_: Kravrad, utfall: dict[int, Utfall]) -> bool:
    return any(ett.minskar == krav_.id for ett in utfall.values())


@settings(max_examples=60)
@given(_RADER, _KRAV, st.data())
def test_what_is_invoiced_is_what_is_covered_and_what_differs(rader: Any, krav_: Any, data: st.DataObject) -> None:
    """To the öre, over several readings with credit notes of whole lines, of differences and of anything."""
    underlag = _underlag(rader)
    bok, lagen, minskat = Underlag(underlag, [APRIL, MAJ], {}), dict[int, tuple[Kravrad, Utfall]](), Counter[int]()
    nya = _kraven(krav_)
    for omgang in range(3):
        oppna = [krav_ for krav_, ett in lagen.values() if ett.status in {S.SAKNAS, S.DUBBLETT, S.VANTAR}]
        fasta = [Tidigare(*par, Decimal(minskat[pk])) for pk, par in lagen.items() if par[0] not in oppna]
        alla = {ett.id: ett for ett in [*oppna, *nya, *(par[0] for par in lagen.values())]}
        for utfall in matcha([*oppna, *nya], bok, fasta):
            if utfall.minskar and (utfall.rad not in lagen or not lagen[utfall.rad][1].minskar):
                minskat[utfall.minskar] -= int(alla[utfall.rad].belopp)
            lagen[utfall.rad] = (alla[utfall.rad], utfall)
        _gar_ihop(lagen, {ett.id: ett.belopp for ett in underlag})
        mal = [par for par in lagen.values() if par[0].belopp > 0 and not par[0].tar_tillbaka]
        valda = data.draw(st.lists(st.sampled_from(mal), max_size=4)) if mal else []
        nya = [_krediterad(100 * (omgang + 1) + nr, *par, data) for nr, par in enumerate(valda)]


def _krediterad(id_: int, krav_: Kravrad, utfall: Utfall, data: st.DataObject) -> Kravrad:
    belopp = data.draw(st.sampled_from([krav_.belopp, abs(utfall.differens) or krav_.belopp, Decimal(10)]))
    return kredit(id_, krav_, belopp=-belopp, rattar=True)


def _gar_ihop(lagen: dict[int, tuple[Kravrad, Utfall]], belopp: dict[int, Decimal]) -> None:
    provade = [(krav_, ett) for krav_, ett in lagen.values() if ett.status is not S.VANTAR]
    tackt = sum(belopp[pk] for _, ett in provade for pk in ett.tacker)
    assert sum(krav_.belopp for krav_, _ in provade) == tackt + sum(ett.differens for _, ett in provade)


@given(_RADER.filter(lambda rader: all(antal > 0 for _, antal, *_ in rader)), _KRAV)
def test_an_invoice_and_its_credit_note_are_nothing(rader: Any, krav_: Any) -> None:
    """Where the underlag gives nothing back by itself: after the credit notes every row is free."""
    alla = [ett for ett in _kraven(krav_) if ett.belopp > 0]
    underlag = Underlag(_underlag(rader), [APRIL, MAJ], {})
    matcha([*alla, *(kredit(100 + ett.id, ett) for ett in alla)], underlag)
    assert not underlag.tagna


@given(_RADER, _KRAV)
def test_the_order_that_invoices_are_read_in_changes_nothing(rader: Any, krav_: Any) -> None:
    alla = _kraven(krav_)
    assert kor(alla, _underlag(rader)) == kor(alla[::-1], _underlag(rader))


def test_five_hundred_invoices_of_which_450_need_no_hand() -> None:
    rader = [rad(nr, f"V-{nr}", antal=10 + nr % 13, pris=900 + nr % 7, enhet=nr % 20) for nr in range(10_000)]
    alla = [
        krav(
            nr,
            f"V-{nr}",
            antal=10 + nr % 13,
            pris=900 + nr % 7,
            faktura=nr // 20,
            nummer=str(nr // 20),
            rad=str(nr % 20),
        )
        for nr in range(10_000)
    ]
    fel = {nr * 20 for nr in range(50)}  # one line of each of the first fifty invoices
    alla = [replace(ett, belopp=ett.belopp + 100) if ett.id in fel else ett for ett in alla]
    start = time.monotonic()
    utfall = kor(alla, rader)
    assert time.monotonic() - start < 10
    handlagda = {alla[pk].faktura for pk, ett in utfall.items() if ett.status is not S.STAMMER}
    assert (len({ett.faktura for ett in alla}), len(handlagda)) == (500, 50)
