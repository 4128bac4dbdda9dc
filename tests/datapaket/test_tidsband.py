"""Tidsband that cover the same minute with the same priority: weekly, calendar, and one against the other."""

from datetime import datetime
from typing import Any

import pytest

from ersattning.tidsbandskrock import krockar
from grund.datapaket.tidtyper import Tidpunkt


def tid(text: str) -> datetime:
    return Tidpunkt().las(text)


def vecka(dag: int, fran: int, till: int) -> tuple[Any, ...]:
    return dag, fran * 60, till * 60, None, None


def kalender(fran: str, till: str) -> tuple[Any, ...]:
    return None, None, None, tid(fran), tid(till)


SONDAG = 7
MOTEN = [
    ("samma veckodag", vecka(1, 8, 12), vecka(1, 11, 13), True),
    ("kant mot kant", vecka(1, 8, 12), vecka(1, 12, 13), False),
    ("olika veckodagar", vecka(1, 8, 12), vecka(2, 8, 12), False),
    (
        "storhelger",
        kalender("2026-04-02T18:00", "2026-04-07T07:00"),
        kalender("2026-04-07T06:59", "2026-04-08T00:00"),
        True,
    ),
    (
        "storhelger kant i kant",
        kalender("2026-04-02T18:00", "2026-04-07T07:00"),
        kalender("2026-04-07T07:00", "2026-04-08T00:00"),
        False,
    ),
    ("tisdag morgon", vecka(2, 6, 8), kalender("2026-04-02T18:00", "2026-04-07T07:00"), True),
    ("tisdag efter", vecka(2, 7, 8), kalender("2026-04-02T18:00", "2026-04-07T07:00"), False),
    ("torsdag kväll", vecka(4, 17, 18), kalender("2026-04-02T18:00", "2026-04-07T07:00"), False),
    ("en lång tid täcker alla veckodagar", vecka(3, 3, 4), kalender("2026-01-01T00:00", "2030-01-01T00:00"), True),
    ("hela dygnet till midnatt", vecka(5, 0, 24), kalender("2026-04-02T00:00", "2026-04-03T00:00"), False),
    ("timmen som inte finns", vecka(SONDAG, 2, 3), kalender("2026-03-29T00:00", "2026-03-29T06:00"), False),
    ("timmen efter den", vecka(SONDAG, 3, 4), kalender("2026-03-29T01:59", "2026-03-29T03:01"), True),
    (
        "timmen som kommer två gånger, andra gången",
        vecka(SONDAG, 2, 3),
        kalender("2026-10-25T02:30+01:00", "2026-10-25T06:00"),
        True,
    ),
    ("bara efter den", vecka(SONDAG, 2, 3), kalender("2026-10-25T03:00", "2026-10-25T06:00"), False),
]


@pytest.mark.parametrize(("namn", "ena", "andra", "krock"), MOTEN, ids=[fall[0] for fall in MOTEN])
def test_tva_tidsband_krockar_nar_de_delar_en_minut(
    namn: str, ena: tuple[Any, ...], andra: tuple[Any, ...], krock: bool
) -> None:
    traffar = list(krockar([("PL", 1, 2, "a", *ena), ("PL", 1, 3, "b", *andra)]))
    assert [(rad, kolumn) for rad, kolumn, _ in traffar] == ([(3, "prioritet")] if krock else [])
    assert not list(krockar([("PL", 1, 2, "a", *ena), ("PL", 2, 3, "b", *andra)]))
    assert not list(krockar([("PL", 1, 2, "a", *ena), ("PX", 1, 3, "b", *andra)]))


def test_en_krock_med_en_inlast_rad_namner_den() -> None:
    (fel,) = krockar([("PL", 1, None, "natt", *vecka(1, 0, 6)), ("PL", 1, 4, "jour", *vecka(1, 5, 7))])
    assert fel == (4, "prioritet", "Samma minut täcks också av tidsbandet natt (redan inläst) med samma prioritet 1.")
