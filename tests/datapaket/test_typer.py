"""How single values are read: times in the odd hours of the year, numbers, personnummer, and a contract's grammars."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beslut.personnummer import fel_i_personnummer, maskera
from grund.datapaket.tidtyper import Klockslag, Tidpunkt
from grund.datapaket.typer import Formfel, Tal
from utforare.trappor import las_granser, las_trappa


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-15T07:30", "2026-01-15T06:30"),
        ("2026-07-15T07:30", "2026-07-15T05:30"),
        ("2026-07-15T07:30+02:00", "2026-07-15T05:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),
        ("2026-10-25T02:30+02:00", "2026-10-25T00:30"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
    ],
)
def test_en_tidpunkt_ar_svensk_tid(text: str, utc: str) -> None:
    assert Tidpunkt().las(text) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-29T02:00",
        "2026-03-29T02:59+01:00",
        "2026-07-15T07:30+01:00",
        "2026-01-15T07:30+02:00",
        "2026-01-15 07:30",
        "2026-01-15T07:30:00",
        "2026-01-15T24:00",
        "2026-01-15T07:60",
        "2026-01-15T07:30Z",
        "2026-01-15T07:30+00:00",
        "26-01-15T07:30",
    ],
)
def test_en_tidpunkt_som_inte_kan_menas_avvisas(text: str) -> None:
    with pytest.raises(Formfel):
        Tidpunkt().las(text)


@given(st.text(max_size=20))
def test_ingen_text_far_en_typ_att_ga_sonder(text: str) -> None:
    for typ in (Tidpunkt(), Tal(), Klockslag()):
        with suppress(Formfel):
            typ.las(text)


@given(st.decimals(-999_999_999_999, 999_999_999_999, allow_nan=False, places=12))
def test_tal_ar_exakta(tal: Decimal) -> None:
    assert Tal().las(f"{tal:f}") == tal
    assert Tal().las(f"{tal:f}".replace(".", ",")) == tal


@pytest.mark.parametrize(
    ("nummer", "ratt"),
    [
        ("199002029818", True),
        ("199002629815", True),  # samordningsnummer: day + 60
        ("19850202-T123", True),
        ("19850202-TF12", True),
        ("19850232-T123", False),
        ("199002029819", False),
        ("19900202-9818", False),
        ("9002029818", False),
        ("199002309818", False),
        ("19900202981²", False),
    ],
)
def test_personnummer(nummer: str, ratt: bool) -> None:
    assert (fel_i_personnummer(nummer) == "") is ratt


@pytest.mark.parametrize(
    ("text", "visas"),
    [
        ("198502021234", "19850202-****"),
        ("19850202-1234", "19850202-****"),
        ("8502021234", "850202-****"),
        ("x", "-****"),
    ],
)
def test_ett_personnummer_visas_utan_sina_sista_siffror(text: str, visas: str) -> None:
    assert maskera(text) == visas


@pytest.mark.parametrize(
    ("text", "lases"),
    [
        ("1-14:100,15-30:50", "1-14:100,15-30:50"),
        (" 1-1 : 100.50 , 2- : 25 ", "1-1:100.5,2-:25"),
        ("1-:0", "1-:0"),
    ],
)
def test_en_trappa_far_en_enda_stavning(text: str, lases: str) -> None:
    assert las_trappa(text) == lases


@pytest.mark.parametrize(
    "text", ["2-14:100", "1-14:100,16-:50", "1-14:100,14-:50", "1-:100,2-:50", "1-14", "14-1:100", ","]
)
def test_en_trappa_med_hal_eller_overlapp_avvisas(text: str) -> None:
    with pytest.raises(ValueError, match="Steget"):
        las_trappa(text)


def test_granser_haller_ihop_koder_med_mellanslag() -> None:
    assert las_granser(" 0 : deltid 1 ,360:heltid") == "0:deltid 1,360:heltid"
    for text in ("1:deltid", "0:a,0:b", "0:", "0:a,"):
        with pytest.raises(ValueError, match="Gräns"):
            las_granser(text)
