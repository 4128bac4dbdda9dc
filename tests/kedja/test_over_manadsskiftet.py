"""What a change on one side of a month's end does to a settled month on the other side (R40), against the reference."""

from pathlib import Path

import pytest

from ersattning.models import Ersattningsrad
from grund.hinder import Hindrad
from tests.kedja import direkt
from tests.referens.referens import Referens

EXEMPEL = Path(__file__).parents[1] / "exempel"
BESOK = "besok_id;verkstallighet_id;utford_start;utford_slut\n"

pytestmark = pytest.mark.django_db(transaction=True)


class Bada:
    """The system and the reference, given the same."""

    def __init__(self, mapp: Path) -> None:
        self.mapp, self.referens, self.antal = mapp, Referens(), 0

    def las_in(self, paket: Path) -> None:
        direkt.las_in(paket)
        self.referens.las_in(paket)

    def skriv(self, fil: str, text: str) -> None:
        self.antal += 1
        paket = self.mapp / str(self.antal)
        paket.mkdir()
        (paket / f"{fil}.csv").write_text(text, encoding="utf-8")
        self.las_in(paket)

    def faststall(self, *manader: str) -> None:
        for manad in manader:
            self.kor(manad)
            direkt.faststall(manad)
            self.referens.faststall(manad)

    def kor(self, manad: str) -> None:
        """Calculate with both, and compare."""
        direkt.kor(manad)
        self.referens.kor(manad)
        rader, avvikelser = direkt.exporterat(manad, self.mapp / "ut")
        assert rader.splitlines() == self.referens.ersattning_csv(manad).splitlines()
        assert avvikelser.splitlines() == self.referens.avvikelser_csv(manad).splitlines()


def test_a_corrected_day_of_absence_moves_the_places_of_the_next_month(tmp_path: Path) -> None:
    bada = Bada(tmp_path)
    bada.las_in(EXEMPEL / "1-bostad-dygn" / "paket")
    bada.faststall("2016-02", "2016-03")
    bada.skriv("narvaro", "verkstallighet_id;datum;kod\nV3;2016-02-20;N\n")
    bada.kor("2016-04")
    marsrader = Ersattningsrad.objects.filter(avser_manad="2016-03-01", korning__manad="2016-04-01")
    assert marsrader.count() == 4


@pytest.mark.parametrize(
    ("tidigt", "sent"),
    [
        ("2021-03-31T23:00;2021-04-01T02:00", "2021-04-01T01:00;2021-04-01T03:00"),
        ("2021-03-28T10:00;2021-04-03T10:00", "2021-04-02T01:00;2021-04-02T03:00"),
        ("2021-04-01T01:00;2021-04-01T03:00", "2021-03-31T23:00;2021-04-01T02:00"),
        ("2021-04-03T01:00;2021-04-03T03:00", "2021-03-20T23:00;2021-04-05T02:00"),
    ],
)
def test_a_late_visit_overlaps_one_of_the_other_month(tmp_path: Path, tidigt: str, sent: str) -> None:
    bada = Bada(tmp_path)
    bada.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    bada.skriv("besok", f"{BESOK}X1;V1;{tidigt}\n")
    bada.faststall("2021-03", "2021-04")
    bada.skriv("besok", f"{BESOK}X2;V1;{sent}\n")
    bada.kor("2021-05")
    bada.faststall("2021-05")
    bada.skriv("borttag", "fil;id;datum\nbesok;X2;\n")
    bada.faststall("2021-06")
    bada.skriv("besok", f"{BESOK}X2;V1;{sent}\n")
    bada.kor("2021-07")  # it is back, and is told of again


def test_a_late_storhelg_reaches_into_the_night_before(tmp_path: Path) -> None:
    bada = Bada(tmp_path)
    bada.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    bada.skriv("besok", f"{BESOK}X1;V1;2021-03-31T23:00;2021-04-01T02:00\n")
    bada.faststall("2021-03")
    band = "prislista_id;tidsband;prioritet;fran_tidpunkt;till_tidpunkt"
    bada.skriv("tidsband", f"{band}\nTIM;storhelg;99;2021-04-01T00:00;2021-04-02T00:00\n")
    bada.kor("2021-04")


def test_an_unreasonable_order_is_calculated_all_the_same(tmp_path: Path) -> None:
    bada = Bada(tmp_path)
    bada.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    kolumner = "verkstallighet_id;beslut_id;enhet_id;bestalld;bestallt_antal;bestallt_enhet;fran"
    bada.skriv(
        "verkstalligheter", f"{kolumner}\nV3;B3;STO-1;2021-03-10;999999999999.123456789012;timmar_vecka;2021-03-10\n"
    )
    bada.kor("2021-03")


def test_shorter_terms_take_back_the_days_after_the_end_that_they_no_longer_reach(tmp_path: Path) -> None:
    bada = Bada(tmp_path)
    bada.las_in(EXEMPEL / "1-bostad-dygn" / "paket")
    bada.faststall("2016-02", "2016-03")
    avtal = (EXEMPEL / "1-bostad-dygn" / "paket" / "avtal.csv").read_text(encoding="utf-8")
    bada.skriv("avtal", avtal.replace(";30;;;;;;\n", ";;;;;;;\n"))
    bada.kor("2016-04")
    assert Ersattningsrad.objects.filter(avser_manad="2016-03-01", artikel="avslut", typ="kreditering").count() == 2


def test_a_bonus_calculated_before_an_earlier_month_was_settled_is_not_paid_twice(tmp_path: Path) -> None:
    bada = Bada(tmp_path)
    bada.las_in(EXEMPEL / "5-arbetsbonus" / "paket")
    bada.kor("2021-08")
    bada.kor("2021-09")
    kolumner = "anstallning_id;person_id;arbetsgivare;fran;till;sysselsattningsgrad;anstallningsform"
    bada.skriv("anstallningar", f"{kolumner}\nJ0;P1;Bygg AB;2021-08-05;;75;tillsvidare\n")
    bada.faststall("2021-08")
    with pytest.raises(Hindrad, match="stämmer inte längre"):
        direkt.faststall("2021-09")
    bada.faststall("2021-09")
    bonus = Ersattningsrad.objects.filter(typ="bonus", person__nyckel="P1")
    assert bonus.count() == 1
