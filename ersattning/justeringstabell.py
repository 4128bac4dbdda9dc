"""The list of justeringar."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beslut.ord import insats_i_ord
from ersattning.models import Justering
from ersattning.regler import Justeringslage, Justeringsslag
from grund.tabeller import Kronorkolumn, Tabell
from grund.text import manad_i_ord, stor_forsta

_FARG = {
    Justeringslage.FORESLAGEN: "warning",
    Justeringslage.GODKAND: "success",
    Justeringslage.NEKAD: "error",
    Justeringslage.ATERKALLAD: "info",
}


def lagesmarke(status: str) -> SafeString:
    """The state as a word in a frame."""
    lage = Justeringslage(status)
    return format_html('<span class="badge badge--{}-inverted">{}</span>', _FARG[lage], stor_forsta(lage.label))


class Justeringstabell(Tabell):
    """Justeringar, and what the approved among them come to."""

    nyckel = tables.Column("Justering", accessor="pk", footer="Godkända")
    utforare = tables.Column("Utförare", accessor="utforare__namn")
    insats = tables.Column("Insats")
    manad = tables.Column("Avser")
    korning = tables.Column("Betalas i", accessor="rad_manad")
    belopp = Kronorkolumn("Belopp kr", footer=lambda table: table.summa)
    status = tables.Column("Läge")

    class Meta(Tabell.Meta):
        caption = "Justeringar"
        caption_dold = True
        kort = True
        huvud = "belopp"
        orderable = False
        empty_text = "Inga justeringar passar urvalet."

    def __init__(self, *args: Any, summa: Decimal, **kwargs: Any) -> None:
        self.summa = summa
        super().__init__(*args, **kwargs)

    def render_nyckel(self, record: Justering) -> SafeString:
        adress = reverse("ersattning:justering", args=[record.pk])
        slag = stor_forsta(Justeringsslag(record.slag).label)
        tillbaka = f", tar tillbaka J-{record.motverkar_id}" if record.motverkar_id else ""
        return format_html(
            '<a class="anchor" href="{}">{}</a><small class="tyst block">{}{}</small>', adress, record, slag, tillbaka
        )

    def render_insats(self, record: Justering) -> str:
        return insats_i_ord(record.insats)

    def render_manad(self, value: Any) -> str:
        return manad_i_ord(value)

    def render_korning(self, value: Any) -> str:
        return manad_i_ord(value)

    def render_status(self, record: Justering) -> SafeString:
        return lagesmarke(record.status)
