"""Tables of events."""

from collections.abc import Mapping, Sequence
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from grund.historik import Skillnad
from grund.models import Handelse
from grund.tabeller import Tabell
from grund.text import tidpunkt_i_ord
from uppfoljning.handelser.ord import slag_i_ord
from uppfoljning.handelser.queries import uppgifter

SYSTEMET = "Systemet"


class Handelsetabell(Tabell):
    """What was done, the latest first."""

    tidpunkt = tables.Column("När")
    av = tables.Column("Vem", empty_values=())
    text = tables.Column("Vad")
    objekt = tables.Column("Gäller")

    class Meta(Tabell.Meta):
        caption = "Händelser, de senaste först"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingenting har hänt som stämmer med urvalet."

    def __init__(self, *args: Any, skillnader: Mapping[int, Sequence[Skillnad]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skillnader = skillnader or {}

    def render_tidpunkt(self, record: Handelse) -> str:
        return tidpunkt_i_ord(record.tidpunkt)

    def render_av(self, record: Handelse) -> str:
        return (record.av.get_full_name() or record.av.get_username()) if record.av else SYSTEMET

    def render_text(self, record: Handelse) -> SafeString:
        rader = [uppgifter(record), *(f"{ett.nyckel}: {ett.text}" for ett in self.skillnader.get(record.pk, []))]
        under = format_html_join("", '<br><span class="liten tyst brytbar">{}</span>', ((r,) for r in rader if r))
        return format_html('<span class="brytbar">{}</span>{}', record.text, under)

    def render_objekt(self, record: Handelse) -> SafeString:
        slag, _, nyckel = record.objekt.partition(":")
        vy, delar = ("uppfoljning:objekt", [slag, nyckel]) if nyckel else ("uppfoljning:slag", [slag])
        adress = reverse(vy, args=delar)
        return format_html('<a class="anchor" href="{}">{} {}</a>', adress, slag_i_ord(slag), nyckel)


class Objektstabell(Handelsetabell):
    """The events of one thing."""

    class Meta(Handelsetabell.Meta):
        exclude = ("objekt",)
        empty_text = "Ingenting har hänt med det sedan det lades in."
