"""A package that is taken in while a month is run: nothing of it is lost, and nothing counts twice."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from grund.models import ANDRINGSLAS
from tests.kedja.conftest import APRIL, MAJ, MARS
from tests.kedja.drift import Drift, utfall, vanta_tills

JUNI = "2026-06"
Ostort = dict[str, dict[str, bytes]]
Netto = Counter[tuple[str, ...]]


@pytest.fixture
def gren(drift: Drift, ostort: object) -> Iterator[Drift]:
    """Whatever is settled here is not afterwards."""
    drift.kopiera("insatskollen", "fore")
    yield drift
    drift.stada()
    _satt_tillbaka(drift)


def _rader(csvfil: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csvfil.decode()), delimiter=";"))


def _netto(rader: list[dict[str, str]]) -> Netto:
    """What stands, by everything in a row but which run it came in and why; a kreditering takes its row away."""
    svar: Netto = Counter()
    for rad in rader:
        tecken = -1 if rad["typ"] == "kreditering" else 1
        if tecken < 0:
            for kolumn in ("antal", "belopp"):
                rad[kolumn] = rad[kolumn].removeprefix("-")
        svar[tuple(varde for namn, varde in rad.items() if namn not in {"korning_manad", "typ"})] += tecken
    return Counter({rad: antal for rad, antal in svar.items() if antal})


def test_what_comes_in_mid_run_is_in_the_month_or_corrected_in_the_next(
    gren: Drift, ostort: Ostort, paketen: Path, tmp_path: Path
) -> None:
    with gren.grind(7, 11) as grind:
        barn = gren.starta("kor_manad", APRIL)
        grind.vanta_in()
        gren.klerk("las_in", str(paketen / "mitt_i_april"))
        grind.oppna()
        assert utfall(barn)[0] == 0
    blandat = gren.exporterat(APRIL, tmp_path)
    assert blandat["ersattning.csv"] != ostort[APRIL]["ersattning.csv"]
    gren.klerk("faststall_direkt", APRIL)
    assert utfall(gren.starta("kor_manad", MAJ))[0] == 0
    gren.klerk("faststall_direkt", MAJ)
    faststallt = {manad: gren.exporterat(manad, tmp_path) for manad in (MARS, APRIL, MAJ)}

    rader = [rad for fil in faststallt.values() for rad in _rader(fil["ersattning.csv"])]
    rattade = {rad["avser_manad"] for rad in _rader(faststallt[MAJ]["ersattning.csv"]) if rad["typ"] == "rattelse"}
    assert rattade == {MARS, APRIL}
    fran_borjan = _fran_borjan(gren, paketen, tmp_path)
    assert _netto(rader) == _netto([rad for fil in fran_borjan.values() for rad in _rader(fil["ersattning.csv"])])

    rapporterat = {rad for fil in faststallt.values() for rad in fil["avvikelser.csv"].splitlines()}
    assert {rad for fil in fran_borjan.values() for rad in fil["avvikelser.csv"].splitlines()} <= rapporterat

    gren.klerk("kor_direkt", JUNI)
    assert {rad["typ"] for rad in _rader(gren.exporterat(JUNI, tmp_path)["ersattning.csv"])} <= {"ordinarie", "bonus"}
    _satt_tillbaka(gren)
    assert (
        utfall(gren.starta("kor_manad", APRIL))[0] == 0
    )  # by workers that have seen the same omgång with other prices
    assert gren.exporterat(APRIL, tmp_path) == ostort[APRIL]


def _satt_tillbaka(drift: Drift) -> None:
    """As when a backup is put back."""
    drift.kopiera("fore", "insatskollen")


def _fran_borjan(drift: Drift, paketen: Path, mapp: Path) -> dict[str, dict[str, bytes]]:
    """Each month calculated once, from data that had all come in before."""
    for paket in ("efter_mars", "mitt_i_april"):
        drift.klerk("las_in", str(paketen / paket), databas="fran_borjan")
    for manad in (MARS, APRIL, MAJ):
        drift.klerk("kor_direkt", manad, databas="fran_borjan")
    return {manad: drift.exporterat(manad, mapp, databas="fran_borjan") for manad in (MARS, APRIL, MAJ)}


def test_a_run_waits_for_an_import_that_is_under_way(drift: Drift, ostort: Ostort) -> None:
    with drift.anslut() as linje, linje.transaction():
        linje.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ANDRINGSLAS])
        barn = drift.starta("kor_manad", APRIL)
        fraga = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        vanta_tills(lambda: drift.sql(fraga, ANDRINGSLAS))
    assert utfall(barn)[0] == 0
    drift.stada()
