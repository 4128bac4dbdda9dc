"""The table of the levels behind a month's difference."""

from collections.abc import Sequence
from decimal import Decimal

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ersattning.nivadelar import Nivadel
from grund.tabeller import Kronorkolumn, Tabell
from grund.text import stor_forsta


class Nivadeltabell(Tabell):
    """Each verkställighet whose levels are others; the level leads to the change."""

    verkstallighet = tables.Column("Verkställighet", footer="Summa")
    person = tables.Column("Person")
    insats = tables.Column("Insats")
    utforare = tables.Column("Utförare")
    nu = tables.Column("Nivå")
    kronor = Kronorkolumn("Nivå kr", footer=lambda table: table.summa)

    class Meta(Tabell.Meta):
        caption = "Verkställigheter med andra nivåer än månaden före"
        caption_dold = True
        kort = True
        huvud = "kronor"
        orderable = False
        empty_text = "Ingen nivå skiljer sig från månaden före."

    def __init__(self, delar: Sequence[Nivadel]) -> None:
        self.summa = sum((ett.kronor for ett in delar), Decimal(0))
        super().__init__(delar)

    def render_nu(self, record: Nivadel) -> SafeString | str:
        text = stor_forsta(record.nu if record.fore == record.nu else f"{record.fore} → {record.nu}")
        if record.bedomning_id is None:
            return text
        adress = reverse("beslut:niva", args=[record.bedomning_id])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, text)
