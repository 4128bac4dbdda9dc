"""An invoice that names a justering's number is matched to its row, and pays it once."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from demokommun.fakturaxml import Radspec, skriv
from ersattning import intyg, justeringar
from ersattning.fakturamottagning import Inkommen, ta_emot
from ersattning.justeringar import Uppgifter
from ersattning.justeringsrader import lagg_till
from ersattning.models import Ersattningsrad, Fakturarad, Korning
from ersattning.regler import Justeringsslag
from grund.behorighet import Roll
from grund.models import Anvandare
from tests.faktura.hus import lagg_upp_eken, spec
from tests.filer import fabrik
from tests.filer.fabrik import MAJ
from tests.webb.varld_rapport import pdf
from utforare.models import Verkstallighet

NU = datetime(2026, 6, 9, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_an_invoice_line_with_the_number_takes_the_row(tmp_path: Any, settings: Any) -> None:
    settings.INTYG_DIR = tmp_path
    eken = lagg_upp_eken()
    korning: Korning = fabrik.korning(MAJ)
    eva, klara = (Anvandare.objects.create_user(namn, roller=[Roll.CONTROLLER]) for namn in ("eva", "klara"))
    vad = Uppgifter(eken, "LSS-10", Justeringsslag.TILLAGG, Decimal("1250.50"), MAJ, "Enligt överenskommelse.")
    ett = justeringar.foresla(uppgifter=vad, bilaga=intyg.granska(pdf()), av=eva, nu=NU)
    justeringar.godkann(justering=ett, av=klara, nu=NU)
    lagg_till(korning)
    fabrik.faststall(korning)
    rad = Ersattningsrad.objects.get(justering=ett)
    egen = Radspec(ett.nyckel, "Tillägg", Decimal(1), "EA", Decimal("1250.50"), MAJ.fran, MAJ.sista)
    for nummer in ("1001", "1002"):
        faktura = replace(spec(korning, eken, nummer), rader=[egen])
        ta_emot(filer=[Inkommen(f"{nummer}.xml", skriv(faktura).encode())], av=klara, nu=NU)
    rader = Fakturarad.objects.order_by("faktura__nummer")
    assert [str(ett.provning.status) for ett in rader] == ["stammer", "dubblett"]
    assert [ett.rad_id for ett in rader[0].tackningar.all()] == [rad.pk]


@pytest.mark.django_db
def test_one_that_is_about_a_person_goes_by_its_number_too(tmp_path: Any, settings: Any) -> None:
    settings.INTYG_DIR = tmp_path
    eken = lagg_upp_eken()
    korning: Korning = fabrik.korning(MAJ)
    verk = Verkstallighet.objects.select_related("beslut__person", "enhet").get(nyckel="V-1")
    fabrik.rad(korning, verk, "20", "1164.00", artikel="narvaro", enhet_for_antal="dag", niva="3")
    eva, klara = (Anvandare.objects.create_user(namn, roller=[Roll.CONTROLLER]) for namn in ("eva", "klara"))
    vad = Uppgifter(eken, "LSS-10", Justeringsslag.TILLAGG, Decimal(700), MAJ, "Extra resor.", verkstallighet=verk)
    ett = justeringar.foresla(uppgifter=vad, bilaga=intyg.granska(pdf()), av=eva, nu=NU)
    justeringar.godkann(justering=ett, av=klara, nu=NU)
    lagg_till(korning)
    vanliga = spec(korning, eken).rader[:1]
    fabrik.faststall(korning)
    egen = Radspec(ett.nyckel, "Tillägg", Decimal(1), "EA", Decimal(700), MAJ.fran, MAJ.sista)
    faktura = replace(spec(korning, eken), rader=[egen, *vanliga])
    ta_emot(filer=[Inkommen("1001.xml", skriv(faktura).encode())], av=klara, nu=NU)
    rader = Fakturarad.objects.order_by("pk")
    assert [(rad.belopp, str(rad.provning.status)) for rad in rader] == [(700, "stammer"), (23280, "stammer")]
    assert list(rader[0].tackningar.values_list("rad__justering", flat=True)) == [ett.pk]
