"""Files that have been taken in, and the rows of one."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grund.giltighet import DECIMALER
from grund.tabeller import Tabell, Talkolumn
from grund.text import TANKSTRECK, tal, tidpunkt_i_ord
from uppfoljning.models import Uppgiftsfil


class Filtabell(Tabell):
    """What has been taken in of a kind. `gallande`: the primary keys of those that hold."""

    filnamn = tables.Column("Fil", orderable=False)
    period = tables.Column("Period", orderable=False)
    version = Talkolumn(verbose_name="Version", orderable=False)
    antal = Talkolumn(verbose_name="Rader", orderable=False)
    kalla = tables.Column("Källa", orderable=False)
    inlast = tables.Column("Inläst", orderable=False)
    galler = tables.Column("Gäller", accessor="pk", orderable=False)

    class Meta(Tabell.Meta):
        caption = "Inlästa filer"
        kort = True
        huvud = "period"
        empty_text = "Ingen fil är inläst."

    def __init__(self, *args: Any, gallande: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gallande = gallande

    def render_filnamn(self, value: str, record: Uppgiftsfil) -> SafeString:
        return format_html(
            '<a class="anchor" href="{}">{}</a>', reverse("uppfoljning:uppgiftsfil", args=[record.pk]), value
        )

    def render_inlast(self, value: Any, record: Uppgiftsfil) -> str:
        vem = f" av {record.inlast_av.get_username()}" if record.inlast_av else ""
        return f"{tidpunkt_i_ord(value)}{vem}"

    def render_galler(self, value: int) -> str:
        return "Ja" if value in self.gallande else "Ersatt"


def som_text(varde: Any) -> str:
    """A value of a row, for people."""
    if varde is None or varde == "":
        return TANKSTRECK
    if isinstance(varde, bool):
        return "ja" if varde else "nej"
    if isinstance(varde, list):
        return ", ".join(varde)
    if isinstance(varde, str) or hasattr(varde, "isoformat") or hasattr(varde, "_meta"):
        return str(varde)
    return tal(varde, DECIMALER, minst=0)
