"""The tables of the pages of deliveries."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grund.tabeller import Tabell
from grund.text import stor_forsta
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag, period_i_ord, senast
from uppfoljning.models import Leverans, Leveranslayout


def _marke(farg: str, text: str) -> SafeString:
    return format_html('<span class="badge badge--{}-inverted">{}</span>', farg, text)


class Leveranstabell(Tabell):
    """What has been delivered, and drafts."""

    vad = tables.Column("Leverans", accessor="slag")
    dag = tables.Column("Avser")
    status = tables.Column("Läge")
    omgang = tables.Column("Omgång", attrs={"cell": {"class": "tal"}})
    antal = tables.Column("Rader", attrs={"cell": {"class": "tal"}})
    senast = tables.Column("Senast", accessor="dag")
    lamnad = tables.Column("Lämnad")

    class Meta(Tabell.Meta):
        caption = "Leveranser"
        caption_dold = True
        kort = True
        huvud = "status"
        orderable = False
        empty_text = "Ingen leverans är gjord än."

    def render_vad(self, record: Leverans) -> SafeString:
        adress = reverse("uppfoljning:leverans", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, Leveransslag(record.slag).label)

    def render_dag(self, record: Leverans) -> str:
        return period_i_ord(record.slag, record.dag)

    def render_status(self, record: Leverans) -> SafeString:
        farg = "success" if record.status == Leveranslage.LAMNAD else "warning"
        return _marke(farg, stor_forsta(record.get_status_display()))

    def render_senast(self, record: Leverans) -> str:
        return senast(Leveransslag(record.slag), record.dag).isoformat()

    def render_lamnad(self, record: Leverans) -> str:
        sen = record.lamnad and record.lamnad > senast(Leveransslag(record.slag), record.dag)
        return f"{record.lamnad} (för sent)" if sen else str(record.lamnad)


class Layouttabell(Tabell):
    """Every version of every file."""

    slag = tables.Column("Fil")
    version = tables.Column("Version", attrs={"cell": {"class": "tal"}})
    fran = tables.Column("Från och med")
    bekraftad = tables.Column("Bekräftad", empty_values=())
    kalla = tables.Column("Källa")

    class Meta(Tabell.Meta):
        caption = "Layouter"
        caption_dold = True
        kort = True
        huvud = "bekraftad"
        orderable = False
        empty_text = "Ingen layout är inlagd än."

    def render_slag(self, record: Leveranslayout) -> SafeString:
        adress = reverse("uppfoljning:leveranslayout", args=[record.pk])
        dolt = format_html('<span class="sr-only">, version {}</span>', record.version)
        return format_html('<a class="anchor" href="{}">{}{}</a>', adress, Leveransslag(record.slag).label, dolt)

    def render_fran(self, record: Leveranslayout) -> str:
        return record.fran.isoformat()

    def render_bekraftad(self, record: Leveranslayout) -> SafeString:
        return _marke("success", "Bekräftad") if record.bekraftad else _marke("warning", "Inte bekräftad")
