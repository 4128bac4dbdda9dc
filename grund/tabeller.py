"""The house's tables: what every list on a page has in common (templates/komponenter/tabell.html)."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables

from grund.text import tal


class Tabell(tables.Table):
    """A table that says what it is. The first column names the row; numbers are Talkolumn or Kronorkolumn.

    `rubrik` is its caption, shown when `rubrik_syns` and always read aloud. `smal` = fits a phone without scrolling.
    """

    rubrik = ""
    rubrik_syns = False
    smal = False

    class Meta:
        attrs = {"class": "table tabell"}  # noqa: RUF012 – django-tables2's way
        empty_text = "Det finns inget att visa här."

    def __init__(self, *args: Any, rubrik: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubrik = rubrik or self.rubrik


class Talkolumn(tables.Column):
    """Right-aligned numbers with the same decimals all the way down; the unit stands in the heading.

    `footer` may give a number, which is written in the same way.
    """

    decimaler = 0

    def __init__(self, *args: Any, decimaler: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {}).setdefault("cell", {"class": "tal"})
        kwargs.setdefault("default", "–")
        super().__init__(*args, **kwargs)
        self.decimaler = self.decimaler if decimaler is None else decimaler

    def render(self, value: Any) -> str:
        return tal(value, self.decimaler) if isinstance(value, int | Decimal) else str(value)

    def footer(self, bound_column: Any, table: Any) -> str:
        return self.render(super().footer(bound_column, table))


class Kronorkolumn(Talkolumn):
    """Kronor and öre; "kr" stands in the heading."""

    decimaler = 2
