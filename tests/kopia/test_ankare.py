"""The anchors of the log's chain: copied, and never laid over newer ones, which tell of what came after the copy."""

from pathlib import Path

from sakerhetskopia.filarkiv import ANKARE, samla, stall
from sakerhetskopia.lager import Journal, Lager
from sakerhetskopia.las import Las, Nyckel
from sakerhetskopia.plan import _filer


def test_anchors_are_copied_with_the_whole_and_never_laid_over_newer_ones(tmp_path: Path) -> None:
    data, lager = tmp_path / "data", Lager(tmp_path / "kopior")
    data.mkdir()
    (data / "filer").write_text("a")
    (data / ANKARE).write_text("ett\n")
    with lager.ensam("1"):
        samla(lager, data, Las())
        (data / ANKARE).write_text("ett\ntva\n")
        assert samla(lager, data, Las(), ankare=False).nya == 0  # each minute: they would be stored over and over
        filer = {sokvag: post["innehall"] for sokvag, post in lager.journal.filer.items()}
    (data / "filer").write_text("b")
    assert stall(lager, Nyckel(), filer, data, data / "fore-x") == ["filer"]
    assert (data / ANKARE).read_text() == "ett\ntva\n"
    stall(lager, Nyckel(), filer, tmp_path / "ny", tmp_path / "undan")  # another machine, which has none
    assert (tmp_path / "ny" / ANKARE).read_text() == "ett\n"


def test_where_there_are_none_the_newest_are_laid_whatever_time_is_gone_back_to() -> None:
    journal, malet = Journal(), {"slag": "synk", "tidslinje": 1}
    for post in (_fil("filer", "1"), _fil(ANKARE, "2"), malet, _fil("filer", "3"), _fil(ANKARE, "4")):
        journal.lagg_till(post)
    assert _filer(journal, malet) == {"filer": "1", ANKARE: "4"}


def _fil(sokvag: str, innehall: str) -> dict[str, str]:
    return {"slag": "fil", "sokvag": sokvag, "innehall": innehall}
