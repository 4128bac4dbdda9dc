"""Simulated as it is = what the months came to, to the öre; and nothing of what is paid is touched."""

from pathlib import Path

import pytest

from ersattning.models import Ersattningsrad, Korning, Simuleringssumma
from ersattning.simulering import actions, queries
from ersattning.simulering.actions import Fraga, Variantval
from grund.hinder import Hindrad
from grund.tid import Manad
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import paketet
from tests.referens.slump import skriv_andringspaket, skriv_slumppaket
from tests.simulering.hjalp import NU, allt_i_databasen, faststallt, rakna, simulera, summor, totalt

EXEMPEL = Path(__file__).parents[1] / "exempel"
FALT = ("utforare", "insats", "niva", "artikel")

pytestmark = pytest.mark.django_db


@pytest.fixture
def fem_modeller(tmp_path: Path) -> None:
    mapp = tmp_path / "fem"
    skriv(mapp, paketet())
    direkt.las_in(mapp)


@pytest.mark.parametrize("namn", sorted(p.name for p in EXEMPEL.iterdir()))
def test_each_worked_example_as_it_is_is_what_it_came_to(namn: str) -> None:
    """With the rättelser of settled months: what is simulated is what the month has become."""
    manader = sorted(p.stem.removeprefix("ersattning-") for p in (EXEMPEL / namn).glob("ersattning-*.csv"))
    paket = sorted((EXEMPEL / namn).glob("paket*"))
    direkt.las_in(paket[0])
    direkt.kor(manader[0])
    for ett, manad in zip(paket[1:], manader[1:], strict=False):
        direkt.faststall(str(Manad.las(manad).plus(-1)))
        direkt.las_in(ett)
        direkt.kor(manad)
    if len(paket) == 1:
        for manad in manader[1:]:
            direkt.kor(manad)
    simulerat = simulera(manader[0], manader[-1])
    korda = {Manad.las(manad).fran for manad in manader}
    som_det_ar = {nyckel: belopp for nyckel, belopp in summor(simulerat, 0, *FALT).items() if nyckel[0] in korda}
    assert som_det_ar == faststallt(*FALT)
    assert faststallt() or "bonus" in namn


@pytest.mark.parametrize("fro", range(1, 3))
def test_a_random_municipality_that_is_settled_and_corrected_is_what_it_became(fro: int, tmp_path: Path) -> None:
    manader = skriv_slumppaket(tmp_path / "1", fro)
    direkt.las_in(tmp_path / "1")
    for steg, manad in enumerate(manader, 2):
        direkt.kor(manad)
        if manad != manader[-1]:
            direkt.faststall(manad)
            skriv_andringspaket(tmp_path / str(steg), fro, steg=steg)
            direkt.las_in(tmp_path / str(steg))
    simulerat = simulera(manader[0], manader[-1])
    assert summor(simulerat, 0, *FALT) == faststallt(*FALT)
    assert summor(simulerat, 0)


def test_nothing_but_the_simulering_is_written(fem_modeller: None) -> None:
    direkt.kor("2026-03")
    direkt.faststall("2026-03")
    fore = allt_i_databasen()
    simulera("2026-01", "2026-04", ("Dyrare", {"upprakning": "3"}), ("Beställt", {"modell": "bestalld_tid"}))
    assert allt_i_databasen() == fore
    assert Ersattningsrad.objects.exclude(korning__manad="2026-03-01").count() == 0
    assert Korning.objects.count() == 1


def test_a_part_delivered_twice_counts_once(fem_modeller: None) -> None:
    en_gang = simulera("2026-01", "2026-04")
    summa, rader = totalt(en_gang, 0), Simuleringssumma.objects.count()
    delen = en_gang.delar.values_list("pk", flat=True)[0]
    assert actions.rakna_del(del_id=delen, nu=NU) is None
    assert not actions.avsluta_simulering(simulering_id=en_gang.pk, nu=NU)
    assert (totalt(en_gang, 0), Simuleringssumma.objects.count()) == (summa, rader)
    assert totalt(rakna(en_gang), 0) == summa


def test_the_same_question_to_the_same_history_has_the_same_fingerprint(fem_modeller: None) -> None:
    en, annan = simulera("2026-01", "2026-02"), simulera("2026-01", "2026-02")
    tredje = simulera("2026-01", "2026-02", ("Dyrare", {"upprakning": "3"}))
    assert en.avtryck == annan.avtryck != tredje.avtryck
    assert queries.andrat_sedan(en) == []


def test_a_simulering_says_when_its_history_has_changed(fem_modeller: None) -> None:
    simulerat = simulera("2026-01", "2026-04")
    direkt.kor("2026-03")
    assert "räknats eller fastställts" in queries.andrat_sedan(simulerat)[0]
    rakna(simulerat)
    simulerat.refresh_from_db()
    assert queries.andrat_sedan(simulerat) == []


def test_a_cancelled_simulering_counts_nothing_more(fem_modeller: None) -> None:
    fraga = Fraga("Avbruten", Manad(2026, 1), Manad(2026, 4))
    ny = actions.skapa_simulering(fraga=fraga, varianter=[Variantval("Dyrare", {"upprakning": "3"})], av=None, nu=NU)
    ny = actions.starta_simulering(simulering=ny, av=None, nu=NU)
    with pytest.raises(Hindrad, match="räknas redan"):
        actions.starta_simulering(simulering=ny, av=None, nu=NU)
    with pytest.raises(Hindrad, match="Avbryt den först"):
        actions.ta_bort_simulering(simulering=ny, av=None)
    actions.avbryt_simulering(simulering=ny, av=None)
    assert actions.rakna_del(del_id=ny.delar.get().pk, nu=NU) is None
    assert not actions.avsluta_simulering(simulering_id=ny.pk, nu=NU)
    assert not Simuleringssumma.objects.exists()
    assert totalt(rakna(ny), 1) > totalt(ny, 0)


def test_a_result_keeps_its_question(fem_modeller: None) -> None:
    klar = simulera("2026-01", "2026-01", ("Dyrare", {"upprakning": "3"}))
    with pytest.raises(Hindrad, match="Kopiera den"):
        actions.spara_variant(simulering=klar, nummer=1, variant=Variantval("Annan", {}), av=None)
    kopia = actions.kopiera_simulering(simulering=klar, namn="Kopia", av=None, nu=NU)
    actions.spara_variant(simulering=kopia, nummer=1, variant=Variantval("Annan", {"upprakning": "4"}), av=None)
    assert totalt(rakna(kopia), 1) > totalt(klar, 1)
