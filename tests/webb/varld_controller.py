"""What the controller's pages add to the world of the tests of access: a price."""

from ersattning.models import Pris
from tests.webb.varld import TILLAGG, Varld, Vems


def _pris(varld: Varld, vems: Vems) -> dict[str, int]:
    del varld
    forsta = Pris.objects.order_by("pk").first()
    return {"pris": 999_999 if vems is Vems.INGENS or forsta is None else forsta.pk}


TILLAGG.append(_pris)
