"""A year's reports, ordered, with one file that is made."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.models import Arsfil, Arssats

NU = datetime(2026, 5, 5, 8, tzinfo=UTC)


def arssats(_: Varld, vems: Vems) -> dict[str, int]:
    """Everybody's is the same."""
    if vems is Vems.INGENS:
        return {"arssats": 999_999, "arsfil": 999_999}
    sats, _ny = Arssats.objects.get_or_create(ar=2025, dag=date(2026, 5, 5), bestalld=NU)
    plats = Path(settings.FILER_DIR) / "rapporter" / "varld.pdf"
    plats.parent.mkdir(parents=True, exist_ok=True)
    plats.write_bytes(b"%PDF-")
    klar = {"sokvag": "rapporter/varld.pdf", "sha256": "0" * 64, "storlek": 5, "klar": NU}
    fil, _ny = Arsfil.objects.get_or_create(sats=sats, rapport="ej-verkstallda", slag="pdf", defaults=klar)
    return {"arssats": sats.pk, "arsfil": fil.pk}


TILLAGG.append(arssats)
