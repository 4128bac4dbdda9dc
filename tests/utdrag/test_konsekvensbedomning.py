"""The DPIA is true to the code: what it points at is there."""

import re

from django.conf import settings

TEXT = (settings.BASE_DIR / "docs" / "konsekvensbedomning.md").read_text("utf-8")
# A path in backticks. One that is marked as coming may be there or not.
_PEKAR = re.compile(r"`([a-z_]+/[^`\s]*|[A-Z]+\.md)`(?! \(kommer\))")


def test_every_file_that_it_points_at_is_there() -> None:
    pekar = set(_PEKAR.findall(TEXT))
    assert len(pekar) > 30
    assert [ett for ett in sorted(pekar) if not (settings.BASE_DIR / ett).exists()] == []


def test_every_risk_has_measures_and_what_is_left() -> None:
    risker = [rad.strip("|").split("|") for rad in TEXT.splitlines() if rad.startswith("| R") and rad[3].isdigit()]
    assert [rad[0].strip() for rad in risker] == [f"R{nummer}" for nummer in range(1, len(risker) + 1)]
    for rad in risker:
        nummer, _, fore, atgarder, efter, kvar = (cell.strip() for cell in rad)
        assert _tal(efter) <= _tal(fore), nummer
        assert "`" in atgarder, nummer
        assert kvar, nummer


def test_no_risk_is_said_to_be_high_that_the_text_calls_low() -> None:
    efter = [rad.split("|")[5] for rad in TEXT.splitlines() if rad.startswith("| R") and rad[3].isdigit()]
    assert max(_tal(ett) for ett in efter) == 8


def _tal(cell: str) -> int:
    s, k = cell.strip().split("×")
    return int(s) * int(k)
