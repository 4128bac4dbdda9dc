"""The fast core and the slow reference, written apart from the same text, agree to the letter."""

from pathlib import Path

import pytest

from grund.tid import Manad
from tests.kalkyl.fran_paket import Brygga
from tests.referens.paket import las_paket
from tests.referens.rattelse import berakna_manad
from tests.referens.slump import skriv_slumppaket

EXEMPEL = Path(__file__).parents[1] / "exempel"


def jamfor(brygga: Brygga, manad: str) -> None:
    rader, avvikelser = berakna_manad(brygga.u, manad)
    fick = brygga.rakna(Manad.las(manad))
    assert fick[0] == sorted(rader)
    assert fick[1] == sorted(avvikelser)


@pytest.mark.parametrize("facit", sorted(EXEMPEL.glob("*/ersattning-*.csv")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_each_worked_case_is_calculated_alike(facit: Path) -> None:
    for paket in sorted(facit.parent.glob("paket*")):
        jamfor(Brygga(las_paket(paket)), facit.stem.removeprefix("ersattning-"))


@pytest.mark.parametrize("fro", range(8))
def test_random_packages_are_calculated_alike(fro: int, tmp_path: Path) -> None:
    manader = skriv_slumppaket(tmp_path, fro)
    brygga = Brygga(las_paket(tmp_path))
    for manad in manader:
        jamfor(brygga, manad)
