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
PERSONER = "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n"
BESLUT = (
    "beslut_id;person_id;insats;lagrum;utfall;ansokan;beslutsdatum;fran;till;omfattning;omfattning_enhet;uppfoljning\n"
)
VERK = "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;bestallt_antal;bestallt_enhet;fran;till;slutorsak\n"
AVTAL = (
    "avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till;franvaro;omfattning_granser;"
    "niva_fran;avslut_dagar;avslut_orsaker;bomtid_varsel_timmar;bomtid_andel;bomtid_tak_andel;tak_andel_av_bestallt;"
    "avrundning_minuter\n"
)
NARVARO = "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n"

pytestmark = pytest.mark.django_db(transaction=True)


def _maj(mapp: Path, *, fore: dict[str, str] | None = None, **filer: str) -> Korning:
    """April settled; then the files; then May. V1 is level 2 at 1 863 kr a day: 30 days, then 31. V3 ended in April.

    `fore`: files that are there in April already.
    """
    direkt.las_in(PAKET)
    _las_in(mapp / "fore", fore or {})
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    _las_in(mapp / "sent", filer)
    return direkt.kor("2025-05")


def _las_in(paket: Path, filer: dict[str, str]) -> None:
    if filer:
        paket.mkdir()
        for namn, text in filer.items():
            (paket / f"{namn}.csv").write_text(text, encoding="utf-8")
        direkt.las_in(paket)


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


def _boende(nummer: str, fran: str) -> dict[str, str]:
    """Another person on level 2 at the same enhet, from a day on."""
    return {
        "personer": f"{PERSONER}P{nummer};{PERSONNUMMER[nummer]};Test;Exempel;1;nej;\n",
        "beslut": f"{BESLUT}B{nummer};P{nummer};LSS-9;LSS;bifall;;2024-01-01;2024-01-01;;;;\n",
        "nivabedomningar": f"{NIVAER}N{nummer};P{nummer};LSS-9;2;2024-01-01;godkand;anna;bo;2024-01-01\n",
        "verkstalligheter": f"{VERK}V{nummer};B{nummer};SLL-1;2024-01-01;;;;{fran};;\n",
    }


def _individavtal(person: str, fran: str, priser: str = "IA;LSS-9;2;;;dygn;3000;2025-04-01;\n") -> dict[str, str]:
    """Half the price is paid for absence; the price is 3 000 kr on level 2."""
    return {
        "prislistor": "prislista_id;namn\nIA;Individavtal\n",
        "priser": PRISER + priser,
        "avtal": f"{AVTAL}AI;SLL;LSS-9;individavtal;{person};IA;dygn;{fran};;1-:50;;;;;;;;;\n",
    }


PERSONNUMMER = {"4": "198804049800", "5": "198804049818"}
UTAN_V3 = -20 * 1242  # V3 ended in April, and is volume in every case


def test_a_new_verkstallighet_at_the_general_price_is_volume_beside_an_individavtal(tmp_path: Path) -> None:
    """V1 was paid 3 000 kr by its individavtal; that the new one is paid 1 863 kr is no lower price."""
    maj = _maj(tmp_path, fore=_individavtal("P1", "2025-04-01"), **_boende("4", "2025-05-01"))
    summa = _bostad(maj)
    assert (summa.volym, summa.pris, summa.niva) == (3000 + 31 * 1863 + UTAN_V3, 0, 0)
    assert (summa.nya, summa.avslutade) == (1, 1)


def test_a_new_verkstallighet_under_a_new_individavtal_is_volume(tmp_path: Path) -> None:
    """V1 was paid the general 1 863 kr; that the new one's individavtal gives 3 000 kr is no higher price."""
    maj = _maj(tmp_path, **_boende("4", "2025-05-01"), **_individavtal("P4", "2025-05-01"))
    summa = _bostad(maj)
    assert (summa.volym, summa.pris, summa.niva) == (1863 + 31 * 3000 + UTAN_V3, 0, 0)


def test_a_raised_price_beside_an_individavtal_is_price_for_those_who_are_paid_by_it(tmp_path: Path) -> None:
    """V1 and the new V5 are paid 37 kr more than the list gave in April; V4 has its 3 000 kr as before."""
    ny = _boende("5", "2025-05-01")
    hojt = PRISER + "BM;LSS-9;2;;;dygn;1863;2025-04-01;2025-04-30\nBM;LSS-9;2;;;dygn;1900;2025-05-01;\n"
    fore = _boende("4", "2025-04-01") | _individavtal("P4", "2025-04-01")
    summa = _bostad(_maj(tmp_path, fore=fore, priser=hojt, **ny))
    assert (summa.pris, summa.niva) == (2 * 31 * 37, 0)
    assert summa.volym == 1863 + 3000 + 31 * 1863 + UTAN_V3


def test_going_over_to_an_individavtal_is_price(tmp_path: Path) -> None:
    summa = _bostad(_maj(tmp_path, **_individavtal("P1", "2025-05-01")))
    assert (summa.volym, summa.pris, summa.niva) == (1863 + UTAN_V3, 31 * (3000 - 1863), 0)


def test_absence_that_is_new_under_an_individavtal_has_the_price_of_its_own_presence(tmp_path: Path) -> None:
    """Ten days at half of what the individavtal gives. Another is paid the general price for the same level."""
    fore = _boende("4", "2025-04-01") | _individavtal("P1", "2025-04-01")
    borta = NARVARO + "".join(f"V1;2025-05-{dag:02};F;;;\n" for dag in range(1, 11))
    summa = _bostad(_maj(tmp_path, fore=fore, narvaro=borta))
    assert (summa.volym, summa.pris, summa.niva) == (1863 + 3000 - 10 * 1500 + UTAN_V3, 0, 0)


def test_a_raised_individavtal_is_price_for_presence_and_absence_alike(tmp_path: Path) -> None:
    fore = _boende("4", "2025-04-01") | _individavtal("P1", "2025-04-01")
    hojt = PRISER + "IA;LSS-9;2;;;dygn;3000;2025-04-01;2025-04-30\nIA;LSS-9;2;;;dygn;3100;2025-05-01;\n"
    borta = NARVARO + "".join(f"V1;2025-05-{dag:02};F;;;\n" for dag in range(1, 11))
    summa = _bostad(_maj(tmp_path, fore=fore, priser=hojt, narvaro=borta))
    assert (summa.pris, summa.niva) == (21 * 100 + 10 * 50, 0)
    assert summa.volym == 1863 + 3000 - 10 * 1500 + UTAN_V3


def test_a_general_avtal_followed_by_another_is_compared_with_the_one_before(tmp_path: Path) -> None:
    """The avtal is renewed with a list of its own; a new verkställighet is compared with what the old one gave."""
    nytt = f"{AVTAL}A1;SLL;LSS-9;lov;;BM;dygn;2025-04-01;2025-04-30;;;;;;;;;;\n"
    nytt += "A9;SLL;LSS-9;lov;;IA;dygn;2025-05-01;;;;;;;;;;;\n"
    maj = _maj(tmp_path, **(_boende("4", "2025-05-01") | _individavtal("P4", "2025-05-01") | {"avtal": nytt}))
    summa = _bostad(maj)
    assert (summa.volym, summa.pris, summa.niva) == (1863 + 31 * 1863 + UTAN_V3, 2 * 31 * (3000 - 1863), 0)


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
