"""The main menu: short enough to be read, nothing left out, and one place that is where one is."""

import pytest

from config.meny import FLEST, Menypunkt, meny, menyval
from grund.behorighet import Roll
from grund.models import Anvandare

_ALLA = [[roll] for roll in Roll] + [[Roll.GRUPPCHEF, Roll.CONTROLLER], list(Roll)]


def _lankar(punkter: list[Menypunkt]) -> list[Menypunkt]:
    return [lank for ett in punkter for lank in (ett.under or (ett,))]


@pytest.mark.parametrize("roller", _ALLA)
def test_a_line_of_the_menu_is_short_and_leads_to_all_that_one_may_go_to(roller: list[Roll]) -> None:
    vem = Anvandare(username="nisse", roller=roller)
    punkter = meny(vem, "/")
    assert len(punkter) <= FLEST
    assert sorted(ett.namn for ett in _lankar(punkter)) == sorted(["Att göra", *(ett.namn for ett in menyval(vem))])
    assert all(ett.adress for ett in _lankar(punkter))
    assert [ett.namn for ett in punkter if ett.har] == ["Att göra"]


@pytest.mark.parametrize("roll", [Roll.HANDLAGGARE, Roll.UTFORARE, Roll.NAMNDSEKRETERARE, Roll.SYSTEMFORVALTARE])
def test_those_who_go_to_few_places_have_them_all_in_the_line(roll: Roll) -> None:
    assert not any(ett.under for ett in meny(Anvandare(username="nisse", roller=[roll]), "/"))


def test_a_group_is_where_one_is_when_one_of_its_places_is() -> None:
    vem = Anvandare(username="nisse", roller=[Roll.GRUPPCHEF])
    punkter = meny(vem, "/rapporter/nivaandringar/7/")  # lies under Rapporter too: the nearest is the one
    (grupp,) = (ett for ett in punkter if ett.har)
    assert [ett.namn for ett in grupp.under if ett.har] == ["Nivåändringar"]
    assert [ett.namn for ett in _lankar(punkter) if ett.har] == ["Nivåändringar"]


def test_what_is_alone_in_its_group_stands_by_itself() -> None:
    punkter = meny(Anvandare(username="nisse", roller=[Roll.CONTROLLER]), "/handelser/")
    assert [(ett.namn, bool(ett.under)) for ett in punkter if ett.har] == [("Händelser", False)]
