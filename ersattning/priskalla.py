"""What a price list prices, for those upstream who order: they know the list, the prices are here (ADR 0008)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from ersattning.models import Pris
from ersattning.regler import Prisenhet
from utforare.bestallningsregler import Priscell
from utforare.regler import Modell

ENHET = {
    Modell.DYGN: Prisenhet.DYGN,
    Modell.NARVARO: Prisenhet.DAG,
    Modell.MANAD: Prisenhet.MANAD,
    Modell.UTFORD_TID: Prisenhet.TIMME,
    Modell.BESTALLD_TID: Prisenhet.TIMME,
}


def celler(onskade: Collection[tuple[int, str]], insats: str, dag: date) -> dict[tuple[int, str], tuple[Priscell, ...]]:
    """For each (prislista, modell): the cells that hold on the day (R4). Only visits have time bands. One query."""
    rader = Pris.objects.filter(prislista__in={lista for lista, _ in onskade}, insats=insats, period__contains=dag)
    per_lista: dict[tuple[int, str], list[tuple[str, Priscell]]] = defaultdict(list)
    for lista, enhet, niva, omfattning, band in rader.values_list(
        "prislista", "enhet", "niva", "omfattning", "tidsband"
    ):
        per_lista[lista, enhet].append((band, Priscell(niva, omfattning)))
    return {
        (lista, modell): tuple(
            dict.fromkeys(
                cell
                for band, cell in per_lista[lista, ENHET[Modell(modell)]]
                if not band or modell == Modell.UTFORD_TID
            )
        )
        for lista, modell in onskade
    }
