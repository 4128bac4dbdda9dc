"""The table of users."""

from datetime import datetime

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tabeller import Tabell
from grund.text import och, stor_forsta, tidpunkt_i_ord


class Anvandartabell(Tabell):
    """Who may sign in, as what, and when they last did."""

    namn = tables.Column("Namn", accessor="username")
    anvandarnamn = tables.Column("Användarnamn", accessor="username")
    roller = tables.Column("Roller")
    last_login = tables.Column("Senast inloggad")
    mfa = tables.Column("Andra steg", empty_values=())
    lage = tables.Column("Läge", accessor="is_active")

    class Meta(Tabell.Meta):
        caption = "Användare"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Det finns inga användare."

    def render_namn(self, record: Anvandare) -> SafeString:
        adress = reverse("grund:en_anvandare", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, namn_i_ord(record))

    def render_roller(self, value: list[str]) -> str:
        return roller_i_ord(value)

    def render_last_login(self, value: datetime) -> str:
        return tidpunkt_i_ord(value)

    def render_mfa(self, value: bool) -> str:
        return "Finns" if value else "Saknas"

    def render_lage(self, value: bool) -> SafeString:
        klass, text = ("success", "Aktiv") if value else ("error", "Avstängd")
        return format_html('<span class="badge badge--{}-inverted">{}</span>', klass, text)


def namn_i_ord(anvandare: Anvandare) -> str:
    """`Lind, Klara`, or the user name when there is no other."""
    return ", ".join(filter(None, [anvandare.last_name, anvandare.first_name])) or anvandare.username


def roller_i_ord(roller: list[str]) -> str:
    """`Controller och gruppchef`."""
    return stor_forsta(och([Roll(roll).label for roll in roller]))
