"""The sums of a month, and why it differs from the month before, worked out by hand."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum

from ersattning.models import Ersattningsrad, Korning, Manadssumma
from tests.kedja import direkt

PAKET = Path(__file__).parents[1] / "exempel" / "6-rattelse" / "paket-1"
PRISER = "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\n"
NIVAER = "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand\n"

pytestmark = pytest.mark.django_db(transaction=True)


def _maj(mapp: Path, **filer: str) -> Korning:
    """April settled; then the files; then May. V1 is level 2 at 1 863 kr a day: 30 days, then 31. V3 ended in April."""
    direkt.las_in(PAKET)
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    if filer:
        paket = mapp / "sent"
        paket.mkdir()
        for namn, text in filer.items():
            (paket / f"{namn}.csv").write_text(text, encoding="utf-8")
        direkt.las_in(paket)
    return direkt.kor("2025-05")


def _bostad(korning: Korning) -> Manadssumma:
    return Manadssumma.objects.get(korning=korning, insats="LSS-9")


def test_one_more_day_is_volume(tmp_path: Path) -> None:
    summa = _bostad(_maj(tmp_path))
    assert (summa.volym, summa.pris, summa.niva) == (1 * 1863 - 20 * 1242, 0, 0)
    assert (summa.nya, summa.avslutade) == (0, 1)


def test_a_new_price_for_the_same_level_is_price(tmp_path: Path) -> None:
    priser = PRISER + "BM;LSS-9;2;;;dygn;1863;2025-04-01;2025-04-30\nBM;LSS-9;2;;;dygn;1900;2025-05-01;\n"
    summa = _bostad(_maj(tmp_path, priser=priser))
    assert (summa.volym, summa.pris, summa.niva) == (1863 - 20 * 1242, 31 * 37, 0)


def test_a_higher_level_is_level_at_the_price_of_then(tmp_path: Path) -> None:
    """Level 1 was paid to V3 in April at 1 242 kr, so V1 going from 2 to 1 costs 31 × (1 242 − 1 863) less."""
    nivaer = NIVAER + "N9;P1;LSS-9;1;2025-05-01;godkand;anna;bo;2025-04-28\n"
    priser = PRISER + "BM;LSS-9;1;;;dygn;1242;2025-04-01;2025-04-30\nBM;LSS-9;1;;;dygn;1300;2025-05-01;\n"
    summa = _bostad(_maj(tmp_path, nivabedomningar=nivaer, priser=priser))
    assert summa.niva == 31 * (1242 - 1863)
    assert summa.pris == 31 * (1300 - 1242)
    assert summa.volym == 1863 - 20 * 1242
    assert (summa.hojda, summa.sankta) == (0, 1)


def test_a_price_that_nobody_was_paid_before_has_not_changed(tmp_path: Path) -> None:
    nivaer = NIVAER + "N9;P1;LSS-9;3;2025-05-01;godkand;anna;bo;2025-04-28\n"
    summa = _bostad(_maj(tmp_path, nivabedomningar=nivaer))
    assert (summa.pris, summa.niva) == (0, 31 * (2933 - 1863))


def test_the_sums_are_those_of_the_rows_and_the_parts_are_the_whole_difference(tmp_path: Path) -> None:
    nivaer = NIVAER + "N9;P1;LSS-9;3;2025-04-11;godkand;anna;bo;2025-04-28\n"  # a rättelse of April too
    maj = _maj(tmp_path, nivabedomningar=nivaer)
    april = Korning.objects.get(manad="2025-04-01")
    alla = Manadssumma.objects.get(korning=maj, utforare=None, insats="")
    total = Ersattningsrad.objects.filter(korning=maj).aggregate(s=Sum("belopp"))["s"]
    fore = Ersattningsrad.objects.filter(korning=april).aggregate(s=Sum("belopp"))["s"]
    assert (alla.summa, alla.fore) == (total, fore)
    assert alla.rattelser == 20 * (2933 - 1863)
    delar = alla.volym + alla.pris + alla.niva + alla.rattelse_skillnad + alla.bonus_skillnad
    assert delar == total - fore
    for gruppering in ({"utforare__isnull": False}, {"utforare": None, "insats__gt": ""}):
        rader = Manadssumma.objects.filter(korning=maj, **gruppering)
        assert sum((rad.summa for rad in rader), Decimal(0)) == total
        assert sum((rad.volym for rad in rader), Decimal(0)) == alla.volym


def test_the_first_month_has_nothing_to_be_compared_with() -> None:
    direkt.las_in(PAKET)
    alla = Manadssumma.objects.get(korning=direkt.kor("2025-04"), utforare=None, insats="")
    assert alla.mot is None
    assert (alla.volym, alla.pris, alla.niva) == (0, 0, 0)


def test_a_month_that_is_run_anew_makes_the_next_compare_itself_anew(tmp_path: Path) -> None:
    direkt.las_in(PAKET)
    direkt.kor("2025-04")
    maj = direkt.kor("2025-05")
    fore = Manadssumma.objects.get(korning=maj, utforare=None, insats="").fore
    paket = tmp_path / "sent"
    paket.mkdir()
    (paket / "nivabedomningar.csv").write_text(
        NIVAER + "N9;P1;LSS-9;3;2025-04-11;godkand;anna;bo;2025-04-28\n", "utf-8"
    )
    direkt.las_in(paket)
    direkt.kor("2025-04")
    efter = Manadssumma.objects.get(korning=maj, utforare=None, insats="")
    assert efter.fore == fore + 20 * (2933 - 1863)
