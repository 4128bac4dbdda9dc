"""Codes in words."""

from decimal import Decimal

import pytest

from beslut.ord import mangd_i_ord
from ersattning.filer.ord import enhet_kort
from ersattning.ord import tidsband_i_ord


@pytest.mark.parametrize(
    ("kod", "vantat"),
    [
        ("kvall", "kväll"),
        ("natt_vardag", "natt vardag"),
        ("Kvall_lordag", "kväll lördag"),
        ("storhelg", "storhelg"),
        ("Natt efter 22", "Natt efter 22"),
        ("", ""),
    ],
)
def test_a_tidsband_is_said_in_words(kod: str, vantat: str) -> None:
    assert tidsband_i_ord(kod) == vantat


def test_one_of_something_is_said_in_the_singular() -> None:
    assert mangd_i_ord(Decimal(1), "timmar_vecka") == "1\xa0timme per vecka"
    assert mangd_i_ord(Decimal("2.5"), "timmar_manad") == "2,5\xa0timmar per månad"
    assert mangd_i_ord(1, "dagar_vecka") == "1\xa0dag per vecka"
    assert mangd_i_ord(1, "dygn_manad") == "1\xa0dygn per månad"
    assert [enhet_kort("dag", Decimal(antal)) for antal in ("1", "-1", "1.5", "2")] == ["dag", "dag", "dgr", "dgr"]
    assert enhet_kort("timme", Decimal(1)) == "tim"
