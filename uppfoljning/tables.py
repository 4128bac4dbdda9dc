"""The tables of the reports' pages."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ersattning.models import Korning
from ersattning.tables import lagesmarke
from grund.tabeller import Tabell
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad


class Rapporttabell(Tabell):
    """The months that there is something to tell the nämnd of, newest first."""

    manad = tables.Column("Månad")
    status = tables.Column("Läge")
    rapport = tables.Column("Rapport", accessor="manad")

    class Meta(Tabell.Meta):
        caption = "Månader att redovisa"
        caption_dold = True
        smal = True
        orderable = False
        empty_text = "Ingen månad är beräknad än. När en månad är körd går det att göra ett tjänsteutlåtande om den."

    def render_manad(self, record: Korning) -> str:
        return stor_forsta(manad_i_ord(record.manad))

    def render_status(self, record: Korning) -> SafeString:
        return lagesmarke(record.status)

    def render_rapport(self, record: Korning) -> SafeString:
        adress = reverse("uppfoljning:tjansteutlatande", args=[Manad.av(record.manad)])
        dolt = format_html('<span class="sr-only"> om {}</span>', manad_i_ord(record.manad))
        return format_html('<a class="anchor" href="{}">Tjänsteutlåtande{}</a>', adress, dolt)
