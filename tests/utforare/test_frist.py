"""The two clocks of what is not carried out: LSS 28 f §, SoL 34 kap."""

from dataclasses import replace
from datetime import date

import pytest

from utforare.frist import Beslutslage, Klocka, frist

LAGE = Beslutslage(beslutsdatum=date(2025, 11, 30), fran=date(2025, 12, 1), till=None, gynnande=True)


def test_three_months_from_the_last_of_november_is_the_last_of_february() -> None:
    svar = frist(LAGE, date(2026, 2, 1))
    assert svar is not None
    assert (svar.klocka, svar.fran, svar.sista) == (Klocka.BESLUT, date(2025, 11, 30), date(2026, 2, 28))
    skottar = frist(replace(LAGE, beslutsdatum=date(2027, 11, 30)), date(2028, 1, 1))
    assert skottar is not None
    assert skottar.sista == date(2028, 2, 29)


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    svar = frist(LAGE, date(2026, 2, 28))
    assert svar is not None
    assert (svar.dagar_kvar(date(2026, 2, 28)), svar.har_gatt_ut(date(2026, 2, 28))) == (0, False)
    assert (svar.dagar_kvar(date(2026, 3, 1)), svar.har_gatt_ut(date(2026, 3, 1))) == (-1, True)


@pytest.mark.parametrize(("kvar", "nara"), [(15, False), (14, True), (0, True), (-3, True)])
def test_fourteen_days_left_is_near(kvar: int, nara: bool) -> None:
    svar = frist(LAGE, date(2026, 2, 1))
    assert svar is not None
    assert svar.ar_nara(date.fromordinal(svar.sista.toordinal() - kvar)) is nara


def test_how_much_of_the_time_has_gone_never_passes_the_whole() -> None:
    svar = frist(LAGE, date(2026, 2, 1))
    assert svar is not None
    assert [
        svar.andel(dag) for dag in (date(2025, 11, 30), date(2026, 1, 14), date(2026, 2, 28), date(2026, 6, 1))
    ] == [
        0,
        50,
        100,
        100,
    ]


def test_the_clock_runs_from_the_decision_also_when_it_holds_from_later() -> None:
    svar = frist(replace(LAGE, fran=date(2026, 2, 1)), date(2026, 1, 1))
    assert svar is not None
    assert svar.fran == date(2025, 11, 30)


def test_what_is_carried_out_has_no_clock() -> None:
    assert frist(replace(LAGE, utfors=True), date(2026, 2, 1)) is None


def test_an_avbrott_starts_a_clock_of_its_own() -> None:
    svar = frist(replace(LAGE, avbrott=date(2026, 11, 30)), date(2027, 1, 10))
    assert svar is not None
    assert (svar.klocka, svar.fran, svar.sista) == (Klocka.AVBROTT, date(2026, 11, 30), date(2027, 2, 28))


def test_days_between_two_stays_are_no_avbrott_until_a_month_is_left() -> None:
    lage = replace(LAGE, avbrott=date(2026, 3, 1), i_perioder=True)
    assert frist(lage, date(2026, 5, 1)) is None
    svar = frist(lage, date(2026, 5, 2))
    assert svar is not None
    assert (svar.klocka, svar.sista) == (Klocka.AVBROTT, date(2026, 6, 1))


def test_carried_out_in_part_is_an_avbrott_once_three_months_have_gone() -> None:
    svar = frist(replace(LAGE, utfors=True, delvis_fran=date(2026, 1, 15)), date(2026, 4, 16))
    assert svar is not None
    assert (svar.klocka, svar.sista, svar.har_gatt_ut(date(2026, 4, 16))) == (Klocka.DELVIS, date(2026, 4, 15), True)


@pytest.mark.parametrize(
    "andrat",
    [
        {"gynnande": False},
        {"till": date(2026, 2, 1)},
        {"avliden": date(2026, 1, 20)},
        {"fortsatter": True},
        {"beslutsdatum": date(2026, 3, 1)},
    ],
    ids=["avslag", "ended", "dead", "takes over from one carried out", "decided later"],
)
def test_nothing_left_to_carry_out_has_no_clock(andrat: dict[str, object]) -> None:
    assert frist(replace(LAGE, **andrat), date(2026, 2, 1)) is None  # type: ignore[arg-type]


def test_a_beslut_has_its_clock_to_its_last_day() -> None:
    assert frist(replace(LAGE, till=date(2026, 2, 2)), date(2026, 2, 1)) is not None


def test_a_judgment_has_a_clock_but_is_not_reported() -> None:
    svar = frist(replace(LAGE, dom=True), date(2026, 6, 1))
    assert svar is not None
    assert (svar.har_gatt_ut(date(2026, 6, 1)), svar.rapporteras) == (True, False)
