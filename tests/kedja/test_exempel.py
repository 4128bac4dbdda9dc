"""The project's own acceptance cases: every row that must come out, byte for byte."""

from pathlib import Path

import pytest

from tests.kedja import direkt

EXEMPEL = Path(__file__).parents[1] / "exempel"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fall", sorted(EXEMPEL.glob("*/paket")), ids=lambda mapp: mapp.parent.name)
def test_a_worked_case_comes_out_byte_for_byte(fall: Path, tmp_path: Path) -> None:
    direkt.las_in(fall)
    for facit in sorted(fall.parent.glob("ersattning-*.csv")):
        manad = facit.stem.removeprefix("ersattning-")
        direkt.kor(manad)
        _krav_lika(fall.parent, manad, tmp_path)


@pytest.mark.django_db(transaction=True)
def test_a_settled_month_is_corrected_in_the_next_byte_for_byte(tmp_path: Path) -> None:
    fall = EXEMPEL / "6-rattelse"
    direkt.las_in(fall / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    _krav_lika(fall, "2025-04", tmp_path)
    direkt.las_in(fall / "paket-2")
    for _ in range(2):  # a second run changes nothing
        direkt.kor("2025-05")
        _krav_lika(fall, "2025-05", tmp_path)
    _krav_lika(fall, "2025-04", tmp_path)


def _krav_lika(fall: Path, manad: str, tmp_path: Path) -> None:
    direkt.exporterat(manad, tmp_path)
    for fil in ("ersattning", "avvikelser"):
        facit = fall / f"{fil}-{manad}.csv"
        if facit.exists():
            assert (tmp_path / f"{fil}.csv").read_bytes() == facit.read_bytes()
