"""A report's table on a page: sorted and paged like every list."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html

from grund.arbetsbok import Kolumn
from grund.tabeller import Tabell as Sidtabell
from uppfoljning.rapport.innehall import TEXTER, TIDER, Tabell, Varde, som_text

_SMAL = 3  # columns of a table that may stand beside another


class _Kolumn(tables.Column):
    """A column of any kind; numbers stand to the right. The first leads to what the row was counted from."""

    def __init__(self, kolumn: Kolumn, *, forst: bool, summa: Varde) -> None:
        cell = {} if kolumn.slag in TEXTER | TIDER else {"class": "tal"}
        sist = som_text(summa, kolumn.slag) if summa is not None else None
        super().__init__(kolumn.rubrik, attrs={"cell": cell}, footer=sist)  # type: ignore[no-untyped-call]
        self._slag, self._forst = kolumn.slag, forst

    def render(self, value: Varde, record: dict[str, Any]) -> str:  # type: ignore[override]  # it reads the names
        text = som_text(value, self._slag)
        if self._forst and record["adress"]:
            return format_html('<a class="anchor" href="{}">{}</a>', record["adress"], text)
        return text


class Rapporttabell(Sidtabell):
    """`tabell` as the house draws tables. Its fields in the address begin with its own key."""

    class Meta(Sidtabell.Meta):
        kort = True

    def __init__(self, tabell: Tabell) -> None:
        platser = tabell.visade
        summor = tabell.summa.celler if tabell.summa else (None,) * len(tabell.kolumner)
        kolumner = [
            (f"k{plats}", _Kolumn(tabell.kolumner[plats], forst=not nummer, summa=summor[plats]))
            for nummer, plats in enumerate(platser)
        ]
        rader = [{f"k{plats}": rad.celler[plats] for plats in platser} | {"adress": rad.adress} for rad in tabell.rader]
        super().__init__(
            rader,
            extra_columns=kolumner,
            caption=tabell.rubrik,
            prefix=f"{tabell.nyckel}-",
            empty_text=tabell.tom,
            orderable=tabell.enskilda,
        )
        self.nyckel, self.noter, self.bred = tabell.nyckel, tabell.noter, len(platser) > _SMAL
        self.smal, self.kort = not self.bred, self.bred
