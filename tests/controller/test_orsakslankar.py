"""Each kind of avvikelse leads to the page where it is mended, or where it shows who is to mend it."""

import pytest

from ersattning.forklaring.avvikelser import forklara_avvikelse
from ersattning.models import Avvikelse
from ersattning.regler import Avvikelsekod
from tests.controller.conftest import EXEMPEL
from tests.kedja import direkt

pytestmark = pytest.mark.django_db

LEDER_TILL = {
    Avvikelsekod.VERKSTALLD_UTAN_BESLUT: {"beslut:beslut", "utforare:verkstallighet"},
    Avvikelsekod.AVTAL_SAKNAS: {"utforare:utforare"},
    Avvikelsekod.OMFATTNING_SAKNAS: {"utforare:verkstallighet", "beslut:beslut"},
    Avvikelsekod.NIVA_SAKNAS: {"ersattning:prislista"},
    Avvikelsekod.PRIS_SAKNAS: {"ersattning:prislista", "utforare:avtal"},
    Avvikelsekod.BESOK_UTAN_TID: {"utforare:utfort"},
    Avvikelsekod.OVER_BESTALLD_TID: {"utforare:utfort", "utforare:verkstallighet"},
    Avvikelsekod.OVERLAPPANDE_BESOK: {"utforare:utfort"},
    Avvikelsekod.BESOK_VID_FRANVARO: {"utforare:utfort"},
    Avvikelsekod.DUBBEL_VERKSTALLIGHET: {"utforare:verkstallighet"},
    Avvikelsekod.BONUS_ARSTAK: {"ersattning:regler"},
}
MANADER = [
    ("1-bostad-dygn", "2016-02"),
    ("2-daglig-verksamhet-narvaro", "2020-03"),
    ("3-boendestod-ledsagning-tid", "2021-03"),
    ("4-manad-plats-kapitering", "2020-02"),
    ("5-arbetsbonus", "2021-09"),
    ("7-kanter", "2024-10"),
]


def _led(avvikelse: Avvikelse) -> set[str]:
    forklaring = forklara_avvikelse(avvikelse.pk)
    assert forklaring is not None
    return {grund.mal.vy for grund in forklaring.kedja if grund.mal}


@pytest.mark.parametrize(("exempel", "manad"), MANADER)
def test_each_avvikelse_leads_to_where_it_is_mended(exempel: str, manad: str) -> None:
    direkt.las_in(EXEMPEL / exempel / "paket")
    alla = list(Avvikelse.objects.filter(korning=direkt.kor(manad)))
    assert alla
    for ett in alla:
        assert LEDER_TILL[Avvikelsekod(ett.kod)] <= _led(ett), ett.kod


def test_visits_at_once_and_double_places_lead_to_both() -> None:
    direkt.las_in(EXEMPEL / "7-kanter" / "paket")
    for ett in Avvikelse.objects.filter(korning=direkt.kor("2024-10"), kod="dubbel_verkstallighet"):
        forklaring = forklara_avvikelse(ett.pk)
        assert forklaring is not None
        verk = [
            grund.mal.argument for grund in forklaring.kedja if grund.mal and grund.mal.vy == "utforare:verkstallighet"
        ]
        assert len(set(verk)) == 2
