"""A report as a workbook and as pictures: whatever its tables are called and however large its numbers are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from grund.arbetsbok import Kolumn
from grund.text import med_punkt
from uppfoljning.rapport.arbetsbok import skriv_arbetsbok
from uppfoljning.rapport.figur import BREDD, svg
from uppfoljning.rapport.innehall import Bild, Del, Rad, Rapport, Serie, Tabell

_BOSTAD = "Krav, bostad med särskild service för"


def _blad(rubriker: Sequence[str]) -> list[str]:
    tabeller = tuple(Tabell(f"t{nr}", rubrik, (Kolumn("A"),), (Rad(("x",)),)) for nr, rubrik in enumerate(rubriker))
    rapport = Rapport("Prov", date(2026, 6, 3), (), (Del("d", "D", tabeller=tabeller),), (), ())
    fil = BytesIO()
    skriv_arbetsbok(fil, rapport, skapad=datetime(2026, 6, 3, tzinfo=UTC))
    return [str(namn) for namn in load_workbook(fil).sheetnames[1:-1]]


@pytest.mark.parametrize(
    ("rubriker", "vantat"),
    [
        (
            (f"{_BOSTAD} vuxna", f"{_BOSTAD} barn"),
            ["Krav, bostad med särskild servi", "Krav, bostad med särskild ser 2"],
        ),
        (("Nyckeltal", "NYCKELTAL"), ["Nyckeltal 2", "NYCKELTAL 3"]),
        (("'Per enhet'", "Kvinnor/män: alla"), ["Per enhet", "Kvinnor män  alla"]),
        (("",), ["Tabell"]),
    ],
)
def test_each_table_has_a_sheet_of_its_own(rubriker: Sequence[str], vantat: list[str]) -> None:
    assert _blad(rubriker) == vantat


@pytest.mark.parametrize("storst", [7, 872_100, 1_067_040, 4_200_000_000])
def test_a_number_beside_a_bar_is_not_cut_off(storst: int) -> None:
    bild = Bild("B", ("A", "En kommun med långt namn"), (Serie("S", (storst, storst // 2)),), "kr", "t", liggande=True)
    for text in ElementTree.fromstring(svg(bild)).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314  our own
        assert float(text.get("x", "0")) + 3.9 * len(text.text or "") <= BREDD


@pytest.mark.parametrize(("text", "vantat"), [("Alla", "Alla."), ("Alla.", "Alla."), ("Vilka?", "Vilka?")])
def test_a_sentence_ends_with_one_full_stop(text: str, vantat: str) -> None:
    assert med_punkt(text) == vantat
