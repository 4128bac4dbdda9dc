"""What is registered on a page goes the way of the datapaket: same rules, same trail, nothing half-stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from grund.datapaket.registrering import EjRegistrerad, Spar, lagrad_rad, registrera, registrera_i
from grund.models import Andring, Anvandare, Handelse
from tests.datapaket.conftest import Inlas
from tests.datapaket.paket import BAS
from utforare.models import Besok, Narvaro, Verkstallighet

SPAR = Spar(av=None, handling="prova", objekt="prov:1", text="Ett prov.")


def _dag(datum: str, **annat: str) -> dict[str, str]:
    return {"verkstallighet_id": "V1", "datum": datum, "kod": "N"} | annat


def test_a_row_is_stored_with_an_event_and_an_andring(inlas: Inlas) -> None:
    inlas(BAS)
    utfora = Anvandare.objects.create_user("ulla")
    ny = lagrad_rad("verkstalligheter", "V1") | {"verkstallighet_id": "V9", "fran": "2026-03-01"}
    handelse = registrera(rader={"verkstalligheter": [ny]}, spar=Spar(utfora, "borja", "verkstallighet:V9", "Började."))
    assert Verkstallighet.objects.get(nyckel="V9").fran == date(2026, 3, 1)
    assert handelse is not None
    assert (handelse.av, handelse.handling, handelse.objekt) == (utfora, "borja", "verkstallighet:V9")
    andring = Andring.objects.get(handelse=handelse)
    assert (andring.fil, andring.slag, andring.fran, andring.till) == (
        "verkstalligheter",
        "person",
        date(2026, 3, 1),
        None,
    )


def test_a_stored_row_comes_back_in_the_spelling_of_the_format(inlas: Inlas) -> None:
    inlas(BAS)
    rad = lagrad_rad("verkstalligheter", "V2")
    assert rad["till"] == "2026-12-31"
    assert rad["bestallt_antal"].startswith("8")
    assert registrera(rader={"verkstalligheter": [rad]}, spar=SPAR) is None  # nothing changed, so nothing happened
    with pytest.raises(KeyError):
        lagrad_rad("verkstalligheter", "finns inte")


def test_the_checks_of_an_import_answer_for_row_and_column_and_nothing_is_stored(inlas: Inlas) -> None:
    inlas(BAS)
    beslut = lagrad_rad("beslut", "B2") | {"beslut_id": "B8"}
    fel_krets = lagrad_rad("beslut", "B1") | {"beslut_id": "B9", "person_id": "P2"}
    with pytest.raises(EjRegistrerad) as fangad:
        registrera(rader={"beslut": [beslut, fel_krets]}, spar=SPAR)
    (fel,) = fangad.value.fel
    assert (fel.fil, fel.index, fel.kolumn) == ("beslut", 1, "insats")
    assert "personkrets 1 eller 2" in fel.text
    assert not Handelse.objects.filter(objekt="prov:1").exists()
    with pytest.raises(KeyError):
        lagrad_rad("beslut", "B8")


@pytest.mark.django_db
def test_an_unknown_column_is_a_fault_of_the_code() -> None:
    with pytest.raises(ValueError, match="faltet"):
        registrera_i(fil="narvaro", rader=[{"faltet": "1"}], spar=SPAR)


def test_narvaro_is_stored_changed_and_taken_back(inlas: Inlas) -> None:
    inlas(BAS)
    registrera_i(fil="narvaro", rader=[_dag("2026-05-04"), _dag("2026-05-05", minuter="300")], spar=SPAR)
    registrera_i(
        fil="narvaro",
        rader=[_dag("2026-05-05", kod="F", orsak="sjuk")],
        bort=[{"id": "V1", "datum": "2026-05-04"}, {"id": "V1", "datum": "2026-05-06"}],
        spar=SPAR,
    )
    (rad,) = Narvaro.objects.filter(verkstallighet__nyckel="V1", datum__gte=date(2026, 5, 1))
    assert (rad.datum, rad.kod, rad.orsak, rad.minuter) == (date(2026, 5, 5), "F", "sjuk", None)
    sparade = Andring.objects.filter(handelse__objekt="prov:1", gammalt__isnull=False)
    assert sorted(ett.gammalt["datum"] for ett in sparade if ett.gammalt) == ["2026-05-04", "2026-05-05"]


def test_a_day_outside_the_verkstallighet_is_refused_by_the_guard(inlas: Inlas) -> None:
    inlas(BAS)
    with pytest.raises(EjRegistrerad, match="utanför verkställigheten"):
        registrera_i(fil="narvaro", rader=[_dag("2026-05-04"), _dag("2020-01-01")], spar=SPAR)
    assert not Narvaro.objects.filter(datum=date(2026, 5, 4)).exists()


def test_a_reference_to_nothing_is_refused(inlas: Inlas) -> None:
    inlas(BAS)
    with pytest.raises(EjRegistrerad, match="hänvisar till något som inte finns"):
        registrera_i(fil="narvaro", rader=[_dag("2026-05-04") | {"verkstallighet_id": "V0"}], spar=SPAR)


def test_a_visit_with_a_fault_names_its_column(inlas: Inlas) -> None:
    inlas(BAS)
    rad = {
        "besok_id": "X1",
        "verkstallighet_id": "V2",
        "utford_start": "2026-05-04T10:00",
        "utford_slut": "2026-05-04T09:00",
    }
    with pytest.raises(EjRegistrerad) as fangad:
        registrera_i(fil="besok", rader=[rad], spar=SPAR)
    assert [(fel.index, fel.kolumn) for fel in fangad.value.fel] == [(0, "utford_slut")]
    assert not Besok.objects.filter(nyckel="X1").exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_report_at_once_lose_nothing(inlas: Inlas) -> None:
    inlas(BAS)

    def rapportera(nummer: int) -> None:
        try:
            registrera_i(fil="narvaro", rader=[_dag(f"2026-05-{nummer:02}")], spar=SPAR)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as tradar:
        list(tradar.map(rapportera, range(1, 29)))
    assert Narvaro.objects.filter(verkstallighet__nyckel="V1", datum__gte=date(2026, 5, 1)).count() == 28
