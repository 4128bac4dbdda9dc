"""Row-level security: with the application's own filters off, another utförare's rows are still not there."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

import config.radskydd
import utforare.tillgang
import utforare.views.brukare
from beslut.models import Arende, Beslut, Lasning, Nivabedomning, Person
from config.radskydd import Radskydd
from ersattning.models import Simulering
from grund.behorighet import Roll
from grund.databas.radskydd import Oppen, policyer, regler
from grund.databas.utforarvagg import Vems, bara, utanfor
from grund.datapaket.actions import psycopg_cursor
from grund.datapaket.registrering import EjRegistrerad, Spar, registrera_i
from grund.handelser import skriv_handelse
from grund.models import Anvandare, Handelse
from tests.webb.varld import Varld
from utforare.models import Avtal, Enhet, Narvaro, Utforare, Verkstallighet
from utforare.vagg import galler, vems

IDAG = date(2026, 6, 3)
ROT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bakom(petra: Anvandare) -> Iterator[None]:
    """As petra's requests are, in the database."""
    with bara(vems(petra, IDAG)):
        yield


def _vem() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user || coalesce(nullif(current_setting('insatskollen.utforare', true), ''), '')"
        )
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("bakom")
def test_all_that_is_asked_for_gives_ones_own_alone() -> None:
    assert set(Person.objects.values_list("nyckel", flat=True)) == {"P-EGEN", "P-SKYDDAD"}
    assert set(Beslut.objects.values_list("nyckel", flat=True)) == {"B-EGEN", "B-SKYDDAD"}
    assert set(Verkstallighet.objects.values_list("nyckel", flat=True)) == {"V-EGEN", "V-SKYDDAD"}
    assert list(Enhet.objects.values_list("nyckel", flat=True)) == ["E-EGEN"]
    assert list(Utforare.objects.values_list("nyckel", flat=True)) == ["U-EGEN"]
    assert list(Avtal.objects.values_list("nyckel", flat=True)) == ["A1"]
    assert not Nivabedomning.objects.filter(person__nyckel="P-ANNANS").exists()
    assert not Arende.objects.exists()
    assert not Simulering.objects.exists()


def test_a_page_whose_filter_is_gone_shows_nothing_of_others(
    petra: Anvandare, varld: Varld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def allas(vem: Anvandare, idag: date) -> Any:
        return Verkstallighet.objects.select_related("beslut__person", "enhet__utforare")

    monkeypatch.setattr(utforare.tillgang, "synliga", allas)
    verk = Verkstallighet.objects.get(nyckel="V-ANNANS")
    klient = Client()
    klient.force_login(petra)
    monkeypatch.setattr(config.radskydd, "utforarvaggen_finns", lambda: False)
    svar = klient.get(f"/brukare/{verk.pk}/")
    assert (svar.status_code, "Gran" in svar.content.decode()) == (200, True)  # without the wall the fault would show
    monkeypatch.setattr(config.radskydd, "utforarvaggen_finns", lambda: True)
    svar = klient.get(f"/brukare/{verk.pk}/")
    assert (svar.status_code, "Gran" in svar.content.decode()) == (404, False)
    assert klient.get(f"/brukare/{Verkstallighet.objects.get(nyckel='V-EGEN').pk}/").status_code == 200


def test_nothing_is_written_to_others(petra: Anvandare) -> None:
    rad = {"verkstallighet_id": "V-ANNANS", "datum": "2026-02-14", "kod": "N"}
    spar = Spar(petra, "prova", "prov:1", "Ett prov.")
    with bara(vems(petra, IDAG)), pytest.raises(EjRegistrerad):
        registrera_i(fil="narvaro", rader=[rad], spar=spar)
    with bara(vems(petra, IDAG)):
        registrera_i(fil="narvaro", rader=[rad | {"verkstallighet_id": "V-EGEN"}], spar=spar)
    annans = Verkstallighet.objects.get(nyckel="V-ANNANS")
    with bara(vems(petra, IDAG)), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Verkstallighet.objects.create(
            nyckel="V-X", beslut_id=annans.beslut_id, enhet_id=annans.enhet_id, fran=date(2026, 5, 1)
        )
    skrivna = Narvaro.objects.filter(datum=date(2026, 2, 14)).values_list("verkstallighet__nyckel", flat=True)
    assert list(skrivna) == ["V-EGEN"]


def test_events_and_looks_are_written_and_only_ones_own_are_read(petra: Anvandare, varld: Varld) -> None:
    skriv_handelse(av=varld.anvandare[Roll.HANDLAGGARE], handling="prova", objekt="arende:1", text="Någon annans.")
    with bara(vems(petra, IDAG)):
        skriv_handelse(av=petra, handling="prova", objekt="prov:1", text="Petras.")
        Lasning.objects.create(anvandare=petra, person=Person.objects.get(nyckel="P-EGEN"), sida="akt")
        assert list(Handelse.objects.filter(handling="prova").values_list("text", flat=True)) == ["Petras."]
        assert Lasning.objects.count() == 1


def test_who_belongs_to_no_utforare_meets_no_rows(varld: Varld) -> None:
    with bara(Vems(1)):
        assert not Person.objects.exists()
        assert not Enhet.objects.exists()


def test_the_wall_is_for_those_who_are_nothing_else(varld: Varld) -> None:
    assert galler(Anvandare(roller=[Roll.UTFORARE]))
    assert galler(Anvandare(roller=[]))
    assert not galler(Anvandare(roller=[Roll.UTFORARE, Roll.HANDLAGGARE]))
    assert not galler(Anvandare(roller=[Roll.HANDLAGGARE]))


@pytest.mark.usefixtures("bakom")
def test_the_drivers_own_cursor_is_within_too() -> None:
    with transaction.atomic(), psycopg_cursor() as cursor:
        cursor.execute("SELECT count(*) FROM utforare_utforare")
        assert cursor.fetchone() == (1,)


def _till(model: type[models.Model], sett: frozenset[str] = frozenset()) -> bool:
    """Whether a row leads to a person or a utförare. Who did something leads to nobody."""
    namn = model._meta.label
    if model in {Person, Utforare}:
        return True
    if namn in sett or model is Anvandare:
        return False
    falt = [*model._meta.fields, *model._meta.many_to_many]
    return any(_till(ett.related_model, sett | {namn}) for ett in falt if isinstance(ett.related_model, type))


@pytest.mark.django_db
def test_every_table_that_leads_to_a_person_or_a_utforare_has_a_policy() -> None:
    ledande = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if _till(model)}
    assert len(ledande) > 50
    assert ledande <= policyer().keys()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, p.polname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND NOT c.relispartition"
        )
        assert dict(cursor.fetchall()) == {tabell: policy.namn for tabell, policy in policyer().items()}


def test_a_table_that_nobody_speaks_of_is_closed() -> None:
    assert policyer()["beslut_arende"].sql == "false"
    assert policyer()["uppfoljning_fynd"].sql == "false"
    assert all(ett.varfor for ett in regler().values() if isinstance(ett, Oppen))
    kanda = {model._meta.label for model in apps.get_models()}
    assert regler().keys() <= kanda


# ---- nothing is carried over to the next who has the connection ------------------------------------------------------


def _fraga(petra: Anvandare, vy: Callable[[HttpRequest], Any], metod: str = "get") -> Any:
    request = getattr(RequestFactory(), metod)("/")
    request.user = petra
    return Radskydd(vy)(request)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("metod", ["get", "post"])
def test_a_request_leaves_nothing_on_the_connection(petra: Anvandare, metod: str) -> None:
    utan = _vem()
    inne = []

    def vy(_: HttpRequest) -> HttpResponse:
        inne.append(_vem())
        with transaction.atomic():
            inne.append(_vem())
        return HttpResponse()

    _fraga(petra, vy, metod)
    egen = Utforare.objects.get(nyckel="U-EGEN").pk
    assert {ett.endswith(f"_utforare{egen}") for ett in inne} == {True}
    assert _vem() == utan

    def fel(_: HttpRequest) -> HttpResponse:
        assert _vem() != utan
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        return HttpResponse()

    with pytest.raises(DatabaseError):
        _fraga(petra, fel, metod)
    assert _vem() == utan
    assert Person.objects.filter(nyckel="P-ANNANS").exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_after_the_view_is_read_within_the_wall(petra: Anvandare) -> None:
    utan = _vem()

    def bitar() -> Iterator[str]:
        yield ",".join(Person.objects.order_by("nyckel").values_list("nyckel", flat=True))
        yield _vem()

    svar = _fraga(petra, lambda _: StreamingHttpResponse(bitar()))
    forsta, andra = (bit.decode() for bit in svar.streaming_content)
    assert forsta == "P-EGEN,P-SKYDDAD"
    assert andra != utan
    assert _vem() == utan


@pytest.mark.django_db(transaction=True)
def test_the_systems_own_work_afterwards_is_outside(petra: Anvandare) -> None:
    utan = _vem()
    with bara(vems(petra, IDAG)):
        with utanfor():
            assert _vem() == utan
        assert _vem() != utan
        with transaction.atomic(), pytest.raises(RuntimeError), utanfor():
            pass


def test_the_drivers_own_connection_is_used_where_the_wall_is_thought_of() -> None:
    """Django stands around its own cursors, and the wall with it. ersattning.vakt only asks whether there is one."""
    anvander = {
        str(fil.relative_to(ROT))
        for app in ("grund", "beslut", "utforare", "ersattning", "uppfoljning", "config")
        for fil in (ROT / app).rglob("*.py")
        if re.search(r"\bconnection\.connection\b", fil.read_text(encoding="utf-8"))
    }
    assert anvander == {"ersattning/vakt.py", "grund/databas/utforarvagg.py", "grund/datapaket/actions.py"}
