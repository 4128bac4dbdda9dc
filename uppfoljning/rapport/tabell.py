"""A report's table on a page: sorted and paged like every list."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django_tables2.data import TableListData

from grund.arbetsbok import Kolumn
from grund.tabeller import Tabell as Sidtabell
from uppfoljning.rapport.innehall import TEXTER, TIDER, Rad, Tabell, Varde, som_text

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


class _Rader(TableListData):
    """A table's rows as the page takes them, made as they are shown: of a hundred thousand it asks for twenty."""

    def __init__(self, tabell: Tabell) -> None:
        super().__init__(tabell.rader)  # type: ignore[no-untyped-call]
        self._platser = tabell.visade

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._post, self.data)

    def __getitem__(self, key: Any) -> Any:
        return list(map(self._post, self.data[key])) if isinstance(key, slice) else self._post(self.data[key])

    def order_by(self, aliases: Any) -> None:
        """By columns, the first of them first."""
        if not aliases:
            return
        rader = list(self.data)
        for ett in reversed(aliases):
            plats = int(ett.removeprefix("-").removeprefix("k"))
            rader.sort(key=partial(_ordning, plats=plats), reverse=ett.startswith("-"))
        self.data = rader

    def _post(self, rad: Rad) -> dict[str, Any]:
        return {f"k{plats}": rad.celler[plats] for plats in self._platser} | {"adress": rad.adress}


def _ordning(rad: Rad, *, plats: int) -> tuple[int, Any]:
    """By one column: nothing comes first, then numbers, days and words, as it may have several kinds."""
    varde = rad.celler[plats]
    if varde is None:
        return 0, 0
    if isinstance(varde, int | Decimal):
        return 1, varde
    return (2 if isinstance(varde, date) else 3), varde


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
        super().__init__(
            _Rader(tabell),
            extra_columns=kolumner,
            caption=tabell.rubrik,
            prefix=f"{tabell.nyckel}-",
            empty_text=tabell.tom,
            orderable=tabell.enskilda,
        )
        self.nyckel, self.noter, self.bred = tabell.nyckel, tabell.noter, len(platser) > _SMAL
        self.smal, self.kort = not self.bred, self.bred
