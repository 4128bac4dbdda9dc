"""A file that reports are counted from, taken in for the world."""

from datetime import UTC, datetime

from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.models import Uppgiftsfil
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER

PLATSER = "ar;insats;enhet_id;namn;platser\n2027;LSS-10;E-EGEN;Eken;8\n2027;LSS-9;;Nya huset;6\n"


def uppgifter(_: Varld, vems: Vems) -> dict[str, int]:
    """Everybody's is the same."""
    if vems is Vems.INGENS:
        return {"uppgiftsfil": 999_999}
    fil = Uppgiftsfil.objects.first() or las_in_uppgifter(
        slag=PLANERADE_PLATSER,
        period="",
        innehall=PLATSER.encode(),
        filnamn="platser.csv",
        kalla="Lokalplanen",
        av=None,
        nu=datetime(2026, 5, 5, 8, tzinfo=UTC),
    )
    return {"uppgiftsfil": fil.pk}


TILLAGG.append(uppgifter)
