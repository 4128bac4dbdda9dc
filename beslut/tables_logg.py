"""Tables of the log of readings and its controls."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beslut.loggkontroll import period_i_ord, urval_i, urval_i_ord
from beslut.models import Lasning, Loggkontroll
from grund.tabeller import Tabell, Talkolumn
from grund.text import datum_i_ord, stor_forsta, tidpunkt_i_ord
from grund.tid import lokal_dag


class Lasningstabell(Tabell):
    """Who has opened whose data. The person is known by key."""

    tidpunkt = tables.Column("När")
    anvandare = tables.Column("Vem", accessor="anvandare__username")
    person = tables.Column("Person", accessor="person__nyckel")
    sida = tables.Column("Sida")
    motiv = tables.Column("Utanför uppdraget")

    class Meta(Tabell.Meta):
        caption = "Läsningar, de senaste först"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingen läsning stämmer med urvalet."

    def render_tidpunkt(self, record: Lasning) -> str:
        return tidpunkt_i_ord(record.tidpunkt)

    def render_person(self, record: Lasning) -> SafeString:
        adress = reverse("beslut:personens_lasningar", args=[record.person_id])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, record.person.nyckel)

    def render_sida(self, value: str) -> str:
        return stor_forsta(value)

    def render_motiv(self, record: Lasning) -> str:
        return f"Ja: {record.motiv}"


class Kontrolltabell(Tabell):
    """Controls, those that go on first."""

    kontroll = tables.Column("Period", accessor="pk")
    urval = tables.Column("Urval", empty_values=())
    storlek = Talkolumn("Dragna")
    antal = Talkolumn("Av")
    av = tables.Column("Draget", accessor="av__username")
    avslutad = tables.Column("Läge", empty_values=())

    class Meta(Tabell.Meta):
        caption = "Loggkontroller, pågående först"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingen kontroll är gjord än. Dra ett urval för att börja."

    def render_kontroll(self, record: Loggkontroll) -> SafeString:
        adress = reverse("beslut:loggkontroll", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, period_i_ord(urval_i(record)))

    def render_urval(self, record: Loggkontroll) -> str:
        return stor_forsta(urval_i_ord(urval_i(record)))

    def render_av(self, record: Loggkontroll) -> str:
        return f"{datum_i_ord(lokal_dag(record.skapad))} av {record.av.get_full_name() or record.av.get_username()}"

    def render_avslutad(self, record: Loggkontroll) -> SafeString:
        if record.avslutad is None:
            return format_html('<span class="badge badge--info-inverted">{}</span>', "Pågår")
        klass, dag = "badge badge--success-inverted", datum_i_ord(lokal_dag(record.avslutad))
        return format_html('<span class="{}">Avslutad</span> {}', klass, dag)
