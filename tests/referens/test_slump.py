"""The random packages are valid, the same every time, and give every rule something to do."""

from collections import defaultdict
from pathlib import Path

import pytest

from .giltighet import fel
from .paket import las_paket
from .referens import Referens
from .slump import skriv_andringspaket, skriv_slumppaket
from .utfall import AVVIKELSEKOLUMNER

FRON = (0, 1, 2, 3, 5, 16)  # together they reach all that is asked for below
STEG = (1, 2)
ARTIKLAR = set("dygn franvaro narvaro manad utford_tid bomtid bestalld_tid avslut arbetsbonus".split())  # noqa: SIM905
KODER = {
    "verkstalld_utan_beslut",
    "verkstalld_efter_dodsfall",
    "avtal_saknas",
    "niva_saknas",
    "pris_saknas",
    "omfattning_saknas",
    "besok_utan_tid",
    "over_bestalld_tid",
    "overlappande_besok",
    "besok_vid_franvaro",
    "dubbel_verkstallighet",
    "bonus_arstak",
}
TYPER = {"ordinarie", "kreditering", "rattelse", "bonus"}


@pytest.fixture(scope="module")
def sett(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What was printed when each frö was run month by month, each package read in before its month."""
    sett: dict[str, set[str]] = defaultdict(set)
    for fro in FRON:
        kor_ett_fro(tmp_path_factory.mktemp(f"fro{fro}-"), fro, sett)
    return sett


def kor_ett_fro(mapp: Path, fro: int, sett: dict[str, set[str]]) -> None:
    for steg in STEG:
        manader = skriv_slumppaket(mapp / str(steg), fro, steg=steg)
    referens = Referens()
    for plats, manad in enumerate(manader):
        if plats < len(STEG):
            referens.las_in(mapp / str(plats + 1))
            assert fel(referens.paket) == []
        referens.kor(manad)
        referens.faststall(manad)
        korning = referens.korningar[manad]
        sett["typ"] |= {typ for _, typ, _ in korning.rader}
        sett["artikel"] |= {rad[5] for _, _, rad in korning.rader}
        sett["kod"] |= {rad[AVVIKELSEKOLUMNER.index("kod")] for rad in korning.avvikelser}
        sett["sen avvikelse"] |= {rad[1] for rad in korning.avvikelser if rad[0] != manad}
        sett["sen bonus"] |= {typ for avser, typ, _ in korning.rader if typ == "bonus" and avser != manad}


def test_slumpen_nar_varje_artikel_typ_och_avvikelse(sett: dict[str, set[str]]) -> None:
    assert sett["artikel"] == ARTIKLAR
    assert sett["typ"] == TYPER
    assert sett["kod"] == KODER


def test_slumpen_nar_det_som_kommer_sent(sett: dict[str, set[str]]) -> None:
    assert sett["sen bonus"] == {"bonus"}
    assert len(sett["sen avvikelse"]) > 6


@pytest.mark.parametrize("fro", [3, 17])
def test_samma_fro_ger_samma_paket(fro: int, tmp_path: Path) -> None:
    for steg in STEG:
        skriv_slumppaket(tmp_path / "a" / str(steg), fro, steg=steg)
        skriv_slumppaket(tmp_path / "b" / str(steg), fro, steg=steg)
    filer = sorted(fil.relative_to(tmp_path / "a") for fil in (tmp_path / "a").rglob("*.csv"))
    assert filer
    for fil in filer:
        assert (tmp_path / "a" / fil).read_bytes() == (tmp_path / "b" / fil).read_bytes()


@pytest.mark.parametrize("fro", [0, 5, 11])
def test_en_ny_korning_utan_andringar_rattar_ingenting(fro: int, tmp_path: Path) -> None:
    """R40: a second run with nothing changed adds nothing, also when the package comes once more."""
    forsta, andra, *_ = skriv_slumppaket(tmp_path / "1", fro)
    skriv_andringspaket(tmp_path / "2", fro)
    referens = Referens()
    referens.las_in(tmp_path / "1")
    referens.kor(forsta)
    referens.faststall(forsta)
    referens.las_in(tmp_path / "2")
    referens.kor(andra)
    referens.faststall(andra)
    nytt = las_paket(tmp_path / "2")
    nytt.filer["borttag"].clear()
    for fil, rader in nytt.filer.items():
        referens.paket.filer[fil].update(rader)
    tredje = skriv_slumppaket(tmp_path / "1", fro)[2]
    referens.kor(tredje)
    assert all(avser == tredje for avser, _, _ in referens.korningar[tredje].rader)
    assert all(rad[0] == tredje for rad in referens.korningar[tredje].avvikelser)
