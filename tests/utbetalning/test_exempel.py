"""The built cases, booked: every krona of every month, also of the one that carries corrections."""

from decimal import Decimal
from pathlib import Path

import pytest

from ersattning import queries
from ersattning.filer import lager
from ersattning.filer.utbetalning import gor_utbetalningsfiler
from ersattning.models import Korning
from ersattning.models.fil import Filslag
from grund.models import Anvandare
from grund.tid import Manad
from tests.kedja import direkt

from . import mall, sielasare

EXEMPEL = Path(__file__).parents[1] / "exempel"
SIE = {Filslag.BOKFORINGSORDER_SIE, Filslag.FAKTUROR_SIE}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mapp(settings, tmp_path: Path) -> None:
    settings.FILER_DIR = tmp_path / "filer"


def _bokfor(manad: str) -> Decimal:
    """Book the settled month; what the verifikat come to."""
    cilla, _ = Anvandare.objects.get_or_create(username="cilla", defaults={"roller": ["controller"]})
    filer = gor_utbetalningsfiler(manad=Manad.las(manad), av=cilla)
    alla = [sielasare.las(lager.plats(fil.sokvag).read_bytes()) for fil in filer if fil.slag in SIE]
    return sum((rad.belopp for ett in alla for ver in ett.ver for rad in ver.rader if rad.konto[0] == "4"), Decimal(0))


@pytest.mark.parametrize("fall", sorted(EXEMPEL.glob("*/paket")), ids=lambda mapp: mapp.parent.name)
def test_a_worked_case_is_booked_to_the_ore(fall: Path) -> None:
    mall.hel_mall()
    direkt.las_in(fall)
    facit = sorted(ett.stem.removeprefix("ersattning-") for ett in fall.parent.glob("ersattning-*.csv"))
    bokforda = 0
    for manad in map(str, Manad.las(facit[0]).till_och_med(Manad.las(facit[-1]))):  # they are settled in order
        korning = direkt.kor(manad)
        direkt.faststall(manad)
        if korning.rader.exists():
            assert _bokfor(manad) == queries.totalbelopp(korning)
            bokforda += 1
    assert bokforda


def test_a_month_with_corrections_is_booked_to_the_ore() -> None:
    mall.hel_mall()
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    fore = _bokfor("2025-04")
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-2")
    maj = direkt.kor("2025-05")
    assert maj.rader.filter(belopp__lt=0).exists()
    direkt.faststall("2025-05")
    assert _bokfor("2025-05") == queries.totalbelopp(maj)
    assert queries.totalbelopp(Korning.objects.get(manad="2025-04-01")) == fore
