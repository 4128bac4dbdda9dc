"""The house's tables: what every list on a page has in common (templates/komponenter/tabell.html)."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django_tables2.data import TableQuerysetData

from grund.text import TANKSTRECK, skillnad, tal

FLEST_PER_SIDA = 500


class Tabell(tables.Table):
    """A table that says what it is. The first column names the row; numbers are Talkolumn or Kronorkolumn.

    In its Meta: `caption`, `caption_dold` = only read aloud, `smal` = it fits a phone without scrolling, `kort` = on a
    phone each row is a card, with the column `huvud` (if any) beside its name. `caption` may also be given when the
    table is made.
    """

    class Meta:
        caption = ""
        caption_dold = False
        smal = False
        kort = False
        huvud = ""
        default = TANKSTRECK
        empty_text = "Det finns inget att visa här."

    def __init__(self, *args: Any, caption: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self.caption = caption or self.Meta.caption
        self.caption_dold = self.Meta.caption_dold
        self.smal, self.kort, self.huvud = self.Meta.smal, self.Meta.kort, self.Meta.huvud

    @property
    def order_by(self) -> Any:
        """What it is sorted by. Only its own columns are taken from an address, whatever else it says."""
        return self._order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        onskat = value.split(",") if isinstance(value, str) else value or ()
        kanda = [ett for ett in onskat if str(ett).removeprefix("-") in self.columns]
        tables.Table.order_by.fset(self, kanda)  # type: ignore[attr-defined]

    def paginate(
        self, paginator_class: Any = Paginator, per_page: int | None = None, page: Any = 1, *args: Any, **kwargs: Any
    ) -> None:
        """`per_page` may be any number that stands in an address; the nearest that makes a page is taken."""
        rader = None if per_page is None else min(max(per_page, 1), FLEST_PER_SIDA)
        super().paginate(paginator_class, rader, page, *args, **kwargs)  # type: ignore[no-untyped-call]


class Talkolumn(tables.Column):
    """Right-aligned numbers with the same decimals all the way down; the unit stands in the heading.

    `footer` may give a number, which is written in the same way.
    """

    decimaler = 0

    def __init__(self, *args: Any, decimaler: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {}).setdefault("cell", {"class": "tal"})
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self.decimaler = self.decimaler if decimaler is None else decimaler

    def render(self, value: Any) -> str:
        return tal(value, self.decimaler)

    def footer(self, bound_column: Any, table: Any) -> str:
        varde = super().footer(bound_column, table)  # type: ignore[no-untyped-call]
        if varde is None:
            return TANKSTRECK
        return self.render(varde) if isinstance(varde, int | Decimal) else str(varde)


class Kronorkolumn(Talkolumn):
    """Kronor and öre; "kr" stands in the heading."""

    decimaler = 2


class Beloppskolumn(Talkolumn):
    """Whole kronor; nothing is a dash."""

    def render(self, value: Any) -> str:
        return super().render(value) if value else TANKSTRECK


class Skillnadskolumn(Talkolumn):
    """Differences in whole kronor, with their sign; none is a dash."""

    def render(self, value: Any) -> str:
        return skillnad(value) if value else TANKSTRECK


class Sidvis(TableQuerysetData):
    """Rows that are read a page at a time: only keys are sorted, then the page's rows are read by key.

    Sorting whole rows of a large month takes several times as long. `antal` is how many rows there are.
    """

    def __init__(self, data: QuerySet[Any], antal: int) -> None:
        super().__init__(data)  # type: ignore[no-untyped-call]
        self._length = antal

    def __getitem__(self, key: Any) -> Any:
        nycklar = list(self.data.values_list("pk", flat=True)[key])
        rader = self.data.order_by().in_bulk(nycklar)
        return [rader[nyckel] for nyckel in nycklar]
