"""A key, a kravlista, and a follow-up of each person's enhet with a brist."""

from datetime import date

from tests.uppfoljning.avtal import IDAG, NU, kravlista, nyckel, uppfoljning
from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.avtalsatgarder import Bristforslag, registrera_brist
from uppfoljning.models import Bemanningsnyckel, Kravlista
from uppfoljning.rapporter.avtalsuppfoljning.regler import Uppfyllt
from utforare.models import Enhet


def avtalsuppfoljning(varld: Varld, vems: Vems) -> dict[str, int]:
    """{bemanningsnyckel}, {kravlista}, {avtalsuppfoljning} and {brist}."""
    if vems is Vems.INGENS:
        return dict.fromkeys(("bemanningsnyckel", "kravlista", "avtalsuppfoljning", "brist"), 999_999)
    enhet = Enhet.objects.get(pk=varld.ids[vems]["enhet"])
    lista = Kravlista.objects.first() or kravlista()
    ett = uppfoljning(enhet, lista, Uppfyllt.UPPFYLLT, Uppfyllt.EJ)
    forslag = Bristforslag(enhet, ett, lista.krav.last(), ett.datum, "Saknas.", "Skriv dem.", date(2026, 4, 1))
    brist = registrera_brist(forslag=forslag, av=None, idag=IDAG, nu=NU)
    return {
        "bemanningsnyckel": (Bemanningsnyckel.objects.first() or nyckel()).pk,
        "kravlista": lista.pk,
        "avtalsuppfoljning": ett.pk,
        "brist": brist.pk,
    }


TILLAGG.append(avtalsuppfoljning)
