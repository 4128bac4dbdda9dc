"""The tables of the reports' pages."""

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ersattning.models import Korning
from ersattning.tables import lagesmarke
from grund.tabeller import Tabell
from grund.text import antal_ord, manad_i_ord, stor_forsta
from grund.tid import Manad
from uppfoljning.ursprung import steg_i_ord


class Rapporttabell(Tabell):
    """The months that there is something to tell the nämnd of, newest first."""

    manad = tables.Column("Månad")
    status = tables.Column("Läge")
    omgang = tables.Column("Omgång")
    steg = tables.Column("Bygger på", accessor="pk")
    rapport = tables.Column("Rapport", accessor="manad")

    class Meta(Tabell.Meta):
        caption = "Månader att redovisa"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingen månad är beräknad än. När en månad är körd går det att göra ett tjänsteutlåtande om den."

    def __init__(self, *args: Any, gjorda: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gjorda = gjorda

    def render_manad(self, record: Korning) -> str:
        return stor_forsta(manad_i_ord(record.manad))

    def render_status(self, record: Korning) -> SafeString:
        return lagesmarke(record.status)

    def render_steg(self, record: Korning) -> SafeString:
        return format_html_join("", '<span class="liten rad">{}</span>', ((steg,) for steg in steg_i_ord(record)))

    def render_rapport(self, record: Korning) -> SafeString:
        adress = reverse("uppfoljning:tjansteutlatande", args=[Manad.av(record.manad)])
        dolt = format_html('<span class="sr-only"> om {}</span>', manad_i_ord(record.manad))
        lank = format_html('<a class="anchor" href="{}">Tjänsteutlåtande{}</a>', adress, dolt)
        antal = self.gjorda.get(str(Manad.av(record.manad)), 0)
        gjorda = antal_ord(antal, "gång", "gånger")
        return format_html('{}<span class="liten tyst rad">Gjort {}</span>', lank, gjorda) if antal else lank
