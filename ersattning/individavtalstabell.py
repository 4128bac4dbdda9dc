"""The table of individavtal, and the same as a workbook."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ersattning.filer.text import kommun
from ersattning.individavtalslista import Individavtalsrad, insats_i_rad, lage
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.tabeller import Beloppskolumn, Skillnadskolumn, Tabell
from grund.text import TANKSTRECK, datum_i_ord, skillnad, tal

_KOLUMNER = (
    Kolumn("Avtal"),
    Kolumn("Person"),
    Kolumn("Insats"),
    Kolumn("Utförare"),
    Kolumn("Från", Slag.DATUM),
    Kolumn("Till och med", Slag.DATUM),
    Kolumn("Motivering", Slag.STYCKE),
    Kolumn("Helår, kr", Slag.KRONOR, summera=True),
    Kolumn("Efter allmänt avtal, kr", Slag.KRONOR, summera=True),
    Kolumn("Merkostnad, kr", Slag.KRONOR, summera=True),
    Kolumn("Varför ingen jämförelse", Slag.STYCKE),
)


class Individavtalstabell(Tabell):
    """The first to end first; the extra cost leads to how it was counted."""

    nyckel = tables.Column("Avtal", footer="Summa")
    person = tables.Column("Person")
    insats = tables.Column("Insats")
    sista = tables.Column("Till och med", empty_values=())
    motiv = tables.Column("Motivering", empty_values=())
    eget = Beloppskolumn(
        "Helår kr", footer=lambda table: sum((rad.eget or Decimal(0) for rad in table.rader), Decimal(0))
    )
    allmant = Beloppskolumn("Efter allmänt avtal kr")
    skillnad = Skillnadskolumn("Merkostnad kr", empty_values=(), footer=lambda table: skillnad(table.merkostnad))

    class Meta(Tabell.Meta):
        caption = "Individavtal som gäller eller är på väg"
        caption_dold = True
        kort = True
        huvud = "skillnad"
        orderable = False
        empty_text = "Det finns inga individavtal."

    def __init__(self, rader: Sequence[Individavtalsrad], idag: date) -> None:
        self.rader, self._idag = rader, idag
        self.helar = sum((rad.eget or Decimal(0) for rad in rader), Decimal(0))
        self.merkostnad = sum((rad.skillnad or Decimal(0) for rad in rader), Decimal(0))
        super().__init__(rader)

    def render_nyckel(self, record: Individavtalsrad) -> SafeString:
        adress = reverse("utforare:avtal", args=[record.pk])
        return format_html(
            '<a class="anchor" href="{}">{}</a><span class="liten tyst rad">{}</span>',
            adress,
            record.nyckel,
            record.utforare,
        )

    def render_insats(self, record: Individavtalsrad) -> str:
        return insats_i_rad(record)

    def render_sista(self, record: Individavtalsrad) -> SafeString:
        dag = datum_i_ord(record.sista) if record.sista else TANKSTRECK
        marke = lage(record, self._idag)
        mark = format_html(' <span class="badge badge--warning-inverted">{}</span>', marke) if marke else ""
        return format_html("{}{}", dag, mark)

    def render_motiv(self, record: Individavtalsrad) -> str:
        return record.motiv or TANKSTRECK

    def render_skillnad(self, record: Individavtalsrad) -> SafeString:
        text = skillnad(record.skillnad) if record.skillnad else "0"
        if record.skillnad is None:
            text = "Tar vid senare" if record.tar_vid else "Kan inte jämföras"
        return format_html(
            '<a class="anchor" href="{}"><b>{}</b><span class="sr-only">, så är {} räknat</span></a>',
            reverse("ersattning:individavtal", args=[record.pk]),
            text,
            record.nyckel,
        )

    def render_allmant(self, value: Decimal) -> str:
        return tal(value)


def skriv_arbetsbok(fil: BinaryIO, rader: Sequence[Individavtalsrad], *, idag: date, nu: datetime) -> None:
    """Write it. Persons by initials and year of birth."""
    titel = "Individavtal och vad de kostar mer"
    ingress = [(titel, ""), ("Per den", datum_i_ord(idag)), ("", OM_ARET)]
    with Arbetsbok(fil, titel=titel, forfattare=kommun(), skapad=nu) as bok:
        bok.blad(
            "Individavtal",
            _KOLUMNER,
            (
                (
                    rad.nyckel,
                    rad.person,
                    insats_i_rad(rad),
                    rad.utforare,
                    rad.fran,
                    rad.sista,
                    rad.motiv,
                    rad.eget,
                    rad.allmant,
                    rad.skillnad,
                    rad.varfor,
                )
                for rad in rader
            ),
            ingress=ingress,
        )


OM_ARET = (
    "Helår är de tolv månaderna från den här, som om individavtalet fortsatte, räknat på det som är beställt och hur"
    " det har använts. Merkostnaden är skillnaden mot utförarens allmänna avtal för samma insats och nivå. Det är en"
    " uppskattning."
)
