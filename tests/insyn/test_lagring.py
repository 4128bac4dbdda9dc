"""What operations keep: failed tasks with their own ids only, the clock's jobs, what is slow; bounded, and harmless."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import shared_task
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ersattning.filer.hamtning import anteckna_hamtad
from ersattning.models import Fil, Korning
from ersattning.regler import Status
from grund.behorighet import Roll
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.insyn import lagring, uppgifter
from grund.insyn.actions import kvittera
from grund.insyn.matning import Matning, normaliserad, samlare
from grund.insyn.modeller import Jobb, Langsamhet, Uppgiftsfel
from grund.models import Anvandare, Handelse
from grund.tid import STOCKHOLM, Manad
from uppfoljning.driften import lage as laget

pytestmark = pytest.mark.django_db
NU = datetime(2026, 6, 3, 9, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def _sparar(settings: Any) -> Iterator[None]:
    settings.INSYN_SPARA = settings.INSYN_SPARA_I_TRANSAKTION = True
    settings.LANGSAM_SIDA = 0
    samlare.tom(efter=0)
    yield
    samlare.tom(efter=0)


@shared_task(name="tests.insyn.gar_fel")
def gar_fel(korning_id: int, vad: str = "") -> None:
    """A task that fails with somebody's data in its words."""
    with transaction.atomic(), connection.cursor() as cursor:
        skriv_handelse(av=None, handling="x", objekt="korning:2026-05", text="Det här rullas tillbaka.")
        cursor.execute("SELECT '199002029818 Anna Ek'::int")


@shared_task(name="tests.insyn.gar_bra")
def gar_bra(korning_id: int, vad: str = "") -> None:
    """One that does not."""


def kor(uppgift: Any, *args: Any) -> None:
    uppgift.apply(args=args)


def test_a_failed_task_is_kept_outside_what_it_did_without_anybodys_data() -> None:
    kor(gar_fel, 7, "199002029818")
    ett = Uppgiftsfel.objects.get()
    assert (ett.namn, ett.objekt, ett.antal) == ("tests.insyn.gar_fel", "korning_id 7", 1)
    assert ett.felklass == "django.db.utils.DataError"
    assert ett.mening.startswith("22003: value ")
    assert "9818" not in ett.mening
    assert "Anna" not in ett.mening
    assert not Handelse.objects.filter(handling="x").exists()


def test_the_same_again_is_counted_and_other_ids_are_another() -> None:
    kor(gar_fel, 7)
    kor(gar_fel, 7)
    kor(gar_fel, 8)
    assert sorted(Uppgiftsfel.objects.values_list("objekt", "antal")) == [("korning_id 7", 2), ("korning_id 8", 1)]


def test_what_has_succeeded_since_needs_nobody() -> None:
    kor(gar_fel, 7)
    Uppgiftsfel.objects.update(namn=gar_bra.name)
    kor(gar_bra, 8)
    assert Uppgiftsfel.objects.get().lost is None
    kor(gar_bra, 7)
    assert Uppgiftsfel.objects.get().lost


def test_a_person_acknowledges_once_with_a_note_and_a_new_one_is_new() -> None:
    sven = Anvandare.objects.create_user("sven", roller=[Roll.SYSTEMFORVALTARE])
    kor(gar_fel, 7)
    ett = Uppgiftsfel.objects.get()
    with pytest.raises(Hindrad, match="Skriv vad"):
        kvittera(felet=ett, anteckning="  ", av=sven, nu=NU)
    kvittera(felet=ett, anteckning="Rättade avtalet.", av=sven, nu=NU)
    assert Handelse.objects.get(handling="kvittera_uppgiftsfel").objekt == f"uppgiftsfel:{ett.pk}"
    with pytest.raises(Hindrad, match="redan kvitterat"):
        kvittera(felet=ett, anteckning="En gång till.", av=sven, nu=NU)
    kor(gar_fel, 7)
    assert Uppgiftsfel.objects.filter(kvitterad=None).count() == 1


def test_only_short_codes_and_keys_of_ours_are_told_of_arguments() -> None:
    for vad in ("Anna Ek", "199002029818", "19900202-T123", "a" * 41, "Åsa"):
        assert uppgifter.objekt(gar_fel, (7, vad), {}) == "korning_id 7"
    assert uppgifter.objekt(gar_fel, (7,), {"vad": "narvaro"}) == "korning_id 7, vad narvaro"
    assert uppgifter.objekt(gar_fel, (7, 8, 9), {}) == ""


def test_a_job_of_the_clocks_is_one_row_written_over(settings: Any) -> None:
    settings.CELERY_BEAT_SCHEDULE = {"natt": {"task": gar_bra.name, "schedule": 10.0}}
    kor(gar_bra, 1)
    kor(gar_bra, 2)
    jobb = Jobb.objects.get()
    assert (jobb.utfall, jobb.slutat) == (Jobb.Utfall.KLART, jobb.lyckades)
    lagring.jobb_startar(namn=gar_bra.name, nu=NU)
    lagring.jobb_slutar(namn=gar_bra.name, nu=NU, sekunder=1.0, gick_bra=False)
    jobb.refresh_from_db()
    assert jobb.utfall == Jobb.Utfall.FEL
    assert jobb.lyckades != NU


def test_slow_questions_are_kept_without_values_in_one_round(settings: Any) -> None:
    matning = Matning(grans=1e-9)
    with connection.execute_wrapper(matning), connection.cursor() as cursor:
        cursor.execute("SELECT %s, '199002029818'", ["Anna Ek"])
    for sql, tog in matning.langsamma * 3:
        samlare.lagg_till("fraga", "beslut:akt", normaliserad(sql), tog)
    with CaptureQueriesContext(connection) as fragor:
        lagring.spara_langsamt(efter=0)
    assert len([ett for ett in fragor if "grund_langsamhet" in ett["sql"]]) == 1
    ett = Langsamhet.objects.get()
    assert (ett.text, ett.antal, ett.plats) == ("SELECT ?, ?", 3, "beslut:akt")
    samlare.lagg_till("fraga", "beslut:akt", "SELECT ?, ?", 9.0)
    lagring.spara_langsamt(efter=0)
    ett.refresh_from_db()
    assert (ett.antal, ett.varsta) == (4, 9.0)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lagring, "FLEST_LANGSAMMA", 3)
    for nr in range(6):
        samlare.lagg_till("sida", f"sida{nr}", "", float(nr))
    lagring.spara_langsamt(efter=0)
    Langsamhet.objects.filter(plats="sida5").update(senast=NU - timedelta(days=31))
    Langsamhet.objects.exclude(plats="sida5").update(senast=NU)
    lagring.glom(nu=NU)
    assert sorted(Langsamhet.objects.values_list("plats", flat=True)) == ["sida2", "sida3", "sida4"]


def test_an_open_fault_is_never_forgotten() -> None:
    kor(gar_fel, 7)
    Uppgiftsfel.objects.update(forst=NU - timedelta(days=900), senast=NU - timedelta(days=900))
    lagring.glom(nu=NU)
    assert Uppgiftsfel.objects.count() == 1
    Uppgiftsfel.objects.update(lost=NU)
    lagring.glom(nu=NU)
    assert not Uppgiftsfel.objects.exists()


def test_that_it_cannot_be_kept_is_a_line_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lagring, "_SPARA", "INSERT INTO finns_inte VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s)")
    samlare.lagg_till("sida", "start", "", 2.0)
    lagring.spara_langsamt(efter=0)
    assert not Langsamhet.objects.exists()


def test_payment_files_are_waited_for_until_somebody_who_pays_has_fetched_them() -> None:
    klara = Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])
    rut = Anvandare.objects.create_user("rut", roller=[Roll.REVISOR])
    gustav = Anvandare.objects.create_user("gustav", roller=[Roll.GRUPPCHEF])
    korning = Korning.objects.create(
        manad="2026-05-01", status=Status.FASTSTALLD, startad=NU, granskad_av=klara, faststalld_av=gustav
    )
    korning.refresh_from_db()
    fil = Fil.objects.create(
        korning=korning, slag="bokforingsorder_sie", sokvag="x", sha256="0" * 64, storlek=1, skapad=NU
    )
    assert laget.exporter()[0].ej_hamtade == ("Bokföringsorder (SIE 4I)",)
    anteckna_hamtad(fil=fil, av=rut)
    assert laget.exporter()[0].ej_hamtade
    anteckna_hamtad(fil=fil, av=klara)
    assert laget.exporter()[0].ej_hamtade == ()


def test_months_that_are_not_run_begin_with_the_first_that_was() -> None:
    assert laget.okorda(NU) == ()
    Korning.objects.create(manad="2026-03-01", status=Status.BERAKNAD, startad=NU)
    Korning.objects.create(manad="2026-05-01", status=Status.BERAKNAS, startad=NU)
    assert laget.okorda(NU) == (Manad(2026, 4), Manad(2026, 5))


def test_on_a_day_that_is_set_nothing_has_been_missed_whatever_the_computers_clock_says(settings: Any) -> None:
    """The demo's day may lie long after the day that its database was made."""
    settings.IDAG = None
    assert laget.installerad(NU) != NU
    settings.IDAG = NU.date()
    assert laget.installerad(NU) == NU


def test_a_chain_that_held_after_it_was_broken_is_no_alarm() -> None:
    assert laget.bruten() is None
    skriv_handelse(av=None, handling="logg_bruten", objekt="logg", text="Kedjan är bruten.")
    assert laget.bruten()
    skriv_handelse(av=None, handling="logg_aterstalld", objekt="logg", text="Databasen har återställts.")
    assert laget.bruten() is None
    skriv_handelse(av=None, handling="logg_bruten", objekt="logg", text="Kedjan är bruten.")
    lagring.jobb_startar(namn=laget.KONTROLL, nu=timezone.now())
    assert laget.bruten()
    lagring.jobb_slutar(namn=laget.KONTROLL, nu=timezone.now(), sekunder=1.0, gick_bra=True)
    assert laget.bruten() is None


def test_the_request_follows_in_the_message_and_nothing_else_of_ours() -> None:
    huvuden: dict[str, Any] = {}
    with uppgifter.structlog.contextvars.bound_contextvars(request_id="abcd-efgh-jkmn"):
        uppgifter._skicka_med(headers=huvuden)
    assert json.loads(json.dumps(huvuden)) == {uppgifter.HUVUD: "abcd-efgh-jkmn"}
