"""A municipality with one utförare of daglig verksamhet, and three who got a job; eva decides, klara runs the months.

Anna (P1) got a job in time; Bo (P2) too early, and has his daglig verksamhet still; P3 is protected.
Today is Monday 6 April 2026, and no month is settled.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ersattning import actions, bonusansokningar
from ersattning.bonusansokningar import Uppgifter
from ersattning.intyg import granska
from ersattning.models import Bonusansokan, Korning
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from grund.tid import Manad
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.webb.varld_rapport import pdf
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Enhet, Verkstallighet

IDAG = date(2026, 4, 6)
NU = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
JOBB, BOS = date(2025, 9, 1), date(2026, 3, 2)
PAKET = {
    "utforare": "utforare_id;namn;organisationsnummer;regi\nU1;Omsorg AB;5566002373;privat\n",
    "enheter": "enhet_id;utforare_id;namn\nDV;U1;Snickeriet\n",
    "prislistor": "prislista_id;namn\nPL;Priser\n",
    "priser": """\
prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till
PL;LSS-10;1;heltid;;dag;679;2024-01-01;
""",
    "avtal": """\
avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till
A1;U1;LSS-10;lov;;PL;narvaro;2024-01-01;
""",
    "personer": """\
person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden
P1;199002029818;Anna;Ek;1;nej;
P2;199003039824;Bo;Gran;1;nej;
P3;198501019809;Hemlig;Person;1;ja;
""",
    "beslut": """\
beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet
B1;P1;LSS-10;LSS;bifall;2024-12-01;2025-01-07;;;
B2;P2;LSS-10;LSS;bifall;2025-11-01;2025-12-01;;;
B3;P3;LSS-10;LSS;bifall;2024-12-01;2025-01-07;;;
""",
    "verkstalligheter": """\
verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak
V1;B1;DV;2024-12-01;heltid;2025-01-07;2025-08-31;arbete
V2;B2;DV;2025-11-01;heltid;2025-12-01;;
V3;B3;DV;2024-12-01;heltid;2025-01-07;2025-08-31;arbete
""",
    "nivabedomningar": """\
nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand
N1;P1;LSS-10;1;2025-01-07;godkand;Karin;Gunnel;2025-01-08
""",
    "narvaro": "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n"
    + "".join(f"V1;2025-08-{dag:02};N;;;\n" for dag in range(25, 30)),
    "bonusregler": """\
regel_id;belopp;tidigast_manader;senast_manader;kvalificering_manader;andel_vid_start;anstallningsformer;minst_sysselsattningsgrad;arstak;fran;till
R30;30000;6;12;6;0.5;tillsvidare,visstid;50;200000;2024-01-01;
""",
}


@dataclass
class Kommun:
    """Those who work there, and short ways to do things."""

    eva: Anvandare
    klara: Anvandare
    gustav: Anvandare
    ulla: Anvandare
    mapp: Path
    antal: int = 0

    def ansok(self, verk: str = "V1", fran: date = JOBB, form: str = "tillsvidare", grad: int = 75) -> Bonusansokan:
        return bonusansokningar.ansok(
            verk=Verkstallighet.objects.select_related("beslut__person", "enhet").get(nyckel=verk),
            uppgifter=Uppgifter("Bageriet", fran, Decimal(grad), form),
            intyg=granska(pdf()),
            av=self.ulla,
            idag=IDAG,
            nu=NU,
        )

    def las_in(self, **filer: str) -> None:
        self.antal += 1
        las_in(skriv(self.mapp / f"paket-{self.antal}", filer), av=None)

    def kor(self, manad: str) -> Korning:
        return direkt.kor(manad)

    def faststall(self, manad: str) -> None:
        self.kor(manad)
        self.avsluta(manad)

    def avsluta(self, manad: str) -> None:
        """Review and settle what is calculated."""
        ett = Manad.las(manad)
        actions.granska_manad(manad=ett, av=self.klara, nu=NU, utan_underlag=True)
        actions.faststall_manad(manad=ett, av=self.gustav, nu=NU, utan_underlag=True)


@pytest.fixture
def kommun(tmp_path: Path, db: None, settings: object) -> Kommun:
    settings.INTYG_DIR = tmp_path / "intyg"  # type: ignore[attr-defined]
    return bygg(tmp_path)


def bygg(mapp: Path) -> Kommun:
    las_in(skriv(mapp / "paket", PAKET), av=None)
    roller = {"eva": Roll.AVTALSSAMORDNARE, "klara": Roll.CONTROLLER, "gustav": Roll.GRUPPCHEF, "ulla": Roll.UTFORARE}
    vilka = {namn: Anvandare.objects.create_user(namn, roller=[roll]) for namn, roll in roller.items()}
    satt_enheter(anvandare=vilka["ulla"], enheter=list(Enhet.objects.all()), av=None)
    return Kommun(**vilka, mapp=mapp)
