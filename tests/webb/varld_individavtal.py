"""What the pages of individavtal add to the world of the tests of access: a person's own avtal."""

from datetime import date

from ersattning.models import Individavtalsmotiv
from grund.behorighet import Roll
from tests.webb.varld import TILLAGG, Varld, Vems
from utforare.models import Avtal, Prislista, Utforare


def _individavtal(varld: Varld, vems: Vems) -> dict[str, int]:
    if vems is Vems.INGENS:
        return {"individavtal": 999_999}
    utforare = Utforare.objects.get(nyckel="U-ANNAN" if vems is Vems.ANNANS else "U-EGEN")
    avtal, nytt = Avtal.objects.get_or_create(
        nyckel=f"AI-{vems}",
        defaults={
            "utforare": utforare,
            "insats": "LSS-10",
            "avtalsform": "individavtal",
            "person_id": int(varld.ids[vems]["person"]),
            "prislista": Prislista.objects.get(nyckel="PL"),
            "modell": "narvaro",
            "fran": date(2026, 1, 1),
            "till": date(2027, 1, 1),
        },
    )
    if nytt:
        av = varld.anvandare[Roll.AVTALSSAMORDNARE]
        Individavtalsmotiv.objects.create(avtal=avtal, motiv="Extra personal.", av=av, dag=date(2026, 1, 1))
    return {"individavtal": avtal.pk}


TILLAGG.append(_individavtal)
