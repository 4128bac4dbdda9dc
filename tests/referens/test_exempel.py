"""The worked cases come out byte for byte."""

from pathlib import Path

import pytest

from .referens import Referens
from .tid import nasta_manad

EXEMPEL = Path(__file__).parent.parent / "exempel"
FALL = sorted(mapp.name for mapp in EXEMPEL.iterdir())


def manaderna(fall: Path) -> list[str]:
    return sorted(fil.stem.removeprefix("ersattning-") for fil in fall.glob("ersattning-*.csv"))


def stammer(referens: Referens, fall: Path, manad: str) -> None:
    for vad, text in (("ersattning", referens.ersattning_csv(manad)), ("avvikelser", referens.avvikelser_csv(manad))):
        facit = fall / f"{vad}-{manad}.csv"
        if facit.exists():
            assert text.encode() == facit.read_bytes()


@pytest.mark.parametrize("fall", FALL)
def test_exemplet_gar_jamnt_ut_nar_varje_manad_bara_beraknas(fall: str) -> None:
    if not (EXEMPEL / fall / "paket").exists():
        pytest.skip("rättelsens fall har två paket")
    referens = Referens()
    referens.las_in(EXEMPEL / fall / "paket")
    for manad in manaderna(EXEMPEL / fall):
        referens.kor(manad)
        stammer(referens, EXEMPEL / fall, manad)


@pytest.mark.parametrize("fall", FALL)
def test_exemplet_gar_jamnt_ut_nar_varje_manad_faststalls_i_ordning(fall: str) -> None:
    mapp = EXEMPEL / fall
    paketen = sorted(paket for paket in mapp.glob("paket*"))
    referens = Referens()
    manad = manaderna(mapp)[0]
    while manad <= manaderna(mapp)[-1]:
        if paketen:
            referens.las_in(paketen.pop(0))
        referens.kor(manad)
        if manad in manaderna(mapp):
            stammer(referens, mapp, manad)
        referens.faststall(manad)
        manad = nasta_manad(manad)
