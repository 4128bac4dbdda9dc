"""The database's roles: what the application's own cannot do, whatever its code tries."""

import re
from datetime import date
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from ersattning.models import Korning, Manadssumma
from ersattning.regler import Status
from grund import klocka
from grund.databas import roller
from grund.databas.radskydd import utforarens_ratter
from grund.databas.ratter import ratter
from grund.models import Anvandare
from grund.tid import Manad
from tests.vaggar.conftest import SomAppen
from utforare.partitioner import sakra_manader

pytestmark = pytest.mark.django_db


def _sql(fraga: str, *varden: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(fraga, varden or None)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.mark.parametrize(
    "sats",
    [
        "TRUNCATE grund_handelse CASCADE",
        "TRUNCATE ersattning_ersattningsrad CASCADE",
        "ALTER TABLE grund_handelse DISABLE TRIGGER ALL",
        "ALTER TABLE beslut_person DISABLE ROW LEVEL SECURITY",
        "DROP TABLE grund_inskick",
        "CREATE TABLE egen (i integer)",
        "CREATE ROLE nagon",
        "SET session_replication_role = replica",
        "UPDATE grund_handelse SET text = ''",
        "DELETE FROM beslut_lasning",
        "UPDATE ersattning_ersattningsrad SET belopp = 0",
        "DELETE FROM ersattning_faktura",
        "DELETE FROM django_migrations",
        "INSERT INTO grund_logglank (nr, logg, rad, forseglad, summa) VALUES (1, 1, 1, now(), '')",
        "UPDATE grund_loggmarke SET under = 0",
        "INSERT INTO grund_gallradloggrad (logg, rad, avtryck, handelse_id) VALUES (1, 1, '', 1)",
        "SELECT grund_forsegla(1::smallint, 'beslut_lasning'::regclass, now(), 1)",
    ],
)
def test_the_applications_role_may_not(som_appen: SomAppen, sats: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic(), som_appen():
        _sql(sats)


def test_what_a_model_never_allows_the_role_is_not_given() -> None:
    forbjudna = {
        (model._meta.db_table, ratt)
        for model in apps.get_models()
        for vakt in getattr(model._meta, "triggers", [])
        if isinstance(vakt, pgtrigger.Protect) and not vakt.condition
        for ratt in ("UPDATE", "DELETE")
        if ratt in str(vakt.operation)
    }
    assert len(forbjudna) > 80
    har = {tabell for tabell, ratt in forbjudna if ratt in ratter()[tabell]}
    assert har == {"uppfoljning_brist", "uppfoljning_handlingsplan", "uppfoljning_atgard"}  # they are locked


def test_what_the_code_locks_the_role_may_lock() -> None:
    """SELECT … FOR UPDATE asks for the right to change, also where nothing is changed."""
    rot = Path(__file__).resolve().parents[2]
    lasta = {
        namn
        for app in ("grund", "beslut", "utforare", "ersattning", "uppfoljning")
        for fil in (rot / app).rglob("*.py")
        for namn in re.findall(r"\b([A-Z]\w+)\.objects\b[^\n]*\.select_for_update\(", fil.read_text(encoding="utf-8"))
    }
    assert len(lasta) > 30
    tabeller = {model.__name__: model._meta.db_table for model in apps.get_models()}
    assert [namn for namn in lasta if "UPDATE" not in ratter()[tabeller[namn]]] == []


def test_each_table_has_the_rights_of_its_model_and_no_others(som_appen: SomAppen) -> None:
    assert [rad for rad in roller.ordna().gjort if "policy" not in rad.lower()] == []
    for roll, vill in ((roller.approll(), ratter()), (roller.utforarroll(), utforarens_ratter())):
        for tabell, ratt in roller._har_pa_tabeller(roll).items():
            assert ratt == vill.get(roller._hela(tabell), frozenset()), tabell


@pytest.mark.parametrize("tabell", ["ersattning_pris", "ersattning_korning", "beslut_instrument", "utforare_prislista"])
def test_what_holds_for_all_a_utforares_request_only_reads(tabell: str) -> None:
    """No policy stands there: a filter that fails could else change everybody's prices."""
    _sql(f"SET LOCAL ROLE {roller.utforarroll()}")
    _sql(f"SELECT count(*) FROM {tabell}")
    with pytest.raises(DatabaseError, match="permission denied"):
        _sql(f"DELETE FROM {tabell}")


def test_the_guards_cannot_be_passed_by_with_a_setting(som_appen: SomAppen) -> None:
    """django-pgtrigger has one that any session may set. tests/kedja tries it on a settled month."""
    with som_appen():
        _sql("SELECT set_config('pgtrigger.ignore', '{handelse_ar_oforanderlig}', true)")
        assert _sql("SELECT _pgtrigger_should_ignore('handelse_ar_oforanderlig')") == [(False,)]
    assert _sql("SELECT _pgtrigger_should_ignore('handelse_ar_oforanderlig')") == [(True,)]


def test_a_temporary_table_is_not_looked_at_by_a_guard(som_appen: SomAppen) -> None:
    """One is found before ours of that name, and before the system's own, when a function has no path of its own."""
    en, annan = (Anvandare.objects.create(username=namn) for namn in ("en", "annan"))
    manad = Korning.objects.create(manad=date(2026, 3, 1), status=Status.BERAKNAD, startad=klocka.nu())
    Manadssumma.objects.create(korning=manad, utforare=None)
    Korning.objects.update(status=Status.FASTSTALLD, granskad_av=en, faststalld_av=annan)
    with som_appen():
        _sql("CREATE TEMP TABLE ersattning_korning (id bigint, status text)")
    with pytest.raises(DatabaseError, match="fastställd"), transaction.atomic(), som_appen():
        _sql("DELETE FROM ersattning_manadssumma WHERE korning_id = %s", manad.pk)
    with som_appen():
        _sql("CREATE TEMP TABLE pg_class AS SELECT oid, current_user::regrole AS relowner FROM pg_catalog.pg_class")
        _sql("SELECT set_config('pgtrigger.ignore', '{handelse_ar_oforanderlig}', true)")
        assert _sql("SELECT public._pgtrigger_should_ignore('handelse_ar_oforanderlig')") == [(False,)]


def test_every_guard_has_a_path_of_its_own() -> None:
    assert _sql(roller._VAKTER_UTAN_SOKVAG) == []
    med = "SELECT count(*) > 50 FROM pg_proc WHERE prorettype = 'trigger'::regtype AND proconfig IS NOT NULL"
    assert _sql(med) == [(True,)]


def test_the_role_makes_a_months_table_and_it_gets_the_same_walls(som_appen: SomAppen) -> None:
    with som_appen():
        sakra_manader([Manad.av(date(2041, 7, 1))])
        assert _sql("SELECT count(*) FROM utforare_narvaro_2041_07") == [(0,)]
    assert roller.ordna().gjort == []
    assert _sql("SELECT relrowsecurity FROM pg_class WHERE relname = 'utforare_narvaro_2041_07'") == [(True,)]
    vakter = "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
    assert _sql(vakter, "utforare_narvaro_2041_07") == _sql(vakter, "utforare_narvaro")


def test_the_role_has_temporary_tables_for_imports(som_appen: SomAppen) -> None:
    with som_appen():
        _sql("CREATE TEMP TABLE prov (i integer) ON COMMIT DROP")
        _sql("ANALYZE prov")
        _sql("SELECT ersattning_analysera()")


def test_who_works_as_the_owner_is_told_of_the_wall_that_is_missing(som_appen: SomAppen) -> None:
    assert any("ägare" in brist for brist in roller.brister())
    with som_appen():
        assert roller.brister() == []
