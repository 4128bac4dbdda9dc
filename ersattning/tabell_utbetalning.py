"""The table of what a month pays each utförare."""

from collections.abc import Callable
from decimal import Decimal

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ersattning.filer.utbetalning_csv import fakturaslag
from ersattning.utbetalning import Utbetalning
from ersattning.verifikat import Verifikat
from grund.tabeller import Kronorkolumn, Tabell
from grund.text import TANKSTRECK, tal
from grund.tid import Manad
from utforare.regler import Regi

_BLIR = {"faktura": "Faktura", "kreditfaktura": "Kreditfaktura", "ingen faktura": "Ingen faktura"}


def _total(falt: str) -> Callable[..., Decimal]:
    """A footer: the same of all utförare."""
    return lambda table: sum((getattr(ett, falt) for ett in table.underlag.verifikat), Decimal(0))


class Utbetalningstabell(Tabell):
    """Each utförare with what it is paid, to the öre, and what becomes of it."""

    utforare = tables.Column("Utförare", footer="Summa")
    blir = tables.Column("Blir", accessor="utforare", order_by="utforare")
    ersattning = Kronorkolumn("Ersättning, kr", footer=_total("ersattning"))
    oresutjamning = Kronorkolumn("Öresutjämning, kr", footer=_total("oresutjamning"))
    att_betala = Kronorkolumn("Att betala, kr", footer=_total("att_betala"))

    class Meta(Tabell.Meta):
        caption = "Utbetalning per utförare, kronor"
        caption_dold = True
        kort = True
        huvud = "att_betala"
        orderable = False

    def __init__(self, underlag: Utbetalning) -> None:
        self.underlag = underlag
        super().__init__(underlag.verifikat)
        if not any(ett.oresutjamning for ett in underlag.verifikat):
            self.columns.hide("oresutjamning")

    def render_utforare(self, value: int) -> SafeString:
        utforare = self.underlag.utforare[value]
        manad = Manad.av(self.underlag.korning.manad)
        adress = reverse("ersattning:rader", args=[manad], query={"utforare": value})
        return format_html('<a class="anchor" href="{}">{}</a>', adress, utforare.namn)

    def render_oresutjamning(self, value: Decimal) -> str:
        return tal(value, 2) if value else TANKSTRECK

    def render_blir(self, record: Verifikat) -> str:
        if self.underlag.utforare[record.utforare].regi == Regi.EGEN:
            return "Bokföringsorder"
        return _BLIR[fakturaslag(record)]
