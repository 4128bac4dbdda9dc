"""The tables of findings, and of the visits that a finding was counted from."""

from datetime import timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beslut.ord import insats_i_ord
from beslut.tillgang import far_se, namn
from grund.models import Anvandare
from grund.tabeller import Beloppskolumn, Tabell
from grund.text import antal_ord, datum_i_ord, stor_forsta
from grund.tid import STOCKHOLM
from uppfoljning.kontroll.koder import Utfall
from uppfoljning.kontroll.register import REGLER
from uppfoljning.models import Fynd
from utforare.models import Besok
from utforare.regler import Registrering


class Fyndtabell(Tabell):
    """Findings by key."""

    vad = tables.Column("Gäller", accessor="objekt_nyckel", orderable=False)
    regel = tables.Column("Fynd", orderable=False)
    hos = tables.Column("Hos", accessor="enhet", orderable=False)
    upptackt = tables.Column("Känt sedan", attrs={"cell": {"class": "nowrap"}})
    belopp = Beloppskolumn("Högst, kr")
    utfall = tables.Column("Läge", empty_values=(), orderable=False)

    class Meta(Tabell.Meta):
        caption = "Fynd, de med mest pengar först"
        caption_dold = True
        kort = True
        empty_text = "Det finns inget som ska tittas på."

    def render_vad(self, record: Fynd) -> SafeString:
        adress = reverse("uppfoljning:fyndet", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, record.objekt_nyckel)

    def render_regel(self, record: Fynd) -> SafeString:
        regel = REGLER.get(record.regel)
        if regel is None:
            return format_html("{}", record.regel)
        insats = str(record.uppgifter.get("insats", ""))
        mening = regel.i_ord(record.uppgifter)
        under = f"{stor_forsta(insats_i_ord(insats))}. {mening}" if insats else mening
        return format_html('{}<span class="liten tyst rad">{}</span>', regel.namn, under)

    def render_hos(self, record: Fynd) -> str:
        return record.enhet.namn if record.enhet else ""

    def render_upptackt(self, record: Fynd) -> str:
        return datum_i_ord(record.upptackt)

    def render_utfall(self, record: Fynd) -> str:
        if record.stangd:
            return f"Stängt {datum_i_ord(record.stangd)}"
        utfall = getattr(record, "utfall", "")
        return stor_forsta(str(Utfall(utfall).label)) if utfall else "Att titta på"


class Handlaggartabell(Fyndtabell):
    """The same for handläggare, with the person's name. A protected person is a row that leads nowhere."""

    class Meta(Fyndtabell.Meta):
        sequence = ("vad", "regel", "hos", "upptackt", "belopp", "utfall")

    def __init__(self, *args: Any, vem: Anvandare, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vem = vem
        self.columns["vad"].column.verbose_name = "Person"

    def render_vad(self, record: Fynd) -> SafeString:
        assert record.person  # noqa: S101  chosen so
        text = namn(self.vem, record.person)
        if not far_se(self.vem, record.person):
            return format_html("{}", text)
        adress = reverse("uppfoljning:mitt_fynd", args=[record.pk])
        return format_html(
            '<a class="anchor" href="{}">{}</a><span class="liten tyst rad">{}</span>',
            adress,
            text,
            record.objekt_nyckel,
        )


class Besokstabell(Tabell):
    """The visits that a finding was counted from."""

    nyckel = tables.Column("Besök")
    verkstallighet = tables.Column("Verkställighet")
    dag = tables.Column("Dag")
    planerat = tables.Column("Planerat", accessor="planerad_start", empty_values=())
    utfort = tables.Column("Utfört", accessor="utford_start", empty_values=())
    minuter = tables.Column("Minuter", accessor="pk", attrs={"cell": {"class": "tal"}})
    registrering = tables.Column("Registrerat", empty_values=())

    class Meta(Tabell.Meta):
        caption = "Besöken som det är räknat på"
        caption_dold = True
        kort = True
        orderable = False

    def render_verkstallighet(self, record: Besok) -> SafeString:
        verk = record.verkstallighet
        adress = reverse("utforare:verkstallighet", args=[verk.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, verk.nyckel)

    def render_dag(self, record: Besok) -> str:
        return datum_i_ord(record.dag)

    def render_planerat(self, record: Besok) -> str:
        return _tider(record.planerad_start, record.planerad_slut)

    def render_utfort(self, record: Besok) -> str:
        return _tider(record.utford_start, record.utford_slut) if record.utford_start else "Inte utfört"

    def render_minuter(self, record: Besok) -> str:
        if record.utford_start is None or record.utford_slut is None:
            return "0"
        return str((record.utford_slut - record.utford_start) // timedelta(minutes=1))

    def render_registrering(self, record: Besok) -> str:
        return stor_forsta(str(Registrering(record.registrering).label)) if record.registrering else "Inte sagt"


class Handlaggarbesok(Besokstabell):
    """The same without the link, which is for those who see keys."""

    def render_verkstallighet(self, record: Besok) -> SafeString:
        return format_html("{}", record.verkstallighet.nyckel)


def _tider(fran: Any, till: Any) -> str:
    if fran is None:
        return "Inte planerat"
    return f"{fran.astimezone(STOCKHOLM):%H.%M}–{till.astimezone(STOCKHOLM):%H.%M}"


def borttagna_i_ord(antal: int) -> str:
    """That visits have been taken back since; empty when none has."""
    return f"{antal_ord(antal, 'besök', 'besök')} har tagits tillbaka sedan det räknades." if antal else ""
