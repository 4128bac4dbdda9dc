"""The list of documents."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grund.tabeller import Tabell
from grund.text import stor_forsta, tidpunkt_i_ord
from uppfoljning.dokument.koder import Dokumentstatus
from uppfoljning.models import Dokument


class Dokumenttabell(Tabell):
    """Documents, the latest changed first."""

    visad_titel = tables.Column("Titel")
    visat_nummer = tables.Column("Diarienummer")
    visad_status = tables.Column("Läge")
    andrat = tables.Column("Senast ändrat")

    class Meta(Tabell.Meta):
        caption = "Dokument till nämnden"
        caption_dold = True
        kort = True
        empty_text = "Det finns inga dokument att visa."

    def render_visad_titel(self, value: str, record: Dokument) -> SafeString:
        adress = reverse("uppfoljning:ett_dokument", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, value)

    def render_visad_status(self, value: str) -> str:
        return stor_forsta(str(Dokumentstatus(value).label))

    def render_andrat(self, record: Dokument) -> str:
        return tidpunkt_i_ord(record.andrat)
