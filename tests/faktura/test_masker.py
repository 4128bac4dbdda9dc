"""What discloses a person is found however it is written; what only looks a little like it is left."""

import unicodedata

import pytest

from ersattning.faktura.falt import borjan
from ersattning.faktura.masker import maskerad, namnmonster
from grund.personnummer import ser_ut_som_personnummer

NAMN = namnmonster([("Åsa", "Öberg"), ("Anna Maria", "von Ek"), ("", "Al")])


@pytest.mark.parametrize(
    "text",
    [
        "900202-9818",
        "9002029818",
        "19900202-9818",
        "199002029818",
        "18900202-9818",
        "900202+9818",
        "900202 9818",
        "900202 – 9818",
        "900202—9818",
        "900202\N{HYPHEN}9818",
        "900202\N{NON-BREAKING HYPHEN}9818",
        "900202\N{MINUS SIGN}9818",
        "900202\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}9818",
        "900202\N{ZERO WIDTH SPACE}-9818",
        "900202\N{SOFT HYPHEN}9818",
        "900202.9818",
        "900202/9818",
        "900202_9818",
        "900202: 9818",
        "900202-98 18",
        "1990-02-02-9818",
        "1990-02-02 9818",
        "90.02.02-9818",
        "9 0 0 2 0 2 9 8 1 8",
        "1 9 9 0 0 2 0 2 9 8 1 8",
        "９００２０２－９８１８",
        "900262-9815",
        "19850202-T123",
        "19850202 TF12",
        "19850202–t123",
    ],
)
def test_a_personnummer_is_found_however_it_is_written(text: str) -> None:
    utan, antal = maskerad(f"Avser {text}, maj")
    assert antal == 1
    assert not [ett for ett in utan if ett.isdecimal()]
    assert ser_ut_som_personnummer(f"pnr{text}!")


@pytest.mark.parametrize("efter", ["/05", "-12", ".05", ", 12 dagar", " 05", "-1"])
def test_what_stands_after_a_personnummer_hides_it_not(efter: str) -> None:
    assert maskerad(f"900202-9818{efter}") == (f"[personnummer]{efter}", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Avser 2026-05-01–2026-05-31",
        "2026-05-01 12.00",
        "Order 2026053101",
        "tel 08-123 456 78",
        "1164,00 5820.00 23280.00",
        "900202-9819",
        "901302-9818",
        "OCR 12345678901234567890",
        "1 2 3 4 5 6 7 8 9 0 1 2 3 4",
    ],
)
def test_what_is_no_personnummer_is_left(text: str) -> None:
    assert maskerad(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Åsa Öberg",
        "ÅSA  ÖBERG",
        "Öberg, Åsa",
        "öberg åsa",
        "Åsa Öbergs",
        unicodedata.normalize("NFD", "Åsa Öberg"),
        "Anna Maria von Ek",
        "Anna von Ek",
        "Von Ek Anna",
        "Åsa-Öberg",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert maskerad(f"Stöd till {text} i maj", NAMN) == ("Stöd till [namn] i maj", 1)


def test_one_word_of_a_name_is_left() -> None:
    assert maskerad("Öberg, Eken och Anna", NAMN)[1] == 0
    assert maskerad("oberg_Öberg_Åsa.xml", NAMN) == ("oberg_[namn].xml", 1)
    assert namnmonster([]) is None


def test_a_refusal_tells_the_beginning_of_a_text_without_half_a_number() -> None:
    assert borjan("199002029818 kr", 10) == "[personnum"
