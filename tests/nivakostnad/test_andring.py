"""What a level change costs: the same by the core as day by day in plain Python, and never a change of price."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beslut.models import Nivabedomning
from ersattning import nivaandring, nivadelar, nivautfall
from ersattning.kalkyl.typer import Nivabedomning as Bedomning
from ersattning.models import Korning, Manadssumma, Pris
from ersattning.nivaandring import Andring, kedja
from grund.tid import Manad
from tests.datapaket.paket import skriv
from tests.forklaring.conftest import tillfalligt
from tests.kedja import direkt
from tests.nivakostnad.varld import IDAG, bygg, per_dag, pris
from uppfoljning.nivaandringar.queries import Urval, hamta, hamta_enskild
from uppfoljning.nivaandringar.rapport import Rapport

pytestmark = pytest.mark.django_db
FRAN, TILL = date(2025, 6, 4), date(2026, 6, 4)


def _bedomning(id_: int, niva: str, fran: str, godkand: str = "") -> Bedomning:
    return Bedomning(id_, f"N{id_}", niva, date.fromisoformat(fran), date.fromisoformat(godkand or fran))


def test_a_chain_tells_changes_from_what_says_what_held_already() -> None:
    alla = [
        _bedomning(1, "2", "2026-01-01"),
        _bedomning(2, "2", "2026-02-01"),  # the same
        _bedomning(3, "4", "2026-03-01", "2026-03-02"),  # another from the same day was approved later
        _bedomning(4, "3", "2026-03-01", "2026-03-09"),
        _bedomning(5, "2", "2026-04-01"),
    ]
    svar = [(ett.ny.id, ett.gammal.id if ett.gammal else None) for ett in kedja(1, "LSS-9", reversed(alla))]
    assert svar == [(1, None), (4, 2), (5, 4)]


@pytest.fixture(scope="module")
def varld(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Made once, and taken back in the end; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), tillfalligt():
        bygg(tmp_path_factory.mktemp("varld"))
        yield


def _alla() -> dict[str, Andring]:
    return {ett.ny.nyckel: ett for ett in nivaandring.andringar(FRAN, TILL)}


def _dag_for_dag(modell: str, fore: str, efter: str, fran: date, till: date) -> Decimal:
    """The difference between two levels over some days, each day by itself."""
    svar, dag = Decimal(0), fran
    while dag < till:
        for tillagg, antal in per_dag(modell, dag).items():
            svar += antal * (pris(efter, dag, tillagg) - pris(fore, dag, tillagg))
        dag += timedelta(days=1)
    return svar


MAJ_SLUT = date(2026, 6, 1)
MARS = date(2026, 3, 1)


def test_what_has_been_paid_is_what_each_day_says(varld: None) -> None:
    """March to May are settled. The late approval is paid from March by May's rättelser; February was never run."""
    alla = _alla()
    utfall = {nyckel: nivautfall.utfall([ett])[ett.ny.id] for nyckel, ett in alla.items()}
    assert utfall["N-dygn-2"].kronor == _dag_for_dag("dygn", "1", "2", date(2026, 3, 11), MAJ_SLUT)
    assert utfall["N-dygn-3"].kronor == _dag_for_dag("dygn", "2", "3", date(2026, 4, 21), MAJ_SLUT)
    assert utfall["N-narvaro-3"].kronor == _dag_for_dag("narvaro", "1", "3", MARS, MAJ_SLUT)
    assert utfall["N-utford_tid-2"].kronor == _dag_for_dag("utford_tid", "1", "2", date(2026, 4, 6), MAJ_SLUT)
    dagar = Fraction(12, 31) + 1 + 1  # of March, and April and May
    assert utfall["N-bestalld_tid-2"].kronor == 40 * dagar * 100
    assert "N-manad-1" not in alla
    assert not any(ett.utan_pris for ett in utfall.values())


def test_the_changes_of_a_person_add_up_to_what_the_rows_say(varld: None) -> None:
    """Level 1 to 2 to 3: together what was paid less what level 1 would have cost, without the raised price."""
    utfall = nivautfall.utfall([ett for ett in _alla().values() if "dygn" in ett.ny.nyckel])
    fran = date(2026, 3, 11)
    betalt = sum(
        (pris("2" if dag < date(2026, 4, 21) else "3", dag) for dag in _dagar(fran) if per_dag("dygn", dag)), Decimal(0)
    )
    niva_1 = sum((pris("1", dag) for dag in _dagar(fran) if per_dag("dygn", dag)), Decimal(0))
    assert sum(ett.kronor for ett in utfall.values()) == betalt - niva_1


def _dagar(fran: date) -> list[date]:
    return [fran + timedelta(days=nummer) for nummer in range((MAJ_SLUT - fran).days)]


def test_the_days_of_the_period_are_the_cores_and_a_year_goes_on_as_lately(varld: None) -> None:
    alla = list(_alla().values())
    kostnader = nivaandring.kostnader(alla, FRAN, MAJ_SLUT, IDAG)
    per_nyckel = {ett.ny.nyckel: kostnader[ett.ny.id] for ett in alla}
    dygn = per_nyckel["N-dygn-2"]
    assert dygn.i_perioden is not None
    assert dygn.helar is not None
    assert dygn.i_perioden.skillnad == _dag_for_dag("dygn", "1", "2", date(2026, 3, 11), MAJ_SLUT)
    # 151 days were ordered from January to May, and 4 of them were away
    framat = Fraction((date(2027, 3, 11) - MAJ_SLUT).days * 147, 151) * 100
    assert dygn.helar.skillnad == dygn.i_perioden.skillnad + framat
    narvaro = per_nyckel["N-narvaro-3"].i_perioden
    assert narvaro is not None
    assert narvaro.skillnad == _dag_for_dag("narvaro", "1", "3", date(2026, 2, 10), MAJ_SLUT)


def test_a_raised_price_alone_is_no_cost_of_a_level(varld: None) -> None:
    """The person at level 1 all the time pays ten kronor more from April, and has no change."""
    assert not [ett for ett in _alla().values() if ett.insats == "LSS-4" and not ett.ar_forsta]


def _rapport(**urval: object) -> Rapport:
    return hamta(Urval(FRAN, TILL - timedelta(days=1), **urval), IDAG)  # type: ignore[arg-type]


def test_the_report_adds_up_and_keeps_first_assessments_apart(varld: None) -> None:
    rapport = _rapport()
    assert [rad.nyckel for rad in rapport.rader] == [
        "N-dygn-3",
        "N-utford_tid-2",
        "N-bestalld_tid-2",
        "N-dygn-2",
        "N-narvaro-3",
    ]
    assert {rad.nyckel for rad in rapport.forsta} == {"N1", "N2", "N3", "N4", "N5"}
    assert rapport.alla.helar == sum(rad.helar or 0 for rad in rapport.rader)
    assert rapport.per_manad[-1].hittills == rapport.alla.helar
    assert sum(ett.netto for ett in rapport.per_manad) == rapport.alla.helar
    assert [ett.helar for ett in rapport.per_utforare] == [rapport.alla.helar]
    assert {ett.namn: ett.antal for ett in rapport.per_riktning} == {"Dyrare nivå": 5}
    (rad,) = _rapport(insats="LSS-10").rader
    assert (rad.niva_fore, rad.niva_efter, rad.utforare, rad.godkand_av) == ("1", "3", "Eken AB", "bo")
    assert rad.grund == "Bedömd i ett annat system"


def test_a_period_may_go_on_after_the_year(varld: None) -> None:
    """The address takes three years at a time, also years to come."""
    kort, lang = (hamta(Urval(date(2026, 1, 1), sista), IDAG) for sista in (date(2026, 5, 31), date(2028, 12, 31)))
    assert len(lang.rader) >= len(kort.rader) > 0
    assert all(rad.i_perioden is not None for rad in lang.rader)


def test_one_change_is_told_with_the_rows_that_it_was_counted_from(varld: None) -> None:
    bedomning = Nivabedomning.objects.get(nyckel="N-narvaro-3")
    ett = hamta_enskild(bedomning.pk, IDAG)
    assert ett is not None
    assert ett.rad.betalt == sum((rad.skillnad for rad in ett.utfall.rader), Fraction(0))
    assert {(rad.rad.typ, rad.pris_fore) for rad in ett.utfall.rader} == {
        ("rattelse", Decimal(100)),
        ("rattelse", Decimal(110)),
    }
    samma = Nivabedomning.objects.get(nyckel="N-manad-1")
    assert hamta_enskild(samma.pk, IDAG) is None


def test_a_price_that_is_missing_is_said_and_is_no_zero(varld: None) -> None:
    Pris.objects.filter(insats="LSS-9", niva="2").delete()
    (ett,) = [ett for ett in _alla().values() if ett.ny.nyckel == "N-dygn-3"]
    utfall = nivautfall.utfall([ett])[ett.ny.id]
    assert utfall.utan_pris
    assert utfall.kronor == 0


def test_many_changes_ask_no_more_than_one_and_what_is_known_is_not_asked_again(varld: None) -> None:
    alla = list(_alla().values())
    with CaptureQueriesContext(connection) as en:
        nivaandring.kostnader(alla[:1], FRAN, TILL, IDAG)
    with CaptureQueriesContext(connection) as fler:
        kallt = nivaandring.kostnader(alla, FRAN, TILL, IDAG)
    with CaptureQueriesContext(connection) as igen:
        assert nivaandring.kostnader(alla, FRAN, TILL, IDAG) == kallt
    assert len(fler) <= len(en) + 1
    assert len(igen) == 1


def test_a_change_of_the_underlag_is_seen_at_once(varld: None, tmp_path: Path) -> None:
    (ett,) = [ett for ett in _alla().values() if ett.ny.nyckel == "N-narvaro-3"]
    fore = nivaandring.kostnader([ett], FRAN, MAJ_SLUT, IDAG)[ett.ny.id]
    verk = "verkstallighet_id;datum;kod\nV2;2026-05-05;N\n"
    direkt.las_in(skriv(tmp_path / "till", {"narvaro": verk}))
    efter = nivaandring.kostnader([ett], FRAN, MAJ_SLUT, IDAG)[ett.ny.id]
    assert fore.i_perioden is not None
    assert efter.i_perioden is not None
    assert efter.i_perioden.skillnad == fore.i_perioden.skillnad + 200


def test_the_levels_behind_a_month_are_its_level_part_to_the_ore(varld: None) -> None:
    for manad in ("2026-04", "2026-05"):
        korning = Korning.objects.get(manad=Manad.las(manad).fran)
        delar = nivadelar.las(korning)
        summa = Manadssumma.objects.get(korning=korning, utforare=None, insats="")
        assert delar
        assert sum(ett.kronor for ett in delar) == summa.niva
    # in May closer to level 3 than in April, when it began on the 21st; närvaro's level was approved late, in May
    assert {ett.verkstallighet: (ett.fore, ett.nu) for ett in delar} == {"V1": ("nivå 2 och nivå 3", "nivå 3")}
