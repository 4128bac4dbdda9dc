"""What is typed and pasted of prices is read as Swedes write it, and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ersattning.prisinmatning import (
    Avrundning,
    las_belopp,
    las_klistrat,
    rakna_upp,
    skillnad_i_procent,
    utrakning,
)
from grund.text import tal

HART = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "belopp"),
    [
        ("1164", "1164.00"),
        ("1 164,50", "1164.50"),
        (f"12{HART}345,6", "12345.60"),
        ("1\N{NARROW NO-BREAK SPACE}164 kr", "1164.00"),
        ("12.50", "12.50"),
        ("0,05", "0.05"),
        ("850:-", "850.00"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str, belopp: str) -> None:
    assert str(las_belopp(text)) == belopp


@pytest.mark.parametrize("text", ["", "abc", "1,234,5", "12 34", "-5", "1,005", "1.5.5", "1e3", "1 1640", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="inget belopp"):
        las_belopp(text)


@pytest.mark.parametrize("text", ["1.234", "1.234,50", "12.345.678"])
def test_a_point_that_may_be_of_thousands_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="två sätt"):
        las_belopp(text)


@given(st.decimals(0, 10**9, places=2))
def test_what_the_pages_write_is_read_back(belopp: Decimal) -> None:
    assert las_belopp(tal(belopp, 2)) == belopp


@pytest.mark.parametrize(
    ("belopp", "procent", "avrundning", "nytt"),
    [
        ("1164", "2.5", Avrundning.KRONA, "1193"),
        ("1164", "2.5", Avrundning.ORE, "1193.10"),
        ("1164", "2.5", Avrundning.TIOKRONA, "1190"),
        ("10", "5", Avrundning.KRONA, "11"),  # 10,50: half up
        ("1000", "-1", Avrundning.KRONA, "990"),
        ("0", "3", Avrundning.ORE, "0.00"),
    ],
)
def test_a_proposal_is_rounded_half_up_as_chosen(belopp: str, procent: str, avrundning: Avrundning, nytt: str) -> None:
    assert rakna_upp(Decimal(belopp), Decimal(procent), avrundning) == Decimal(nytt)


def test_the_difference_from_nothing_is_no_percentage() -> None:
    assert skillnad_i_procent(Decimal(0), Decimal(5)) is None
    assert skillnad_i_procent(Decimal(400), Decimal(410)) == Decimal("2.5")


def test_cells_from_a_spreadsheet_become_rows() -> None:
    text = (
        "Insats\tNivå\tOmfattning\tPer\tPris\nLSS-10\t3\theltid\tdag\t1 193,10\n\n\t\t\t\t\nBoendestöd\t\t\ttim\t412\n"
    )
    svar = las_klistrat(text)
    assert not svar.fel
    assert [(rad.nummer, dict(rad.varden), list(rad.fel)) for rad in svar.rader] == [
        (
            2,
            {
                "insats": "LSS-10",
                "niva": "3",
                "omfattning": "heltid",
                "tidsband": "",
                "enhet": "dag",
                "belopp": "1 193,10",
            },
            [],
        ),
        (
            5,
            {"insats": "SOL-BOSTOD", "niva": "", "omfattning": "", "tidsband": "", "enhet": "timme", "belopp": "412"},
            [],
        ),
    ]


def test_semicolons_do_as_well_and_each_fault_names_itself() -> None:
    svar = las_klistrat("insats;enhet;belopp\nLSS-99;vecka;mycket\n")
    (rad,) = svar.rader
    assert [fel.split(" ")[0] for fel in rad.fel] == ["Insatsen", "Enheten", "”mycket”"]


def test_a_name_that_two_laws_share_must_say_which() -> None:
    (rad,) = las_klistrat("insats;enhet;belopp\nKontaktperson;månad;900\n").rader
    assert "okänd" in rad.fel[0]
    (rad,) = las_klistrat("insats;enhet;belopp\nKontaktperson (SoL);månad;900\n").rader
    assert (rad.varden["insats"], rad.varden["enhet"], rad.fel) == ("SOL-KONT", "manad", [])


@pytest.mark.parametrize(
    ("text", "fel"),
    [
        ("", "minst två rader"),
        ("insats;enhet;belopp", "minst två rader"),
        ("insats;belopp\nLSS-10;5", "Rubriken enhet saknas"),
        ("insats;enhet;belopp;färg\nLSS-10;dag;5;röd", "”färg” är okänd"),
        ("insats;enhet;belopp;pris\nLSS-10;dag;5;6", "belopp finns flera gånger"),
        ("insats;enhet;belopp\n" + "LSS-10;dag;5\n" * 501, "högst 500"),
    ],
)
def test_headings_that_do_not_fit_are_refused(text: str, fel: str) -> None:
    svar = las_klistrat(text)
    assert not svar.rader
    assert fel in " ".join(svar.fel)


def test_a_row_with_more_cells_than_headings_is_no_row() -> None:
    (rad,) = las_klistrat("insats;enhet;belopp\nLSS-10;dag;5;6\n").rader
    assert rad.fel == ["Raden har fler celler än rubriker."]


def test_momskompensation_comes_on_what_is_raised_and_all_is_rounded_once() -> None:
    belopp, procent, moms = Decimal("1164.00"), Decimal("3.2"), Decimal(6)
    assert rakna_upp(belopp, procent, Avrundning.ORE, moms) == Decimal("1273.32")  # 1 164 × 1,032 × 1,06 = 1 273,3229
    assert rakna_upp(belopp, procent, Avrundning.KRONA, moms) == Decimal(1273)
    assert rakna_upp(belopp, Decimal(0), Avrundning.ORE, Decimal(0)) == belopp
    assert utrakning(belopp, procent, moms).replace(HART, " ") == "1 164,00 × 1,032 × 1,06"
    assert utrakning(belopp, Decimal(0), moms).replace(HART, " ") == "1 164,00 × 1,06"
