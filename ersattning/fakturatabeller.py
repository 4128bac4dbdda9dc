"""The tables of the invoices' pages."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ersattning.fakturaregler import Fakturaatgard, Fakturaslag, Fakturastatus
from ersattning.models import Faktura, Fakturafil
from grund.tabeller import Beloppskolumn, Kronorkolumn, Tabell
from grund.text import TANKSTRECK, dagar_i_ord, skillnad, stor_forsta, tidpunkt_kort
from grund.tid import EN_DAG

_FARG = {
    Fakturastatus.DUBBLETT: "error",
    Fakturastatus.SAKNAS: "error",
    Fakturastatus.AVVIKER: "warning",
    Fakturastatus.VANTAR: "info",
    Fakturastatus.STAMMER: "success",
    Fakturastatus.KREDITERAD: "info",
}


def fakturamarke(status: str) -> SafeString:
    """How an invoice or a line stands, as a word in a frame."""
    ett = Fakturastatus(status)
    return format_html('<span class="badge badge--{}-inverted">{}</span>', _FARG[ett], stor_forsta(ett.label))


def period_i_ord(faktura: Faktura) -> str:
    """`1–31 maj 2026`."""
    if faktura.fran is None or faktura.till is None:
        return TANKSTRECK
    sista = faktura.till - EN_DAG
    return f"{dagar_i_ord(faktura.fran, sista)} {sista.year}"


class Skillnadskronor(Kronorkolumn):
    """Differences in kronor and öre, with their sign; none is a dash."""

    def render(self, value: Any) -> str:
        return skillnad(value, 2) if value else TANKSTRECK


class Fakturatabell(Tabell):
    """Invoices. The foot's sums are of all that the filter lets through."""

    nummer = tables.Column("Faktura", footer="Summa")
    utforare = tables.Column("Utförare", accessor="utforare__namn")
    period = tables.Column("Period", accessor="fran", attrs={"cell": {"class": "siffror nowrap"}}, empty_values=())
    belopp = Kronorkolumn("Belopp kr", footer=lambda table: table.summor["belopp"])
    differens = Skillnadskronor(
        "Mot underlaget kr", accessor="lage__differens", footer=lambda table: table.summor["differens"]
    )
    status = tables.Column("Läge", accessor="lage__status")
    atgard = tables.Column("Åtgärd", accessor="senast")

    class Meta(Tabell.Meta):
        caption = "Fakturor"
        caption_dold = True
        kort = True
        huvud = "status"
        empty_text = "Inga fakturor passar urvalet."

    def __init__(self, *args: Any, summor: dict[str, Decimal], **kwargs: Any) -> None:
        self.summor = summor
        super().__init__(*args, **kwargs)

    def render_nummer(self, record: Faktura) -> SafeString:
        adress = reverse("ersattning:faktura", args=[record.pk])
        slag = format_html(' <small class="tyst">{}</small>', "kreditnota") if _ar_kredit(record) else ""
        return format_html('<a class="anchor" href="{}">{}</a>{}', adress, record.nummer, slag)

    def render_period(self, record: Faktura) -> str:
        return period_i_ord(record)

    def render_status(self, record: Faktura) -> SafeString:
        return fakturamarke(record.lage.status)

    def render_atgard(self, value: str) -> str:
        return stor_forsta(Fakturaatgard(value).label)


def _ar_kredit(faktura: Faktura) -> bool:
    return faktura.slag == Fakturaslag.KREDITNOTA


class Filtabell(Tabell):
    """The files that have come, with why those were refused that were."""

    namn = tables.Column("Fil")
    mottagen = tables.Column("Inläst", attrs={"cell": {"class": "siffror nowrap"}})
    av = tables.Column("Av", empty_values=())
    antal = Beloppskolumn("Fakturor")
    maskade = Beloppskolumn("Borttagna personuppgifter")
    brister = tables.Column("Läge", empty_values=())

    class Meta(Tabell.Meta):
        caption = "Inlästa filer"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Inga filer har kommit in än."

    def render_mottagen(self, record: Fakturafil) -> str:
        return tidpunkt_kort(record.mottagen)

    def render_av(self, record: Fakturafil) -> str:
        return (record.av.get_full_name() or record.av.username) if record.av else "Systemet"

    def render_brister(self, record: Fakturafil) -> SafeString:
        if record.antal:
            return format_html('<span class="badge badge--success-inverted">{}</span>', "Inläst")
        brister = ((regel, f", {var}:" if var else ":", text) for regel, var, text in record.brister)
        skal = format_html_join("", "<li><b>{}</b>{} {}</li>", brister)
        return format_html(
            '<span class="badge badge--error-inverted">Nekad</span><ul class="punkter liten brister">{}</ul>', skal
        )
