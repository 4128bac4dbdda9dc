"""What stands in the way of an order, and what the one who orders must have read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from utforare.bestallningsregler import (
    Bestallningsfakta,
    Mangd,
    Priscell,
    Villkor,
    hinder_for_bestallning,
    varningar_for_bestallning,
)
from utforare.regler import Modell

DV = Villkor(Modell.NARVARO, (Priscell("3", "heltid"), Priscell("3", "halvtid")))
BAS = Bestallningsfakta(
    idag=date(2026, 6, 3),
    gynnande=True,
    fran=date(2026, 5, 1),
    till=date(2027, 5, 1),
    avliden=None,
    start=date(2026, 6, 15),
    utforare="Eken AB",
    insats="daglig verksamhet (LSS)",
    villkor=DV,
    omfattning="heltid",
    niva="3",
    lediga=2,
)


def _rent(texter: list[str]) -> str:
    return " ".join(texter).replace("\xa0", " ")


def test_an_order_that_is_as_it_should_be_meets_nothing() -> None:
    assert hinder_for_bestallning(BAS) == []
    assert varningar_for_bestallning(BAS) == []


@pytest.mark.parametrize(
    ("andrat", "mening"),
    [
        ({"start": date(2026, 6, 2)}, "har redan varit"),
        ({"fran": date(2026, 7, 1)}, "före beslutet, som gäller från 1 juli 2026"),
        ({"start": date(2027, 5, 1)}, "efter beslutet, som gäller till och med 30 april 2027"),
        ({"till": date(2026, 6, 3)}, "gällde till och med 2 juni 2026"),
        ({"gynnande": False}, "avslag"),
        ({"avliden": date(2026, 5, 1)}, "avliden"),
        ({"villkor": None}, "inget avtal om daglig verksamhet (LSS) den 15 juni 2026. Det som utförs utan avtal"),
        ({"omfattning": "deltid"}, "ingen omfattning som heter deltid. Välj halvtid eller heltid."),
    ],
)
def test_an_order_is_refused_with_the_reason(andrat: dict[str, Any], mening: str) -> None:
    assert mening in _rent(hinder_for_bestallning(replace(BAS, **andrat)))


@pytest.mark.parametrize("start", [date(2026, 6, 3), date(2027, 4, 30)], ids=["today", "the last day"])
def test_the_days_of_the_beslut_and_today_may_be_ordered(start: date) -> None:
    assert hinder_for_bestallning(replace(BAS, start=start)) == []


VECKA = "timmar_vecka"


def _timmar(antal: str) -> Mangd:
    return Mangd(Decimal(antal), VECKA)


@pytest.mark.parametrize(
    ("mangd", "redan", "mening"),
    [
        (_timmar("11"), (), "Beställt blir 11 timmar per vecka, men beslutat är 10 timmar per vecka."),
        (_timmar("4"), (_timmar("4"), _timmar("2.5")), "blir 10,5 timmar per vecka tillsammans med"),
        (Mangd(None, ""), (_timmar("1"),), "Beställt blir 11 timmar per vecka"),
        (_timmar("1"), (Mangd(None, ""),), "Beställt blir 11 timmar per vecka"),
        (Mangd(Decimal(2), "dagar_vecka"), (), "går inte att jämföra: 2 dagar per vecka mot 10 timmar per vecka"),
    ],
)
def test_more_than_decided_is_warned_of_with_the_figures(mangd: Mangd, redan: tuple[Mangd, ...], mening: str) -> None:
    assert mening in _rent(varningar_for_bestallning(replace(BAS, beslutat=_timmar("10"), mangd=mangd, redan=redan)))


def test_exactly_what_is_decided_is_no_more_than_decided() -> None:
    fakta = replace(BAS, beslutat=_timmar("10"), mangd=_timmar("4"), redan=(_timmar("6"),))
    assert varningar_for_bestallning(fakta) == []


@pytest.mark.parametrize(
    ("andrat", "mening"),
    [
        ({"niva": ""}, "ingen godkänd nivåbedömning"),
        ({"niva": "5"}, "inget pris för nivå 5 och heltid"),
        ({"omfattning": ""}, "inget pris för nivå 3 och utan omfattning"),
        ({"villkor": Villkor(Modell.NARVARO, ()), "omfattning": ""}, "Prislistan har inget pris för daglig verksamhet"),
        ({"lediga": 0}, "inga lediga platser den 15 juni 2026"),
        ({"oppna": 1}, "redan 1 öppen beställning"),
        ({"villkor": Villkor(Modell.BESTALLD_TID, (Priscell("", ""),)), "omfattning": ""}, "betalar beställd tid"),
    ],
)
def test_what_would_not_be_paid_is_warned_of(andrat: dict[str, Any], mening: str) -> None:
    assert mening in _rent(varningar_for_bestallning(replace(BAS, **andrat)))


def test_the_days_own_omfattning_may_come_from_its_minutes() -> None:
    fri = replace(BAS, villkor=replace(DV, dagens_omfattning=True), omfattning="")
    assert varningar_for_bestallning(fri) == []


def test_prices_of_time_have_no_omfattning() -> None:
    tid = Villkor(Modell.UTFORD_TID, (Priscell("", ""),))
    assert tid.koder == ()
    assert tid.har_pris("", "heltid")


def test_unknown_places_are_not_warned_of() -> None:
    assert varningar_for_bestallning(replace(BAS, lediga=None)) == []
