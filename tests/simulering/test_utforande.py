"""What is worth asking about: each flag at its limit, and what it says."""

from decimal import Decimal
from fractions import Fraction

import pytest

from ersattning.simulering.diagram import kurva, staplar
from ersattning.simulering.utforande import Manadsvolym, Utforande, langsta_svit, med_flaggor
from grund.tid import Manad

BESTALLT = Fraction(6000)
JANUARI = Manad(2026, 1)


def _manader(*andelar: str, efterhand: str = "0") -> dict[Manad, Manadsvolym]:
    svar = {}
    for plats, andel in enumerate(andelar):
        utfort = int(Decimal(andel) * int(BESTALLT))
        svar[JANUARI.plus(plats)] = Manadsvolym(BESTALLT, utfort, int(Decimal(efterhand) * utfort))
    return svar


def _flaggor(*alla: Utforande) -> dict[str, list[str]]:
    return {ett.namn: [flagga.rubrik for flagga in ett.flaggor] for ett in med_flaggor(alla)}


def test_four_months_in_a_row_at_all_that_is_ordered_are_worth_a_question() -> None:
    assert langsta_svit(_manader("1", "1", "1", "0.9", "1", "1", "1")) == []
    svit = langsta_svit(_manader("0.7", "1", "1.02", "1", "1", "0.8"))
    assert (svit[0], svit[-1]) == (Manad(2026, 2), Manad(2026, 5))


def test_a_month_without_orders_breaks_the_row() -> None:
    manader = _manader("1", "1", "1", "1", "1")
    del manader[Manad(2026, 3)]
    assert langsta_svit(manader) == []
    manader[Manad(2026, 3)] = Manadsvolym(Fraction(0), 60, 0)
    assert langsta_svit(manader) == []


@pytest.mark.parametrize(("efterhand", "flaggas"), [("0.24", False), ("0.25", True), ("0.6", True)])
def test_a_quarter_registered_afterwards_is_worth_a_question(efterhand: str, flaggas: bool) -> None:
    rubriker = _flaggor(Utforande("Eken", "Boendestöd", _manader("0.7", efterhand=efterhand)))["Eken"]
    assert any("i efterhand" in ett for ett in rubriker) is flaggas


def test_an_utforare_far_from_the_others_is_worth_a_question() -> None:
    alla = [
        Utforande(namn, "Boendestöd", _manader(andel))
        for namn, andel in {
            "Eken": "0.70",
            "Asken": "0.68",
            "Alen": "0.72",
            "Linden": "0.99",
            "Hasseln": "0.50",
        }.items()
    ]
    flaggor = _flaggor(*alla)
    assert flaggor == {
        "Eken": [],
        "Asken": [],
        "Alen": [],
        "Linden": ["Långt över de andra"],
        "Hasseln": ["Långt under de andra"],
    }


def test_two_utforare_are_too_few_to_say_who_is_far_away() -> None:
    assert _flaggor(*(Utforande(n, "B", _manader(a)) for n, a in (("Eken", "0.3"), ("Asken", "0.9")))) == {
        "Eken": [],
        "Asken": [],
    }


def test_the_others_are_those_of_the_same_insats() -> None:
    alla = [Utforande(n, "Boendestöd", _manader("0.7")) for n in "ABC"] + [
        Utforande("L", "Ledsagning", _manader("0.3"))
    ]
    assert _flaggor(*alla)["L"] == []


def test_the_longest_bar_fills_the_picture_and_the_line_stands_at_what_is() -> None:
    bild = staplar([("Som det är", Decimal(7_500_000)), ("Beställd tid", Decimal(10_000_000))])
    assert [ett.bredd for ett in bild.staplar] == ["75.00%", "100.00%"]
    assert bild.nu_x == "75.00%"
    assert "Beställd tid 10,0\xa0mnkr, +33,3\xa0% mot i dag" in bild.beskrivning


def test_nothing_to_pay_makes_a_picture_too() -> None:
    assert [ett.bredd for ett in staplar([("Som det är", Decimal(0))]).staplar] == ["0.00%"]
    assert kurva([], Decimal(0)) is None


def test_the_curve_goes_from_left_to_right_and_more_is_higher() -> None:
    bild = kurva([(0, Decimal(100)), (50, Decimal(150)), (100, Decimal(200))], Decimal(120))
    assert bild is not None
    assert [float(ett.x) for ett in bild.punkter] == sorted(float(ett.x) for ett in bild.punkter)
    assert float(bild.punkter[0].y) > float(bild.nu_y) > float(bild.punkter[2].y)
    assert "Vid 50\xa0% 150\xa0kr" in bild.beskrivning
