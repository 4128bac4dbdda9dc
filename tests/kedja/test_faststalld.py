"""What is fastställt stays: the database says no to everyone, whatever the code does."""

from collections.abc import Iterator

import psycopg
import pytest

from ersattning.models.vakter import MEDDELANDE
from tests.kedja.conftest import APRIL, MARS
from tests.kedja.drift import Drift

TABELLER = ("ersattningsrad", "avvikelse", "bonusutfall", "delkorning")
Linje = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def _april(drift: Drift, ostort: object) -> None:
    drift.klerk("kor_direkt", APRIL)


@pytest.fixture
def linje(drift: Drift, _april: None) -> Iterator[Linje]:
    """A connection whose changes are never kept. March is fastställd, April is beräknad."""
    with drift.anslut() as linje, linje.transaction(force_rollback=True):
        linje.execute(
            "INSERT INTO ersattning_bonusutfall (korning_id, regel_id, person_id, del_av_bonus, forfallodag, belopp,"
            " betald) SELECT k.id, r.id, p.id, 'start', k.manad, 1, false FROM ersattning_korning k,"
            f" ersattning_bonusregel r, (SELECT min(id) AS id FROM beslut_person) p WHERE k.manad = '{APRIL}-01'"
        )
        yield linje


def _korning(manad: str) -> str:
    return f"(SELECT id FROM ersattning_korning WHERE manad = '{manad}-01')"


def _nekas(linje: Linje, fraga: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match=MEDDELANDE), linje.transaction():
        linje.execute(fraga)


@pytest.mark.parametrize("tabell", ["ersattningsrad", "avvikelse", "delkorning"])
def test_no_row_of_it_changes_goes_or_moves(linje: Linje, tabell: str) -> None:
    dess = f"WHERE korning_id = {_korning(MARS)}"
    kolumn = {"ersattningsrad": "belopp", "avvikelse": "varde", "delkorning": "antal_rader"}[tabell]
    _nekas(linje, f"UPDATE ersattning_{tabell} SET {kolumn} = '1' {dess}")
    _nekas(linje, f"DELETE FROM ersattning_{tabell} {dess}")
    _nekas(linje, f"UPDATE ersattning_{tabell} SET korning_id = {_korning(APRIL)}{_nummer(tabell)} {dess}")


@pytest.mark.parametrize("tabell", TABELLER)
def test_no_row_moves_into_it(linje: Linje, tabell: str) -> None:
    annans = f"WHERE korning_id = {_korning(APRIL)}"
    _nekas(linje, f"UPDATE ersattning_{tabell} SET korning_id = {_korning(MARS)}{_nummer(tabell)} {annans}")


@pytest.mark.parametrize("tabell", TABELLER)
def test_no_new_row_comes_into_it(linje: Linje, tabell: str) -> None:
    linje.execute(
        f"CREATE TEMP TABLE kopia ON COMMIT DROP AS SELECT * FROM ersattning_{tabell}"
        f" WHERE korning_id = {_korning(APRIL)} LIMIT 1"
    )
    linje.execute(f"UPDATE kopia SET id = -id, korning_id = {_korning(MARS)}{_nummer(tabell)}")
    _nekas(linje, f"INSERT INTO ersattning_{tabell} OVERRIDING SYSTEM VALUE SELECT * FROM kopia")


def _nummer(tabell: str) -> str:
    """A part's number is its own within a körning."""
    return ", nummer = nummer + 1000" if tabell == "delkorning" else ""


def test_no_row_is_copied_into_it(linje: Linje) -> None:
    ((korning,),) = linje.execute(f"SELECT {_korning(MARS)}").fetchall()
    kopiera = "COPY ersattning_delkorning (korning_id, nummer, avser_manad, personer, antal_rader) FROM STDIN"
    with (
        pytest.raises(psycopg.errors.CheckViolation, match=MEDDELANDE),
        linje.transaction(),
        linje.cursor().copy(kopiera) as kopia,
    ):
        kopia.write_row((korning, 1000, "2026-03-01", [1], 0))


@pytest.mark.parametrize(
    "satt",
    [
        "status = 'beraknas'",
        "status = 'beraknad'",
        "status = 'granskad'",
        "beraknad_av_id = NULL",
        "faststalld_av_id = granskad_av_id",
        "granskad_av_id = faststalld_av_id",
        "manad = '2026-01-01'",
        "andring_nr = andring_nr + 1",
        "status = 'utbetald', andring_nr = andring_nr + 1",
    ],
)
def test_its_status_never_goes_backwards_and_nothing_else_of_it_changes(linje: Linje, satt: str) -> None:
    _nekas(linje, f"UPDATE ersattning_korning SET {satt} WHERE manad = '{MARS}-01'")


def test_the_korning_itself_does_not_go(linje: Linje) -> None:
    _nekas(linje, f"DELETE FROM ersattning_korning WHERE manad = '{MARS}-01'")


def test_from_utbetald_there_is_no_way_at_all(linje: Linje) -> None:
    satt = "status = 'utbetald', utbetald = now(), utbetald_av_id = granskad_av_id"
    linje.execute(f"UPDATE ersattning_korning SET {satt} WHERE manad = '{MARS}-01'")
    for status in ("faststalld", "utbetald"):
        _nekas(linje, f"UPDATE ersattning_korning SET status = '{status}', utbetald = NULL WHERE manad = '{MARS}-01'")


@pytest.mark.parametrize("roll", ["beraknad_av_id", "granskad_av_id"])
def test_one_pair_of_eyes_cannot_settle_a_month_by_sql(linje: Linje, roll: str) -> None:
    anna, bo = (f"(SELECT id FROM grund_anvandare WHERE username = '{namn}')" for namn in ("anna", "bo"))
    andra = {"beraknad_av_id": "granskad_av_id", "granskad_av_id": "beraknad_av_id"}[roll]
    with pytest.raises(psycopg.errors.CheckViolation, match="korning_fyra_ogon"), linje.transaction():
        linje.execute(
            f"UPDATE ersattning_korning SET status = 'faststalld', {roll} = {anna}, {andra} = {bo},"
            f" faststalld_av_id = {anna} WHERE manad = '{APRIL}-01'"
        )


def test_a_month_that_nobody_has_reviewed_cannot_be_settled_by_sql(linje: Linje) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="korning_steg_i_ordning"), linje.transaction():
        linje.execute(
            "UPDATE ersattning_korning SET status = 'faststalld', faststalld_av_id = (SELECT id FROM grund_anvandare"
            f" WHERE username = 'bo') WHERE manad = '{APRIL}-01'"
        )


def _ga_forbi(linje: Linje) -> None:
    """What django-pgtrigger's own `ignore` does, for every guard there is."""
    alla = "(SELECT array_agg(tgname::text)::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger%')"
    linje.execute(f"SELECT set_config('pgtrigger.ignore', {alla}, true)")


@pytest.mark.usefixtures("_april")
@pytest.mark.parametrize("forbi", [False, True])
def test_the_systems_own_connection_cannot_pass_by_what_keeps_it(drift: Drift, *, forbi: bool) -> None:
    """It may remove rows of a month that is not settled, to make them anew; change rows it never may."""
    with psycopg.connect(drift.miljo["DATABASE_URL"]) as linje, linje.transaction(force_rollback=True):
        if forbi:
            _ga_forbi(linje)
        _nekas(linje, f"DELETE FROM ersattning_ersattningsrad WHERE korning_id = {_korning(MARS)}")
        _nekas(linje, f"UPDATE ersattning_avvikelse SET varde = '1' WHERE korning_id = {_korning(MARS)}")
        _nekas(linje, f"UPDATE ersattning_korning SET status = 'beraknad' WHERE manad = '{MARS}-01'")
        assert linje.execute(f"DELETE FROM ersattning_ersattningsrad WHERE korning_id = {_korning(APRIL)}").rowcount
        for sats in ("UPDATE ersattning_ersattningsrad SET belopp = 1", "TRUNCATE ersattning_ersattningsrad CASCADE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), linje.transaction():
                linje.execute(sats)


def test_the_owner_can_which_is_why_the_system_is_not_the_owner(linje: Linje) -> None:
    _ga_forbi(linje)
    assert linje.execute(f"DELETE FROM ersattning_ersattningsrad WHERE korning_id = {_korning(MARS)}").rowcount
