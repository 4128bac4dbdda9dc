"""Every avvikelse says what has happened, what it does to the money, and what to do about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ersattning.forklaring.avvikelser import forklara_avvikelse
from ersattning.forklaring.typer import Avvikelseforklaring
from ersattning.models import Avvikelse
from tests.forklaring.conftest import inloggad
from tests.forklaring.krav import forklarad, krav_hel

pytestmark = pytest.mark.django_db

MEST_FRAGOR = 30


def test_each_kind_of_avvikelse_of_the_demo_is_explained(demo: None) -> None:
    klient = inloggad()
    koder = set(Avvikelse.objects.values_list("kod", flat=True))
    assert "verkstalld_efter_dodsfall" in koder  # the worked cases have the others
    for kod in sorted(koder):
        for avvikelse in Avvikelse.objects.filter(kod=kod).order_by("pk")[:4]:
            krav_hel(avvikelse)
            with CaptureQueriesContext(connection) as fragor:
                sida = klient.get(f"/avvikelser/{avvikelse.pk}/")
            assert sida.status_code == 200
            assert len(fragor) <= MEST_FRAGOR, (kod, len(fragor))
            for lank in sida.context["kedja"]:
                assert lank.adress == "" or klient.get(lank.adress.split("#")[0]).status_code == 200


def _forsta(kod: str) -> Avvikelseforklaring:
    return forklarad(Avvikelse.objects.filter(kod=kod).order_by("pk")[0].pk)


def test_a_death_is_told_with_its_day_and_what_is_registered_after_it(demo: None) -> None:
    a = _forsta("verkstalld_efter_dodsfall")
    person = Avvikelse.objects.filter(kod="verkstalld_efter_dodsfall").order_by("pk")[0].person
    assert f"Personen avled {person.avliden.day}\xa0" in a.hande[0]  # type: ignore[union-attr]
    assert any("närvaro är registrerade" in mening for mening in a.hande)
    assert not a.betalas


def test_visits_at_the_same_time_name_each_other(demo: None) -> None:
    a = _forsta("overlappande_besok")
    assert "Samtidigt pågick besöket" in a.hande[1]
    assert a.betalas
    assert any(ett.vad == "Det andra" and ett.mal for ett in a.kedja)


def test_a_missing_price_says_what_was_looked_for_and_what_there_is(demo: None) -> None:
    a = _forsta("pris_saknas")
    text = " ".join(a.hande)
    assert "Det som söktes: pris per" in text
    assert "Prislistan har" in text


def test_the_minutes_over_the_cap_add_up_to_the_visit(demo: None) -> None:
    for avvikelse in Avvikelse.objects.filter(kod="over_bestalld_tid").order_by("pk")[:10]:
        (tid,) = forklarad(avvikelse.pk).besokstider
        assert tid.over_tak == int(avvikelse.varde)
        assert tid.avrundat == tid.betalt + tid.over_tak + tid.utan_pris


def test_an_avvikelse_that_is_not_there_has_no_explanation(demo: None) -> None:
    assert forklara_avvikelse(0) is None
    assert inloggad().get("/avvikelser/0/").status_code == 404
