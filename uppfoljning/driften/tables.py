"""Tables of Driften."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grund.insyn.modeller import Langsamhet, Uppgiftsfel
from grund.tabeller import Tabell, Talkolumn
from grund.text import tal, tidpunkt_i_ord
from uppfoljning.driften.ord import uppgift_i_ord

_BRYTBAR = {"cell": {"class": "brytbar"}}


class Misslyckade(Tabell):
    """Failed tasks, the latest first."""

    namn = tables.Column("Uppgift")
    objekt = tables.Column("Gäller", attrs=_BRYTBAR)
    felklass = tables.Column("Fel", attrs=_BRYTBAR)
    senast = tables.Column("Senast")
    antal = Talkolumn("Gånger")
    lage = tables.Column("Läge", empty_values=())

    class Meta(Tabell.Meta):
        caption = "Misslyckade uppgifter"
        caption_dold = True
        kort = True
        huvud = "lage"
        orderable = False
        empty_text = "Ingen uppgift har misslyckats."

    def render_namn(self, record: Uppgiftsfel) -> SafeString:
        adress = reverse("uppfoljning:misslyckad", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, uppgift_i_ord(record.namn))

    def render_felklass(self, value: str) -> str:
        return value.rpartition(".")[2]

    def render_senast(self, value: datetime) -> str:
        return tidpunkt_i_ord(value)

    def render_lage(self, record: Uppgiftsfel) -> SafeString:
        klass, text = lage(record)
        return format_html('<span class="badge badge--{}-inverted">{}</span>', klass, text)


def lage(felet: Uppgiftsfel) -> tuple[str, str]:
    """The badge of a failed task."""
    if felet.kvitterad:
        return "default", "Kvitterad"
    return ("success", "Löst av sig självt") if felet.lost else ("error", "Ej kvitterad")


class Sekunder(tables.Column):
    """Seconds as `0,24 s` or `12 s`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"cell": {"class": "tal"}})
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

    def render(self, value: float) -> str:
        return sekunder_i_ord(value)


def sekunder_i_ord(sekunder: float) -> str:
    """`0,24 s`, `12 s`."""
    return f"{tal(Decimal(sekunder), 2 if sekunder < 10 else 0)}\u00a0s"


class _Langsamt(Tabell):
    plats = tables.Column("Sida eller uppgift", attrs=_BRYTBAR)
    antal = Talkolumn("Gånger")
    varsta = Sekunder("Längst")
    medel = Sekunder("I snitt", accessor="pk")
    totalt = Sekunder("Totalt")
    senast = tables.Column("Senast")

    class Meta(Tabell.Meta):
        caption_dold = True
        kort = True
        orderable = False

    def render_medel(self, record: Langsamhet) -> str:
        return sekunder_i_ord(record.totalt / max(record.antal, 1))

    def render_senast(self, value: datetime) -> str:
        return tidpunkt_i_ord(value)


class Fragor(_Langsamt):
    """Slow questions to the database."""

    text = tables.Column("Fråga")

    class Meta(_Langsamt.Meta):
        caption = "Långsamma frågor till databasen"
        sequence = ("plats", "antal", "varsta", "medel", "totalt", "senast", "text")
        empty_text = "Ingen fråga har varit långsam."

    def render_text(self, value: str) -> SafeString:
        kort = value if len(value) <= 80 else f"{value[:80]}…"
        return format_html(
            '<details class="mer"><summary>{}</summary><code class="brytbar">{}</code></details>', kort, value
        )


class Sidor(_Langsamt):
    """Slow pages and tasks."""

    class Meta(_Langsamt.Meta):
        caption = "Långsamma sidor och uppgifter"
        empty_text = "Ingen sida och ingen uppgift har varit långsam."
