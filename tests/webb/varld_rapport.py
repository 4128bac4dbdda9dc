"""What the utförare's reporting adds to the world: a planned visit and a claim for arbetsbonus for each person."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pikepdf

from ersattning import intyg
from ersattning.models import Bonusansokan
from grund.models import Anvandare
from tests.webb.varld import TILLAGG, Varld, Vems
from utforare.models import PlaneratBesok, Verkstallighet


def pdf() -> bytes:
    """A PDF with an empty page."""
    ut = io.BytesIO()
    with pikepdf.new() as dokument:
        dokument.add_blank_page()
        dokument.save(ut, static_id=True)
    return ut.getvalue()


def rapport(_: Varld, vems: Vems) -> dict[str, int]:
    """The planned visit's key is a number, so that it can stand among the primary keys."""
    if vems is Vems.INGENS:
        return {"besok": 999_999, "bonusansokan": 999_999}
    verk = Verkstallighet.objects.get(nyckel=f"V-{vems.upper()}")
    besok = PlaneratBesok.objects.create(
        nyckel=str(900_000 + verk.pk),
        verkstallighet=verk,
        start=datetime(2026, 5, 5, 8, tzinfo=UTC),
        slut=datetime(2026, 5, 5, 9, tzinfo=UTC),
    )
    sokvag, sha256 = intyg.spara(intyg.granska(pdf()))
    ansokan = Bonusansokan.objects.create(
        person_id=verk.beslut.person_id,
        enhet=verk.enhet,
        verkstallighet_nyckel=verk.nyckel,
        arbetsgivare="Bageriet",
        fran=date(2026, 5, 4),
        sysselsattningsgrad=Decimal(50),
        anstallningsform="visstid",
        av=Anvandare.objects.order_by("pk")[0],
        tidpunkt=datetime(2026, 5, 5, 8, tzinfo=UTC),
        sokvag=sokvag,
        sha256=sha256,
        storlek=len(pdf()),
    )
    return {"besok": int(besok.nyckel), "bonusansokan": ansokan.pk}


TILLAGG.append(rapport)
