"""Omsorg AB with months that are run here and now, and three who may deal with justeringar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ersattning import intyg, justeringar
from ersattning.justeringar import Uppgifter
from ersattning.models import Ersattningsrad, Justering
from ersattning.regler import Justeringsslag
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import Manad
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.rapportering.conftest import PAKET
from tests.webb.varld_rapport import pdf
from utforare.models import Enhet, Utforare, Verkstallighet

NU = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
APRIL, MAJ, JUNI = Manad(2026, 4), Manad(2026, 5), Manad(2026, 6)
# V3 is there in April, so that it has rows; V2 as PAKET says.
NARVARO = PAKET["narvaro"] + "V3;2026-04-14;N;;;\n"


@dataclass
class Hus:
    """Who may do what, and short ways to do it."""

    eva: Anvandare  # avtalssamordnare: proposes
    klara: Anvandare  # controller: proposes and approves
    gustav: Anvandare  # gruppchef: approves
    mapp: Path

    def uppgifter(self, **kwargs: Any) -> Uppgifter:
        falt: dict[str, Any] = {
            "utforare": Utforare.objects.get(nyckel="U1"),
            "insats": "LSS-10",
            "slag": Justeringsslag.VITE,
            "belopp": Decimal("10000.50"),
            "manad": MAJ,
            "motiv": "Rapporten kom fyra veckor för sent, avtalet punkt 12.",
        }
        return Uppgifter(**falt | kwargs)

    def foresla(self, av: Anvandare | None = None, **kwargs: Any) -> Justering:
        return justeringar.foresla(
            uppgifter=self.uppgifter(**kwargs), bilaga=intyg.granska(pdf()), av=av or self.eva, nu=NU
        )

    def godkand(self, **kwargs: Any) -> Justering:
        return justeringar.godkann(justering=self.foresla(**kwargs), av=self.gustav, nu=NU)

    def verk(self, nyckel: str) -> Verkstallighet:
        return Verkstallighet.objects.select_related("beslut__person", "enhet__utforare").get(nyckel=nyckel)

    def enhet(self, nyckel: str) -> Enhet:
        return Enhet.objects.get(nyckel=nyckel)


def rader(manad: str) -> list[tuple[str, date, str, str, Decimal]]:
    """The justeringar of a körning: number, month that they are for, artikel, verkställighet, belopp."""
    alla = Ersattningsrad.objects.filter(typ="justering", korning__manad=Manad.las(manad).fran).order_by("pk")
    return [(r.underlag, r.avser_manad, r.artikel, r.verkstallighet_nyckel, r.belopp) for r in alla]


@pytest.fixture
def hus(db: None, tmp_path: Path, settings: Any) -> Hus:
    settings.INTYG_DIR = tmp_path / "intyg"
    settings.FILER_DIR = tmp_path / "filer"
    direkt.las_in(skriv(tmp_path / "paket", PAKET | {"narvaro": NARVARO}))

    def anvandare(namn: str, roll: Roll) -> Anvandare:
        return Anvandare.objects.create_user(namn, first_name=namn.capitalize(), roller=[roll])

    return Hus(
        anvandare("eva", Roll.AVTALSSAMORDNARE),
        anvandare("klara", Roll.CONTROLLER),
        anvandare("gustav", Roll.GRUPPCHEF),
        tmp_path,
    )
