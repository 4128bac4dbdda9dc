"""What payment adds to the world of the tests of access: a row of the konteringsmall."""

from ersattning.models import Kontering
from tests.utbetalning.mall import kontering
from tests.webb.varld import TILLAGG, Varld, Vems


def _kontering(varld: Varld, vems: Vems) -> dict[str, int]:
    del varld
    if vems is Vems.INGENS:
        return {"kontering": 999_999}
    return {"kontering": (Kontering.objects.first() or kontering()).pk}


TILLAGG.append(_kontering)
