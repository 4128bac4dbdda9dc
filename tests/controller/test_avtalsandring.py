"""A new avtal, a new version that takes over, and an end: by the import's rules, with what may be a mistake said."""

from datetime import date
from typing import Any

import pytest

from ersattning.avtalsandring import (
    Forslag,
    avsluta_avtal,
    avslutsvarningar,
    hinder_for_avtal,
    registrera_avtal,
    varningar,
)
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from utforare.models import Avtal, Utforare

IDAG = date(2025, 11, 20)
NYAR = date(2026, 1, 1)


def _forslag(fran: date, sista: date | None = None, foljer: str = "", **rad: str) -> Forslag:
    hel: dict[str, Any] = {
        "insats": "LSS-10",
        "avtalsform": "lov",
        "person_id": "",
        "prislista_id": "DV",
        "modell": "narvaro",
        "franvaro": "1-14:100",
    } | rad
    gammalt = Avtal.objects.select_related("utforare").get(nyckel=foljer) if foljer else None
    return Forslag(Utforare.objects.get(nyckel="SLL"), hel, fran, sista, gammalt)


def test_a_new_version_takes_over_and_the_old_one_ends_the_day_before(april: None, klara: Anvandare) -> None:
    nytt = registrera_avtal(forslag=_forslag(NYAR, foljer="A2"), av=klara, idag=IDAG)
    gammalt = Avtal.objects.get(nyckel="A2")
    assert (gammalt.till, gammalt.franvaro) == (NYAR, "")
    assert (nytt.fran, nytt.till, nytt.franvaro) == (NYAR, None, "1-14:100")
    assert "ny version" in Handelse.objects.get(handling="registrera_avtal").text


def test_terms_that_have_paid_a_settled_month_are_not_changed(april: None, klara: Anvandare) -> None:
    forslag = _forslag(date(2024, 4, 1), foljer="A2")
    assert any("har betalat april 2025" in hinder for hinder in hinder_for_avtal(forslag, klara))
    with pytest.raises(Hindrad, match="börja en senare dag"):
        registrera_avtal(forslag=forslag, av=klara, idag=IDAG, bekraftat=True)


def test_an_avtal_that_has_paid_nothing_is_put_right_in_its_place(underlag: None, klara: Anvandare) -> None:
    registrera_avtal(forslag=_forslag(date(2024, 4, 1), foljer="A2"), av=klara, idag=IDAG)
    (avtal,) = Avtal.objects.filter(insats="LSS-10")
    assert (avtal.nyckel, avtal.franvaro) == ("A2", "1-14:100")


def test_a_version_cannot_begin_before_the_old_one_or_after_its_end(underlag: None, klara: Anvandare) -> None:
    assert "tidigast" in hinder_for_avtal(_forslag(date(2024, 1, 1), foljer="A2"), klara)[0]
    avsluta_avtal(avtal=Avtal.objects.get(nyckel="A2"), sista=date(2025, 6, 30), av=klara, bekraftat=True)
    assert "har redan slutat" in hinder_for_avtal(_forslag(NYAR, foljer="A2"), klara)[0]


def test_an_overlap_is_refused_by_the_imports_rule(underlag: None, klara: Anvandare) -> None:
    with pytest.raises(EjRegistrerad) as fangad:
        registrera_avtal(forslag=_forslag(NYAR), av=klara, idag=IDAG, bekraftat=True)
    assert [(fel.index, fel.kolumn) for fel in fangad.value.fel] == [(0, "fran")]
    assert "har redan ett avtal" in fangad.value.fel[0].text


def test_a_list_without_price_in_the_modells_unit_is_warned_of(underlag: None, klara: Anvandare) -> None:
    forslag = _forslag(NYAR, foljer="A2", modell="dygn")
    assert "har inget pris för Daglig verksamhet (LSS) per dygn" in varningar(forslag)[0]
    with pytest.raises(Hindrad, match="har inget pris"):
        registrera_avtal(forslag=forslag, av=klara, idag=IDAG)
    assert registrera_avtal(forslag=forslag, av=klara, idag=IDAG, bekraftat=True).modell == "dygn"


def test_a_gap_and_terms_without_effect_are_warned_of(underlag: None, klara: Anvandare) -> None:
    avsluta_avtal(avtal=Avtal.objects.get(nyckel="A2"), sista=date(2025, 12, 15), av=klara, bekraftat=True)
    svar = varningar(_forslag(NYAR, bomtid_andel="0.5"))
    assert "16\N{NO-BREAK SPACE}december 2025–31\N{NO-BREAK SPACE}december 2025" in svar[0]
    assert "använder inte bomtid" in svar[1]


def test_what_reaches_back_over_settled_months_is_warned_of(april: None, klara: Anvandare) -> None:
    assert "kan ge rättelser" in varningar(_forslag(date(2025, 4, 10), foljer="A2"))[0]


def test_an_end_with_nothing_after_it_has_to_be_confirmed(underlag: None, klara: Anvandare) -> None:
    avtal, sista = Avtal.objects.get(nyckel="A2"), date(2025, 12, 31)
    assert "inget avtal om insatsen" in avslutsvarningar(avtal, sista)[0]
    with pytest.raises(Hindrad, match="inget betalas"):
        avsluta_avtal(avtal=avtal, sista=sista, av=klara)
    with pytest.raises(Hindrad, match="före startdagen"):
        avsluta_avtal(avtal=avtal, sista=date(2020, 1, 1), av=klara, bekraftat=True)
    avsluta_avtal(avtal=avtal, sista=sista, av=klara, bekraftat=True)
    avtal.refresh_from_db()
    assert avtal.till == NYAR


def test_only_those_who_look_after_avtal_may(underlag: None, rut: Anvandare) -> None:
    with pytest.raises(Hindrad, match="krävs"):
        registrera_avtal(forslag=_forslag(NYAR, foljer="A2"), av=rut, idag=IDAG, bekraftat=True)
