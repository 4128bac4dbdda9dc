"""The log of who has opened whose data (SoLPUL 10 §)."""

from collections.abc import Iterable

from beslut.models import Lasning
from grund.models import Anvandare


def anteckna_lasning(
    *, personer: Iterable[int], av: Anvandare, sida: str, utanfor_uppdrag: bool = False, motiv: str = ""
) -> None:
    """Note that `av` is shown data of `personer` (primary keys) on `sida`, which is named in Swedish, such as "akt"."""
    Lasning.objects.bulk_create(
        [
            Lasning(anvandare=av, person_id=pk, sida=sida, utanfor_uppdrag=utanfor_uppdrag, motiv=motiv)
            for pk in dict.fromkeys(personer)
        ]
    )
