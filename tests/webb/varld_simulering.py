"""What the pages of simuleringar add to the world of the tests of access: one that is calculated."""

from ersattning.models import Simulering
from tests.simulering.hjalp import simulera
from tests.webb.varld import TILLAGG, Varld, Vems


def _simulering(varld: Varld, vems: Vems) -> dict[str, int]:
    del varld
    if vems is Vems.INGENS:
        return {"simulering": 999_999}
    finns = Simulering.objects.filter(prognos_fran=None).first()
    finns = finns or simulera("2026-05", "2026-05", ("Dyrare", {"upprakning": "3"}))
    return {"simulering": finns.pk}


TILLAGG.append(_simulering)
