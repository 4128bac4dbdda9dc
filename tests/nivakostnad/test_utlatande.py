"""The nämnd's document tells of no fewer than five persons, of whole half-years alone, and adds up."""

import itertools
from datetime import date
from decimal import Decimal

from grund.tid import Manad
from uppfoljning.nivaandringar.diagram import kurva
from uppfoljning.nivaandringar.halvar import Halvar, avslutade
from uppfoljning.nivaandringar.rapport import Andringsrad, Rapport, Riktning
from uppfoljning.nivaandringar.utlatande import OVRIGA, Underlag, satt_samman, tabeller_att_visa
from uppfoljning.tjansteutlatande.innehall import Huvud, Person

HALVAR = Halvar(2025, 2)
HUVUD = Huvud(
    "Ekstad",
    "Socialförvaltningen",
    "Socialnämnden",
    "SN 1",
    date(2026, 6, 1),
    date(2026, 6, 16),
    Person("Nora Sand", ""),
    Person("Gunnel Ask", ""),
    (),
)


def _rad(
    person: int, utforare: str, helar: str | None, *, fore: str = "1", dag: date = date(2025, 9, 1)
) -> Andringsrad:
    belopp = None if helar is None else Decimal(helar)
    return Andringsrad(
        bedomning_id=person,
        nyckel=f"N{person}",
        person_id=person,
        person="AB 1990",
        insats="LSS-9",
        dag=dag,
        niva_fore=fore,
        niva_efter="2",
        enhet="Enhet",
        utforare_id=1,
        utforare=utforare,
        godkand=dag,
        godkand_av="bo",
        grund="",
        helar=belopp,
        i_perioden=belopp,
        betalt=Decimal(0),
        utan_pris=False,
    )


def _underlag(*rader: Andringsrad, forsta: tuple[Andringsrad, ...] = ()) -> Underlag:
    return Underlag(HALVAR, Rapport(HALVAR.fran, HALVAR.sista, rader, forsta, (), ()))


def _alla(utforare: str, antal: int, helar: str = "1000.40", fran: int = 1) -> list[Andringsrad]:
    return [_rad(fran + nr, utforare, helar) for nr in range(antal)]


def test_an_utforare_with_few_persons_is_merged_until_the_group_has_five() -> None:
    underlag = _underlag(*_alla("A", 6), *_alla("B", 2, fran=10), *_alla("C", 3, fran=20))
    (tabell, *_) = tabeller_att_visa(underlag)
    assert [(rad.namn, rad.celler[0]) for rad in tabell.rader] == [("A", "6"), (OVRIGA, "5")]
    assert tabell.summa is not None
    # 11 × 1 000,40 is 11 004,40: the parts are whole kronor that add up to the sum
    assert [rad.celler[1] for rad in (*tabell.rader, tabell.summa)] == [
        "+6\N{NO-BREAK SPACE}002",
        "+5\N{NO-BREAK SPACE}002",
        "+11\N{NO-BREAK SPACE}004",
    ]


def test_utforare_stand_as_swedes_sort_them_and_where_there_is_none_it_is_said() -> None:
    underlag = _underlag(*_alla("Ängen", 5), *_alla("Åsen", 5, fran=10), *_alla("", 5, fran=20))
    assert [rad.namn for rad in tabeller_att_visa(underlag)[0].rader] == ["Ingen utförare", "Åsen", "Ängen"]


def test_dearer_and_cheaper_are_told_apart_only_when_both_are_many() -> None:
    manga = _underlag(*_alla("A", 6), *_alla("A", 5, "-10", fran=10))
    assert [rad.namn for rad in tabeller_att_visa(manga)[1].rader] == ["Dyrare nivå", "Billigare nivå"]
    fa = _underlag(*_alla("A", 6), *_alla("A", 2, "-10", fran=10))
    assert len(tabeller_att_visa(fa)) == 1


def test_four_persons_are_told_neither_by_number_nor_by_amount() -> None:
    underlag = _underlag(*_alla("A", 4))
    assert tabeller_att_visa(underlag) == ()
    text = str(satt_samman(underlag, HUVUD))
    assert "färre än fem personer" in text
    assert "000" not in text
    assert "4 002" not in text


def test_a_half_year_without_changes_says_so() -> None:
    text = str(satt_samman(_underlag(forsta=(_rad(1, "A", "5", fore=""),)), HUVUD))
    assert "Ingen nivå ändrades" in text
    assert "första bedömning" not in text  # one person


def test_half_years_are_whole_and_have_no_day_in_common() -> None:
    alla = list(avslutade(date(2026, 6, 3)))
    assert [str(ett) for ett in alla] == ["2025-2", "2025-1", "2024-2", "2024-1"]
    assert (alla[0].fran, alla[0].sista, alla[0].sista_manad) == (date(2025, 7, 1), date(2025, 12, 31), Manad(2025, 12))
    assert all(yngre.fran > aldre.sista for yngre, aldre in itertools.pairwise(alla))


def test_the_direction_is_the_costs_and_not_the_levels_name() -> None:
    assert _rad(1, "A", "-5").riktning is Riktning.BILLIGARE
    assert {_rad(1, "A", helar).riktning for helar in (None, "0")} == {Riktning.SAMMA}


def test_the_curve_is_what_the_months_add_up_to_also_below_zero() -> None:
    rapport = _underlag(_rad(1, "A", "-500", dag=date(2025, 8, 9)), _rad(2, "A", "200", dag=date(2025, 10, 1))).rapport
    assert [ett.hittills for ett in rapport.per_manad] == [0, -500, -500, -300, -300, -300]
    bild = kurva(rapport.per_manad)
    assert bild is not None
    assert float(bild.punkter[1].y) > float(bild.punkter[3].y) > float(bild.nu_y)
    assert kurva(_underlag().rapport.per_manad) is None
    upp_och_ner = _underlag(_rad(1, "A", "500", dag=date(2025, 8, 9)), _rad(2, "A", "-500", dag=date(2025, 8, 20)))
    assert kurva(upp_och_ner.rapport.per_manad) is None  # they take each other out: a line on the axis says nothing
