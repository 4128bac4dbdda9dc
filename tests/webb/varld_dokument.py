"""What documents to the nämnd add to the world: a mall, and a draft with figures, an attachment and no signature."""

from datetime import UTC, date, datetime

from grund.behorighet import Roll
from tests.webb.varld import TILLAGG, Varld, Vems
from tests.webb.varld_rapport import pdf
from uppfoljning.dokument.actions import infoga_siffror, lagg_till_bilaga, skapa_dokument
from uppfoljning.dokument.filer import bilaga
from uppfoljning.dokument.innehall import Innehall, Mall
from uppfoljning.dokument.mallar import skapa_mall
from uppfoljning.dokument.ordningar import ORDNINGAR
from uppfoljning.models import Dokument, Dokumentbilaga, Mallversion
from uppfoljning.rapport.innehall import Del, Rapport

NU = datetime(2026, 6, 3, 12, 2, tzinfo=UTC)
INNEHALL = Innehall(
    "Redovisning",
    "SN 2026/0148",
    date(2026, 6, 3),
    date(2026, 6, 16),
    "Klara Lind",
    "controller",
    "",
    "",
    "",
)
RAPPORT = Rapport("Ej verkställda beslut", date(2026, 3, 31), (), (Del("laget", "Läget", ("Tolv.",)),), (), ())


def mall(**annat: object) -> Mall:
    """A mall with the recommended order."""
    rubriker = ORDNINGAR["rekommenderad"].rubriker
    falt = {"dokumentslag": "tjänsteutlåtande", "kommun": "Ekstads kommun", "rubriker": rubriker}
    return Mall(**falt | {"forvaltning": "Socialförvaltningen", "namnd": "Socialnämnden"} | annat)  # type: ignore[arg-type]


def dokument(varld: Varld, vems: Vems) -> dict[str, int | str]:
    """The same for all: it is nobody's."""
    if vems is not Vems.EGEN:
        return {"dokument": 999_999, "dokumentbilaga": 999_999, "dokumentmall": 999_999, "mallversion": 999_999}
    klara = varld.anvandare[Roll.CONTROLLER]
    if not Dokument.objects.exists():
        version = skapa_mall(namn="Mall", innehall=mall(), logotyp=b"", av=klara, nu=NU)
        ett = skapa_dokument(mallversion=version, innehall=INNEHALL, av=klara, nu=NU)
        infoga_siffror(
            dokument=ett,
            rapportnyckel="ej-verkstallda",
            urval="kvartal=2026-K1",
            rapport=RAPPORT,
            delar=("laget",),
            rubrik="arendet",
            av=klara,
            nu=NU,
        )
        lagg_till_bilaga(dokument=ett, titel="Karta", fil=bilaga(pdf()), av=klara, nu=NU)
    version = Mallversion.objects.get()
    return {
        "dokument": Dokument.objects.get().pk,
        "dokumentbilaga": Dokumentbilaga.objects.get().pk,
        "dokumentmall": version.mall_id,
        "mallversion": version.pk,
    }


TILLAGG.append(dokument)
