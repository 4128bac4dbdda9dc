"""Swedish order in the database: a–z, then å, ä, ö, whatever locale it was made with. The same as grund.text says."""

from django.db.models import F, Func, Value
from django.db.models.functions import Collate, Lower

from grund.text import EFTER_Z


def pa_svenska(*falt: str) -> list[Collate]:
    """For order_by: these text columns by the Swedish alphabet, capitals as small letters."""
    fran, till = "".join(map(chr, EFTER_Z)), "".join(EFTER_Z.values())
    return [Collate(Func(Lower(F(namn)), Value(fran), Value(till), function="translate"), "C") for namn in falt]
