"""When an akt is due, day by day, and what hinders it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.gallring.regler import (
    Akt,
    ar_efter,
    bokforing_till,
    fodelsedag,
    forfaller,
    hela_kommunen_bevaras,
    hinder_for_gallring,
    klart_senast,
)

DAGAR = st.dates(date(1990, 1, 1), date(2080, 12, 31))
EKSTAD = "9990"
NUMMER = "199002029818"


def _hinder(sista: date | None, idag: date, nummer: str = NUMMER, kod: str = EKSTAD) -> list[str]:
    return hinder_for_gallring(Akt(personnummer=nummer, sista=sista), idag=idag, kommunkod=kod)


@given(DAGAR)
def test_five_years_are_never_short_and_never_a_day_too_long(sista: date) -> None:
    dag = forfaller(sista)
    assert (dag.year, dag.month, dag.day) == (sista.year + 5, sista.month, sista.day) or (
        (sista.month, sista.day, dag) == (2, 29, date(sista.year + 5, 3, 1))
    )
    assert _hinder(sista, dag - timedelta(1)) != []
    assert _hinder(sista, dag) == []


@given(DAGAR, st.integers(1, 10))
def test_a_later_note_is_never_due_earlier(sista: date, dagar: int) -> None:
    assert forfaller(sista) <= forfaller(sista + timedelta(dagar))


@given(DAGAR)
def test_it_is_done_by_the_end_of_the_calendar_year_after_the_duty_arose(sista: date) -> None:
    assert klart_senast(sista) == date(forfaller(sista).year + 1, 12, 31)
    assert (klart_senast(sista) - forfaller(sista)).days >= 365


def test_leap_days_and_the_turn_of_the_year() -> None:
    assert forfaller(date(2020, 2, 29)) == date(2025, 3, 1)
    assert forfaller(date(2020, 2, 28)) == date(2025, 2, 28)
    assert forfaller(date(2020, 12, 31)) == date(2025, 12, 31)
    assert klart_senast(date(2020, 12, 31)) == date(2026, 12, 31)
    assert ar_efter(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(DAGAR)
def test_bookkeeping_is_kept_through_the_seventh_year_after_its_own(dag: date) -> None:
    assert bokforing_till(dag) == date(dag.year + 7, 12, 31)


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)), st.booleans())
def test_who_is_born_on_the_5th_15th_and_25th_is_kept_also_by_samordningsnummer(fodd: date, samordning: bool) -> None:
    nummer = f"{fodd:%Y%m}{fodd.day + 60 if samordning else fodd.day:02}9818"
    assert fodelsedag(nummer) == fodd.day
    bevaras = any("forskning" in ett for ett in _hinder(date(2000, 1, 1), date(2026, 1, 1), nummer))
    assert bevaras == (fodd.day in {5, 15, 25})


def test_a_reservnummer_has_a_day_too() -> None:
    assert "den 15:e" in _hinder(date(2000, 1, 1), date(2026, 1, 1), "19850215-T123")[0]


@pytest.mark.parametrize(
    ("kod", "bevaras"),
    [("0580", True), ("0980", True), ("2281", True), ("1480", True), ("1481", False), ("0180", False), ("", True)],
)
def test_whole_counties_and_goteborg_are_kept(kod: str, bevaras: bool) -> None:
    assert bool(hela_kommunen_bevaras(kod)) == bevaras
    assert bool(_hinder(date(2000, 1, 1), date(2026, 1, 1), kod=kod)) == bevaras


def test_childrens_homes_are_never_removed() -> None:
    akt = Akt(personnummer=NUMMER, sista=date(1995, 1, 1), barns_boende=True)
    assert hinder_for_gallring(akt, idag=date(2090, 1, 1), kommunkod=EKSTAD) == [
        "Akten gäller ett barns boende enligt LSS 9 § 8 och gallras aldrig (LSS 21 d §)."
    ]


def test_everything_that_is_open_is_said_with_its_name() -> None:
    akt = Akt(
        personnummer=NUMMER,
        sista=date(2019, 5, 1),
        beslut=(("B1", None), ("B2", date(2026, 8, 31))),
        verkstalligheter=("V1",),
        arenden=("LSS-2019-7",),
        nivaarenden=1,
        bestallningar=("BE-4",),
        overklaganden=("B1",),
        korningar=("2026-05",),
        fakturor=("F-99",),
        justeringar=("J-3",),
        bonusansokningar=1,
        stopp=(("akten är begärd utlämnad", date(2026, 1, 7)),),
    )
    hinder = " ".join(hinder_for_gallring(akt, idag=date(2026, 6, 3), kommunkod=EKSTAD)).replace("\xa0", " ")
    for mening in (
        "Beslutet B1 gäller tills vidare.",
        "Beslutet B2 gäller till och med 31 augusti 2026.",
        "Verkställigheten V1 pågår.",
        "Ärendet LSS-2019-7 är inte avslutat.",
        "En nivåbedömning är inte avgjord.",
        "Beställningen BE-4 är öppen.",
        "Överklagandet av B1 är inte avgjort.",
        "Körningen för 2026-05, där personen ingår, är inte fastställd.",
        "Faktura F-99 med personens stöd är inte färdigbehandlad.",
        "Justeringen J-3 är inte avgjord eller inte betald.",
        "En ansökan om arbetsbonus är inte avgjord.",
        "Gallringen är stoppad 7 januari 2026: akten är begärd utlämnad.",
    ):
        assert mening in hinder, mening


def test_an_akt_without_a_dated_note_is_never_due() -> None:
    assert "ingen daterad anteckning" in _hinder(None, date(2026, 1, 1))[0]


@given(DAGAR, DAGAR)
def test_the_day_is_the_only_thing_that_decides_when_nothing_hinders(sista: date, idag: date) -> None:
    assert (_hinder(sista, idag) == []) == (forfaller(sista) <= idag)


@pytest.mark.parametrize("kod", ["", "990", "99900", "abcd", "\u0660\u0661\u0662\u0663"])
def test_nothing_is_due_where_nobody_has_said_which_municipality_it_is(kod: str) -> None:
    """It may be one whose akter are all kept."""
    (hinder,) = _hinder(date(2000, 1, 1), date(2026, 6, 3), kod=kod)
    assert "Kommunens kod är inte angiven" in hinder
    assert hela_kommunen_bevaras(kod) == hinder
