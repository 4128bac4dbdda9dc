"""What is assumed of months to come, on persons made by hand: nothing that is decided is changed, only gone on from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ersattning.kalkyl.antagande import Antagande, Planerat, antag, forsta_prisandring, med_dagens_priser
from ersattning.kalkyl.planerat import Plan, som_planerat
from ersattning.kalkyl.typer import Avtal, Beslut, Nivabedomning, Person, Pris, Verkstallighet
from ersattning.kalkyl.villkor import Villkor
from ersattning.kalkyl.vistelser import UPPREPAD, med_vistelser
from grund.tid import Manad

IDAG = date(2026, 6, 3)
JULI = Manad(2026, 7)
BESLUT = Beslut(1, "LSS-9", True, date(2026, 1, 1), date(2026, 7, 11))
VERK = Verkstallighet(1, "V1", BESLUT, 1, 1, "", date(2026, 1, 1), None)


def _person(*verk: Verkstallighet, nivaer: tuple[Nivabedomning, ...] = ()) -> Person:
    return Person(1, None, verk, {"LSS-9": nivaer})


def _antag(person: Person, antagande: Antagande, manad: Manad = JULI) -> Person:
    return antag(person, Planerat(antagande, IDAG), manad)


def test_a_decision_that_ends_goes_on_with_its_verkstallighet() -> None:
    (verk,) = _antag(_person(VERK), Antagande.FORLANGT).verkstalligheter
    assert (verk.beslut.till, verk.till) == (None, None)
    upphor = replace(VERK, till=BESLUT.till, slutorsak="beslut_upphor")
    (verk,) = _antag(_person(upphor), Antagande.FORLANGT).verkstalligheter
    assert (verk.beslut.till, verk.till, verk.slutorsak) == (None, None, "")


def test_what_is_not_prolonged_is_the_very_same_person() -> None:
    flyttar = replace(VERK, till=BESLUT.till, slutorsak="flytt")
    fore = replace(VERK, till=date(2026, 7, 5))
    har_slutat = replace(VERK, beslut=replace(BESLUT, till=date(2026, 6, 1)))
    avslag = replace(VERK, beslut=replace(BESLUT, bifall=False))
    for verk in (flyttar, fore, har_slutat, avslag):
        person = _person(verk)
        assert _antag(person, Antagande.FORLANGT) is person
    person = _person(VERK)
    assert _antag(person, Antagande.FORLANGT, Manad(2026, 6)) is person  # it has not ended in June
    assert _antag(person, Antagande.BESLUTAT) is person


def test_a_decision_that_is_renewed_already_is_not_prolonged_too() -> None:
    nytt = replace(VERK, id=2, beslut=replace(BESLUT, id=2, fran=date(2026, 7, 11), till=None), fran=date(2026, 7, 11))
    person = _person(VERK, nytt)
    assert _antag(person, Antagande.FORLANGT) is person
    for antagande in (Antagande.UTAN_SLUT, Antagande.UTAN_STARTER):  # and nobody has ended or begun
        assert _antag(person, antagande) is person


def test_known_starts_ends_and_levels_are_taken_away_one_kind_at_a_time() -> None:
    borjar = replace(VERK, id=2, beslut=replace(BESLUT, id=2, till=None), fran=date(2026, 7, 20), utforare_id=2)
    hojd = Nivabedomning(1, "N1", "4", date(2026, 7, 1), IDAG)
    person = _person(VERK, borjar, nivaer=(hojd,))
    assert _antag(person, Antagande.UTAN_STARTER).verkstalligheter == (VERK,)
    assert [ett.beslut.till for ett in _antag(person, Antagande.UTAN_SLUT).verkstalligheter] == [None, None]
    assert _antag(person, Antagande.DAGENS_NIVAER).nivaer == {"LSS-9": ()}


def test_prices_of_today_hold_but_a_list_that_is_only_planned_keeps_its_own() -> None:
    nu = Pris(1, "", "", "", Decimal(100), date(2025, 1, 1), date(2026, 9, 1))
    sedan = Pris(2, "", "", "", Decimal(130), date(2026, 9, 1), None)
    villkor = Villkor((), ((1, "LSS-9", "dygn", nu), (1, "LSS-9", "dygn", sedan), (2, "LSS-9", "dygn", sedan)), ())
    assert forsta_prisandring(villkor, IDAG) == date(2026, 9, 1)
    assert med_dagens_priser(villkor, IDAG).priser == (
        (1, "LSS-9", "dygn", replace(nu, till=None)),
        (2, "LSS-9", "dygn", sedan),
    )


def test_stays_come_again_week_for_week_as_long_as_the_decision() -> None:
    beslut = replace(BESLUT, till=date(2026, 10, 1))
    maj = replace(VERK, beslut=beslut, fran=date(2026, 5, 8), till=date(2026, 5, 11))
    bokad = replace(maj, id=2, fran=date(2026, 8, 1), till=date(2026, 8, 3))
    person = med_vistelser(_person(maj, bokad), IDAG, date(2027, 1, 1))
    nya = [ett for ett in person.verkstalligheter if ett.id == UPPREPAD]
    assert [(ett.fran, ett.till) for ett in nya] == [
        (date(2026, 10, 23), date(2026, 10, 26))  # 31 July is before what is booked
    ]
    assert med_vistelser(_person(maj, replace(VERK, id=3)), IDAG, date(2027, 1, 1)).verkstalligheter[2:] == ()
    forlangd = _antag(person, Antagande.FORLANGT, Manad(2026, 10)).verkstalligheter
    assert [(ett.fran, ett.till, ett.beslut.till) for ett in forlangd if ett.id == UPPREPAD] == [
        (date(2026, 10, 23), date(2026, 10, 26), None)
    ]
    assert _antag(person, Antagande.UTAN_STARTER) is person


def test_a_month_as_planned_is_working_days_ordered_minutes_and_known_absence() -> None:
    avtal = [
        Avtal(1, 1, "LSS-10", None, 1, "narvaro", date(2026, 1, 1), None),
        Avtal(2, 1, "LSS-3", None, 1, "utford_tid", date(2026, 1, 1), None),
    ]
    bok = Villkor(tuple(avtal), (), ()).bocker([JULI])[JULI]
    plats = replace(VERK, beslut=Beslut(1, "LSS-10", True, date(2026, 1, 1), None))
    led = replace(VERK, id=2, beslut=Beslut(2, "LSS-3", True, date(2026, 1, 1), None, Fraction(62), "timmar_manad"))
    borta = ((date(2026, 7, 1), date(2026, 7, 8)),)
    planer = {1: Plan(frozenset({1, 3}), uppehall=borta), 2: Plan(frozenset(), uppehall=((date(2026, 7, 22), None),))}
    dag, tid = som_planerat(_person(plats, led), planer, bok, IDAG).verkstalligheter
    assert {rad.kod: [nr + 1 for nr in range(31) if rad.dagar >> nr & 1] for rad in dag.narvaro} == {
        "N": [8, 13, 15, 20, 22, 27, 29],
        "F": [1, 6],
    }
    minuter = sum((ett.utford_slut or 0) - (ett.utford_start or 0) for ett in tid.besok)
    assert minuter == 21 * 2 * 60  # two hours a day, to the 21st
