"""The worked example of arbetsbonus with a decision to take back in it, against the slow reference."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from ersattning.models import Aterkravsprovning, Aterkravsrad, Ersattningsrad
from grund.models import Anvandare
from grund.tid import Manad
from tests.kedja import direkt
from tests.referens.rattelse import Referens


@pytest.mark.django_db
def test_what_is_taken_back_is_what_the_reference_takes_back(tmp_path: Path) -> None:
    paket = Path(settings.BASE_DIR) / "tests/exempel/5-arbetsbonus/paket"
    referens = Referens()
    referens.las_in(paket)
    direkt.las_in(paket)
    manader = [str(ett) for ett in Manad(2021, 8).till_och_med(Manad(2022, 3))]
    sett: set[str] = set()
    for manad in manader:
        referens.kor(manad)
        direkt.kor(manad)
        ersattning, avvikelser = direkt.exporterat(manad, tmp_path / manad)
        assert ersattning == referens.ersattning_csv(manad)
        assert avvikelser == referens.avvikelser_csv(manad)
        sett |= {rad.split(";")[2] for rad in ersattning.splitlines()[1:]}
        referens.faststall(manad)
        direkt.faststall(manad)
        if manad == "2021-09":
            rad = Ersattningsrad.objects.filter(typ="bonus").order_by("person__nyckel")[0]
            _aterkrav(rad)
            referens.aterkrav(_regel(rad), rad.person.nyckel)
    assert {"bonus", "kreditering"} <= sett


def _regel(rad: Ersattningsrad) -> str:
    return Aterkravsprovning.objects.select_related("regel").get(person=rad.person).regel.nyckel


def _aterkrav(rad: Ersattningsrad) -> None:
    eva = Anvandare.objects.create_user("eva", roller=["avtalssamordnare"])
    provning = Aterkravsprovning.objects.create(
        regel_id=rad.grund[0]["regel"],
        person=rad.person,
        beslut="aterkrav",
        skal=[],
        motiv="Tillbaka.",
        av=eva,
        tidpunkt=timezone.now(),
    )
    Aterkravsrad.objects.create(provning=provning, rad=rad)
