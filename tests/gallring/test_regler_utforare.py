"""When what a private utförare has written is due (LSS 23 c §), and when a räkenskapsår is older than seven years."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.gallring.regler import Rakenskapsar, forfaller, hinder_for_rakenskapsar
from uppfoljning.gallring.regler_utforare import (
    Utforarakt,
    forfaller_hos_privat,
    hinder_hos_privat,
    klart_senast_hos_privat,
)

DAGAR = st.dates(date(1990, 1, 1), date(2080, 12, 31))
IDAG = date(2026, 6, 3)


def _text(akt: Utforarakt, idag: date = IDAG) -> str:
    return " ".join(hinder_hos_privat(akt, idag=idag)).replace("\N{NO-BREAK SPACE}", " ")


@given(DAGAR)
def test_two_years_are_never_short_and_never_a_day_too_long(sista: date) -> None:
    dag = forfaller_hos_privat(sista)
    assert (dag.year, dag.month) == (sista.year + 2, sista.month) or (sista.month, sista.day, dag.month) == (2, 29, 3)
    assert hinder_hos_privat(Utforarakt(sista=sista), idag=dag - timedelta(1)) != []
    assert hinder_hos_privat(Utforarakt(sista=sista), idag=dag) == []


@given(DAGAR)
def test_it_is_always_due_before_the_akt_is(sista: date) -> None:
    assert forfaller_hos_privat(sista) < forfaller(sista)
    assert klart_senast_hos_privat(sista) == date(forfaller_hos_privat(sista).year + 1, 12, 31)


def test_the_day_is_said_with_the_law() -> None:
    assert _text(Utforarakt(sista=date(2025, 2, 1))) == (
        "Utförarens sista anteckning är från 1 februari 2025. Den gallras tidigast 1 februari 2027 (LSS 23 c §)."
    )


def test_childrens_homes_are_never_removed_and_that_is_the_only_reason() -> None:
    akt = Utforarakt(sista=date(1995, 1, 1), barns_boende=True, pagar=("V1",))
    assert _text(akt) == "Utföraren hade ett barns boende enligt LSS 9 § 8, och det gallras aldrig (LSS 23 d §)."


def test_what_is_handed_over_by_contract_follows_the_akt_of_the_namnd() -> None:
    assert "lämnas enligt avtalet över till nämnden" in _text(Utforarakt(sista=date(2020, 1, 1), overlamnas=True))


def test_lex_sarah_is_kept_for_five_years_and_until_the_stop_is_lifted() -> None:
    ung = Utforarakt(sista=date(2023, 1, 31), lex_sarah=(date(2023, 3, 1),))
    assert _text(ung) == (
        "Akten hör till en utredning enligt lex Sarah sedan 1 mars 2023. Handlingarna finns kvar i minst fem år, till"
        " 31 januari 2028 (LSS 23 g §)."
    )
    gammal = Utforarakt(sista=date(2020, 1, 31), lex_sarah=(date(2020, 3, 1),))
    assert _text(gammal) == (
        "Akten hör till en utredning enligt lex Sarah sedan 1 mars 2020, och stoppet är inte hävt (LSS 23 g §)."
    )


def test_what_goes_on_and_other_stops_hinder() -> None:
    akt = Utforarakt(sista=date(2020, 1, 1), pagar=("V1",), stopp=(("akten är begärd utlämnad", date(2026, 1, 7)),))
    assert "Verkställigheten V1 hos utföraren pågår." in _text(akt)
    assert "Gallringen är stoppad 7 januari 2026: akten är begärd utlämnad." in _text(akt)


@given(st.integers(2000, 2080))
def test_a_rakenskapsar_is_kept_through_the_seventh_year_after_it(ar: int) -> None:
    sista = date(ar + 7, 12, 31)
    assert "Finns kvar till och med 31" in hinder_for_rakenskapsar(Rakenskapsar(ar=ar), idag=sista)[0]
    assert hinder_for_rakenskapsar(Rakenskapsar(ar=ar), idag=sista + timedelta(1)) == []


def test_a_month_that_is_not_settled_and_an_invoice_that_is_not_handled_keep_the_year() -> None:
    ett = Rakenskapsar(ar=2012, manader=("december 2012",), fakturor=1)
    hinder = " ".join(hinder_for_rakenskapsar(ett, idag=IDAG)).replace("\N{NO-BREAK SPACE}", " ")
    assert hinder == "Månaden december 2012 är inte fastställd. 1 faktura är inte klar."


def test_what_is_kept_for_research_of_the_namnd_is_kept_here_too() -> None:
    akt = Utforarakt(sista=date(1995, 1, 1), forskning=("Bevaras.",), pagar=("V1",))
    assert hinder_hos_privat(akt, idag=date(2026, 6, 3)) == ["Bevaras."]
