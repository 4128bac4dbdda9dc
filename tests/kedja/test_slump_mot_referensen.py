"""The whole chain on random packages, against the slow reference: settled months, changes, rättelser, bonus.

SLUMPFRON=5-60 runs other seeds than the usual ones.
"""

import os
from pathlib import Path

import pytest

from tests.kedja import direkt
from tests.referens.referens import Referens
from tests.referens.slump import skriv_andringspaket, skriv_slumppaket

FRON = range(*map(int, os.environ.get("SLUMPFRON", "1-3").split("-")))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fro", FRON)
def test_a_random_municipality_is_settled_and_corrected_as_the_reference_says(fro: int, tmp_path: Path) -> None:
    manader = skriv_slumppaket(tmp_path / "1", fro)
    referens = Referens()
    _las_in(referens, tmp_path / "1")
    for steg, manad in enumerate(manader, 2):
        _kor_och_jamfor(referens, manad, tmp_path)
        direkt.faststall(manad)
        referens.faststall(manad)
        skriv_andringspaket(tmp_path / str(steg), fro, steg=steg)
        _las_in(referens, tmp_path / str(steg))


def _las_in(referens: Referens, mapp: Path) -> None:
    direkt.las_in(mapp)
    referens.las_in(mapp)


def _kor_och_jamfor(referens: Referens, manad: str, tmp_path: Path) -> None:
    direkt.kor(manad)
    referens.kor(manad)
    rader, avvikelser = direkt.exporterat(manad, tmp_path / "ut")
    assert rader.splitlines() == referens.ersattning_csv(manad).splitlines()
    assert avvikelser.splitlines() == referens.avvikelser_csv(manad).splitlines()
